// The coach reads along: a moment after the last key it asks about the line in hand, and only about that one.
// What it says stands under the line while the line is in use. It never waits, and never holds anything up.
const PAUSE = 450;
const LEAST = 4;
const root = document.querySelector("[data-coach]");
let clock = 0;
let asking = null;

const lineOf = (event) => event.target.closest?.("textarea[data-line]");
const kindOf = (line) => { const kind = line.dataset.line === "new" ? line.form.dataset.new : line.dataset.line; return kind === "key-result" ? "key_result" : kind; };
const numberIn = (element) => element?.id.match(/\d+/)?.[0] ?? "";

// What the line belongs to, so that it can be compared with what it aligns to.
function question(line, kind) {
  const key = kind === "key_result" && line.dataset.line !== "new" ? numberIn(line.closest(".line")) : "";
  return new URLSearchParams({ text: line.value, kind, objective: numberIn(line.closest("[data-goal]")), key_result: key });
}

function slotOf(line) {
  const known = document.getElementById("coach-notes");
  const place = line.form.matches("[data-new]") ? line.form : line.closest(".goal-head") ?? line.closest(".line").querySelector(".line-below");
  if (known && known.dataset.for === line.id && known.isConnected && (known.previousElementSibling === place || known.parentElement === place)) return known;
  known?.remove();
  const slot = Object.assign(document.createElement("div"), { id: "coach-notes", className: "coach-notes" });
  slot.dataset.for = line.id;
  slot.setAttribute("aria-live", "polite");
  slot.setAttribute("aria-label", root.dataset.coachLabel);
  slot.setAttribute("role", "group");
  if (place.matches(".goal-head")) place.after(slot);
  else place.append(slot);
  return slot;
}

async function ask(line) {
  asking?.abort();
  const kind = kindOf(line);
  if (line.value.trim().length < LEAST || kind === "action") return document.getElementById("coach-notes")?.remove();
  if (!line.isConnected || document.activeElement !== line) return;
  asking = new AbortController();
  const token = document.querySelector('input[name="csrfmiddlewaretoken"]').value;
  const headers = { "X-CSRFToken": token, "HX-Request": "true", Accept: "text/html" };
  try {
    const answer = await fetch(root.dataset.coach, { method: "POST", body: question(line, kind), headers, credentials: "same-origin", redirect: "manual", signal: asking.signal });
    if (answer.ok && line.isConnected && document.activeElement === line) show(line, (await answer.text()).trim());
  } catch { /* no connection, or a newer question: the coach is silent */ }
}

function show(line, html) {
  if (document.activeElement !== line) return;
  if (!html) return document.getElementById("coach-notes")?.remove();
  const slot = slotOf(line);
  if (slot.dataset.said === html) return;
  slot.dataset.said = html;
  slot.innerHTML = html;
}

function soon(line, pause) {
  clearTimeout(clock);
  clock = setTimeout(() => ask(line), pause);
}

document.addEventListener("input", (event) => { const line = lineOf(event); if (line && !event.isComposing) soon(line, PAUSE); });
document.addEventListener("compositionend", (event) => { const line = lineOf(event); if (line) soon(line, PAUSE); });
document.addEventListener("focusin", (event) => { const line = lineOf(event); if (line) soon(line, PAUSE / 2); });
document.addEventListener("focusout", () => setTimeout(() => {
  const slot = document.getElementById("coach-notes");
  const here = document.activeElement;
  if (slot && !slot.contains(here) && here?.id !== slot.dataset.for && !here?.form?.contains(slot)) slot.remove();
}, 200));

// A click on a question opens its reason; the hand stays in the line, which would otherwise be taken as finished.
document.addEventListener("mousedown", (event) => { if (event.target.closest?.("#coach-notes")) event.preventDefault(); });

// What it asks about the whole set follows what was saved.
let after = 0;
for (const name of ["tandem:saved", "tandem:line"]) {
  document.addEventListener(name, () => { clearTimeout(after); after = setTimeout(() => window.htmx?.trigger("#goals-coach", "coach"), 1500); });
}
