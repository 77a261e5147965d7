// Walking a page by keys. j and k go from row to row, Enter opens or edits, Escape leaves,
// [data-key] elements answer to their own key, ? shows them all.
const EDITABLE = 'input:not([type="radio"], [type="checkbox"], [type="button"], [type="submit"]), textarea, select, [contenteditable]';
const FIELD = 'input:not([type="hidden"], :disabled), textarea:not(:disabled), select:not(:disabled)';
const help = document.getElementById("keys-help");

const visible = (elements) => [...elements].filter((element) => element.checkVisibility());
const rows = () => visible(document.querySelectorAll("[data-keys-row]"));
const rowOf = (element) => element?.closest?.("[data-keys-row]");

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.keyCode === 229) return;
  if (event.key === "Escape") return leave(event);
  if (document.querySelector("dialog[open]:modal")) return;
  if (event.key === "Enter" && event.target.matches("[data-enter-next] input")) return send(event);
  if (event.target.matches(EDITABLE)) return;
  if (event.key === "j" || event.key === "k") return walk(event, event.key === "j" ? 1 : -1);
  if (event.key === "Enter" && event.target.matches("[data-keys-row]")) return open(event);
  if (event.key === "?") return showHelp(event);
  own(event);
});

function walk(event, step) {
  const all = rows();
  if (!all.length) return;
  const here = all.indexOf(rowOf(document.activeElement));
  const to = here < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(Math.max(here + step, 0), all.length - 1);
  stand(all[to]);
  event.preventDefault();
}

function stand(row) {
  if (!row.hasAttribute("tabindex")) row.tabIndex = -1;
  row.focus();
  row.scrollIntoView({ block: "nearest" });
}

function open(event) {
  const target = event.target.querySelector("[data-keys-open]");
  event.preventDefault();
  if (target) target.click();
  else enter(event.target);
}

function enter(row) {
  const field = visible(row.querySelectorAll(FIELD))[0];
  field?.focus();
  field?.select?.();
}

function send(event) {
  event.preventDefault();
  event.target.form.requestSubmit();
}

function leave(event) {
  const row = rowOf(event.target);
  if (row && event.target !== row && event.target.matches(EDITABLE)) {
    stand(row);
    event.preventDefault();
  } else if (event.target.matches(EDITABLE)) {
    event.target.blur();
  }
}

function own(event) {
  const key = CSS.escape(event.key);
  const row = rowOf(event.target);
  const [target] = visible([...(row?.querySelectorAll(`[data-key="${key}"]`) ?? []), ...document.querySelectorAll(`[data-key="${key}"]`)]);
  if (!target) return;
  event.preventDefault();
  if (target.matches(FIELD)) target.focus();
  else target.click();
}

function showHelp(event) {
  if (!help) return;
  event.preventDefault();
  const body = help.querySelector("[data-keys-table] tbody");
  body.querySelectorAll("[data-keys-own]").forEach((line) => line.remove());
  const seen = new Set();
  for (const element of document.querySelectorAll("[data-key][data-key-label]")) {
    if (seen.has(element.dataset.key)) continue;
    seen.add(element.dataset.key);
    body.append(line(element.dataset.key, element.dataset.keyLabel));
  }
  help.showModal();
}

function line(key, label) {
  const made = document.createElement("tr");
  made.dataset.keysOwn = "";
  const head = document.createElement("th");
  head.scope = "row";
  head.append(Object.assign(document.createElement("kbd"), { textContent: key }));
  made.append(head, Object.assign(document.createElement("td"), { textContent: label }));
  return made;
}

// [data-enter-next]: Enter in a one-line field sends the row's form, and the hand goes on to the next row; from the last
// one, whose field is gone, to the button that takes it back.
const taken = (event) => Math.floor(event.detail.xhr.status / 100) === 2; // to htmx a refusal that is shown is a success too
let goingOn = null;
let sent = null;
document.addEventListener("submit", (event) => {
  const row = event.target.matches("[data-enter-next]") ? rowOf(event.target) : null;
  goingOn = row ? rows().slice(rows().indexOf(row) + 1)[0] ?? null : null;
  sent = row?.id;
}, true);
document.addEventListener("htmx:afterRequest", (event) => {
  const to = goingOn?.id ? document.getElementById(goingOn.id) : goingOn;
  const left = sent ? document.getElementById(sent) : null;
  goingOn = sent = null;
  if (!taken(event)) return;
  if (to) enter(to);
  else if (left && document.activeElement === document.body) left.querySelector("button")?.focus();
});

// What was typed in such a form and not yet sent is asked for before the page is left.
const unsent = new Set();
let sending = null;
document.addEventListener("input", (event) => {
  const form = event.target.closest?.("[data-enter-next]");
  if (form) unsent.add(form.getAttribute("action"));
});
document.addEventListener("submit", (event) => {
  if (event.target.matches("[data-enter-next]")) sending = event.target.getAttribute("action");
}, true);
document.addEventListener("htmx:afterRequest", (event) => {
  if (sending === event.detail.requestConfig?.path && taken(event)) unsent.delete(sending);
});
window.addEventListener("submit", (event) => {
  if (!event.defaultPrevented) unsent.clear();
});
window.addEventListener("beforeunload", (event) => {
  if ([...document.querySelectorAll("[data-enter-next]")].some((form) => unsent.has(form.getAttribute("action")))) event.preventDefault();
});
