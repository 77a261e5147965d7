// Goals as a document: Enter goes on, Tab makes an action, arrows walk, @ aligns. Saving what stands is
// autosave.js; new lines, which have no address yet, are sent from here. What is typed is kept on this device
// until the server has it.
import "./editor-order.js";
import { keep, kept, settled, submit } from "./editor-new.js";

const root = document.querySelector("[data-editor]");
const page = root.closest(".page-content");
const lines = () => [...page.querySelectorAll("textarea[data-line]")].filter((line) => line.checkVisibility());
const newLine = (element) => element.closest("[data-new]");
const goalOf = (element) => element.closest("[data-goal]");

document.addEventListener("keydown", (event) => {
  const line = event.target.closest?.("textarea[data-line]");
  if (!line || event.isComposing || event.ctrlKey || event.metaKey) return;
  if (event.key === "Enter" && !event.shiftKey && !event.altKey) return enter(event, line);
  if (event.key === "Tab") return tab(event, line);
  if (event.key === "Backspace" && line.value === "") return takeAway(event, line);
  if ((event.key === "ArrowUp" || event.key === "ArrowDown") && !event.altKey && !event.shiftKey) walk(event, line);
});

function stand(line, at = "end") {
  if (!line) return;
  line.focus();
  const place = at === "end" ? line.value.length : 0;
  line.setSelectionRange(place, place);
  line.scrollIntoView({ block: "nearest" });
}

const beside = (line, step) => { const all = lines(); return all[all.indexOf(line) + step]; };

function enter(event, line) {
  event.preventDefault();
  const form = newLine(line);
  if (!form) return stand(beside(line, 1));
  if (line.value.trim()) return take(form);
  if (form.dataset.new === "action") return become(form, "key-result");
  if (form.dataset.new === "key-result") stand(lines().slice(lines().indexOf(line) + 1).find((one) => one.dataset.line === "objective" || one.form.dataset.new === "objective"));
}

// Tab leaves the line as everywhere else, except that it turns a new key result into an action first.
function tab(event, line) {
  const form = newLine(line);
  const wanted = event.shiftKey ? "key-result" : "action";
  const now = event.shiftKey ? "action" : "key-result";
  if (form?.dataset.new !== now) return;
  event.preventDefault();
  become(form, wanted);
}

function become(form, kind) {
  const line = form.elements.title;
  const goal = goalOf(form);
  const at = line.selectionStart;
  form.dataset.new = kind;
  form.classList.toggle("is-action", kind === "action");
  form.action = kind === "action" ? form.dataset.urlAction : form.dataset.urlKeyResult;
  line.placeholder = kind === "action" ? form.dataset.wordsAction : form.dataset.wordsKeyResult;
  line.setAttribute("aria-label", line.placeholder);
  const list = goal.querySelector(`[data-lines="${kind}"]`);
  moving = true;
  (kind === "action" ? list : list.nextElementSibling).after(form);
  line.focus();
  line.setSelectionRange(at, at);
  moving = false;
}
let moving = false;

function takeAway(event, line) {
  const form = newLine(line);
  const before = beside(line, -1);
  if (form?.dataset.new === "action") { event.preventDefault(); return become(form, "key-result"); }
  if (form) { event.preventDefault(); return stand(before); }
  const away = line.closest("[data-away]")?.querySelector("[data-puts-away]");
  if (!away) return;
  event.preventDefault();
  away.click();
  stand(before);
}

function walk(event, line) {
  const up = event.key === "ArrowUp";
  const height = parseFloat(getComputedStyle(line).lineHeight);
  const single = line.clientHeight < height * 2;
  const atEdge = up ? line.selectionEnd === 0 : line.selectionStart === line.value.length;
  if (!single && !atEdge) return;
  const to = beside(line, up ? -1 : 1);
  if (!to) return;
  event.preventDefault();
  stand(to, up ? "end" : "start");
}

// What stands in an empty line goes to the server; several lines (pasted, or typed while waiting) become several.
async function take(form, { andThen = "stay", open = false } = {}) {
  const line = form.elements.title;
  const texts = line.value.split(/\r?\n/).map((text) => text.trim()).filter(Boolean);
  line.value = "";
  line.dispatchEvent(new Event("input", { bubbles: true }));
  const kind = form.dataset.new;
  const list = kind === "objective" ? root : goalOf(form).querySelector(`[data-lines="${kind}"]`);
  document.querySelector("[data-why]")?.remove();
  const sent = texts.map((text) => submit(form, kind, list, text));
  if (kind !== "objective" || andThen === "leave") return Promise.all(sent);
  return goOn(list, sent.at(-1), form, open);
}

// After a new objective the hand goes on at once: until its place is there, words wait in a line of their own.
async function goOn(list, sent, form, open) {
  const waiting = document.createElement("textarea");
  waiting.className = "inline-edit";
  waiting.rows = 1;
  waiting.placeholder = waiting.ariaLabel = form.dataset.wordsKeyResult;
  list.append(waiting);
  waiting.focus();
  const goal = await sent;
  const typed = waiting.value.split("\n");
  const standing = document.activeElement === waiting;
  waiting.remove();
  const next = goal?.querySelector("[data-new]");
  if (!next) { form.elements.title.value = typed.join(" "); return standing && stand(form.elements.title); }
  if (typed.length > 1) { next.elements.title.value = typed.slice(0, -1).join("\n"); take(next); }
  next.elements.title.value = typed.at(-1);
  if (open) goal.querySelector("[data-opens-picker]").click();
  else if (standing) stand(next.elements.title);
}

// Leaving a line, or the page, saves it like Enter does.
document.addEventListener("focusout", (event) => {
  const form = event.target.matches?.("[data-new] textarea") && newLine(event.target);
  if (!form || moving) return;
  if (event.target.value.trim()) take(form, { andThen: "leave" });
  else if (form.dataset.new === "action") setTimeout(() => form.contains(document.activeElement) || settle(form), 150);
});
function settle(form) {
  const focused = document.activeElement;
  become(form, "key-result");
  focused?.focus?.();
}
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState !== "hidden") return;
  for (const form of page.querySelectorAll("[data-new]")) if (form.elements.title.value.trim()) take(form, { andThen: "leave" });
});
document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-new]")) return;
  event.preventDefault();
  if (event.target.elements.title.value.trim()) take(event.target);
});
window.addEventListener("beforeunload", (event) => {
  if (!settled() || [...page.querySelectorAll("[data-new]")].some((form) => form.elements.title.value.trim())) event.preventDefault();
});

// A word that is being typed survives the tab: it is written down here at every key.
document.addEventListener("input", (event) => {
  const line = event.target;
  if (!line.matches?.("textarea[data-line]")) return;
  grow(line);
  const form = newLine(line);
  if (form) keep(form, line.value);
  const objective = line.dataset.line === "objective" || form?.dataset.new === "objective";
  if (objective && !event.isComposing && (event.data === "@" || event.data === "＠") && line.selectionStart === line.value.length) align(line, form, event.data);
}, true);

// Browsers that do not size a text field by its content.
function grow(line) {
  if (CSS.supports("field-sizing", "content")) return;
  line.style.blockSize = "auto";
  line.style.blockSize = `${line.scrollHeight}px`;
}

let atSign = null;
function align(line, form, sign) {
  line.value = line.value.slice(0, -1);
  if (form) return line.value.trim() ? take(form, { open: true }) : undefined;
  atSign = { line, sign };
  goalOf(line).querySelector("[data-opens-picker]").click();
}

// Panels: Escape and Close put them away; after a choice the hand is back at the sentence.
function close(panel, back = true) {
  const home = panel.closest("[data-goal], .line")?.querySelector("textarea[data-line]");
  panel.replaceChildren();
  if (back) stand(home);
}
document.addEventListener("click", (event) => {
  const item = event.target.closest?.(".menu-item, .menu-panel .menu-item");
  if (item && page.contains(item)) item.closest("details[data-menu]")?.removeAttribute("open");
  const closes = event.target.closest?.("[data-panel-close]");
  const panel = closes?.closest("[data-panel]");
  if (panel) { event.preventDefault(); close(panel); }
  const weigh = event.target.closest?.("[data-weigh]");
  if (weigh) { event.preventDefault(); const goal = goalOf(weigh); goal.classList.add("is-weighed"); goal.querySelector(".lines .line-weight input, .line-weight input").focus(); }
  const text = event.target.closest?.("[data-open-text]");
  if (text) { const fold = text.closest(".line, .goal-head").querySelector("[data-text]"); fold.open = true; fold.querySelector("textarea").focus(); }
  const focus = event.target.closest?.("[data-focus]");
  if (focus) { event.preventDefault(); stand(document.getElementById(focus.dataset.focus).elements.title); }
});
document.addEventListener("keydown", (event) => {
  const panel = event.target.closest?.("[data-panel]");
  if (!panel) return;
  if (event.key === "Escape") {
    event.stopPropagation();
    if (atSign) atSign.line.value += atSign.sign;
    atSign = null;
    return close(panel);
  }
  if (panel.querySelector("[data-picker]")) pick(event, panel);
}, true);

function pick(event, panel) {
  const search = panel.querySelector("input[type=search]");
  const options = [...panel.querySelectorAll(".picker-list button")];
  const here = options.indexOf(document.activeElement);
  if (event.key === "Enter" && event.target === search) { event.preventDefault(); options[0]?.click(); }
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  event.preventDefault();
  (options[here + (event.key === "ArrowDown" ? 1 : -1)] ?? search).focus();
}

// Before a piece of the page is replaced, what was typed in it reaches the server.
const busy = () => page.querySelector('[data-autosave-status][data-state="saving"]') || !settled();
document.addEventListener("htmx:confirm", (event) => {
  if (!event.target.closest?.("[data-goal]") || event.target.type === "search" || !busy()) return;
  event.preventDefault();
  const button = event.detail.triggeringEvent?.submitter;
  whenSaved(() => (button ? button.click() : event.detail.issueRequest(true)));
});
document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-settle]") || !busy()) return;
  event.preventDefault();
  whenSaved(() => event.target.submit());
});
function whenSaved(go, patience = 100) {
  if (busy() && patience) setTimeout(() => whenSaved(go, patience - 1), 50);
  else go();
}
document.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.xhr.status >= 400 || event.detail.requestConfig.verb !== "post") return;
  const panel = event.detail.elt.closest?.("[data-panel]");
  if (panel) { atSign = null; close(panel); }
});

document.addEventListener("tandem:saved", () => say());
document.addEventListener("tandem:line", () => say());
function say() {
  const place = document.getElementById("goals-saved");
  const time = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: document.documentElement.dataset.timezone });
  if (place) place.textContent = root.dataset.saved.replace("{time}", time);
}

for (const { form, text } of kept(page)) {
  form.elements.title.value = text;
  grow(form.elements.title);
}
page.querySelectorAll("textarea[data-line]").forEach(grow);
