// Lines and objectives change their order: by Alt and arrows, by the menu, or by the handle beside them.
const placed = (element) => element.closest?.("[data-place]");
const mates = (row) => [...row.parentElement.children].filter((one) => one.matches("[data-place]"));

async function tell(row, step) {
  if (!step) return;
  const token = document.querySelector('input[name="csrfmiddlewaretoken"]').value;
  const headers = { "X-CSRFToken": token, "HX-Request": "true" };
  try {
    const answer = await fetch(row.dataset.place, { method: "POST", body: new URLSearchParams({ step }), headers });
    if (!answer.ok) document.dispatchEvent(new CustomEvent("htmx:responseError"));
  } catch {
    document.dispatchEvent(new CustomEvent("tandem:failed"));
  }
}

// By how many places it went: the server counts the same way.
function go(row, step) {
  const all = mates(row);
  const here = all.indexOf(row);
  const to = Math.max(0, Math.min(all.length - 1, here + step));
  if (to === here) return;
  const focused = document.activeElement;
  const at = focused?.selectionStart;
  all[to][to < here ? "before" : "after"](row);
  if (row.contains(focused)) { focused.focus(); focused.setSelectionRange?.(at, at); }
  row.scrollIntoView({ block: "nearest" });
  tell(row, to - here);
}

document.addEventListener("keydown", (event) => {
  if (!event.altKey || event.ctrlKey || event.metaKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
  const row = placed(event.target);
  if (!row || !row.closest("[data-editor]")) return;
  event.preventDefault();
  go(row, event.key === "ArrowUp" ? -1 : 1);
}, true);

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-step]");
  if (!button) return;
  event.preventDefault();
  event.stopPropagation();
  button.closest("details[data-menu]")?.removeAttribute("open");
  const row = placed(button);
  go(row, Number(button.value));
  row.querySelector("summary")?.focus();
}, true);

let drag = null;
document.addEventListener("pointerdown", (event) => {
  const handle = event.target.closest?.("[data-drag]");
  const row = handle && placed(handle);
  if (!row || event.button !== 0) return;
  event.preventDefault();
  drag = { row, from: mates(row).indexOf(row) };
  handle.setPointerCapture(event.pointerId);
  row.classList.add("is-dragged");
});
document.addEventListener("pointermove", (event) => {
  if (!drag) return;
  const others = mates(drag.row).filter((one) => one !== drag.row);
  const after = others.filter((one) => { const box = one.getBoundingClientRect(); return event.clientY > box.top + box.height / 2; }).at(-1);
  if (after) { if (after.nextElementSibling !== drag.row) after.after(drag.row); }
  else if (others[0] && mates(drag.row)[0] !== drag.row) others[0].before(drag.row);
});
const drop = () => {
  if (!drag) return;
  const { row, from } = drag;
  drag = null;
  row.classList.remove("is-dragged");
  tell(row, mates(row).indexOf(row) - from);
};
document.addEventListener("pointerup", drop);
document.addEventListener("pointercancel", drop);
