// Short notes at the foot of the page. The server sends one by the header HX-Trigger: {"toast": {text, undo}}.
const region = document.getElementById("toasts");
const LASTS = 8000;

function show({ text, undo }) {
  const toast = document.createElement("div");
  toast.className = "toast";
  const words = document.createElement("span");
  words.textContent = text;
  toast.append(words);
  if (undo) toast.append(button(region.dataset.undo, "toast-undo", { toastUndo: undo }));
  toast.append(button("×", "", { toastClose: "" }, region.dataset.close));
  region.append(toast);
  leaveLater(toast);
}

function button(text, look, data, label) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = look;
  made.textContent = text;
  if (label) made.setAttribute("aria-label", label);
  Object.assign(made.dataset, data);
  return made;
}

// Nothing disappears under the reader's hand: the clock waits while the toast is hovered or focused.
function leaveLater(toast) {
  let clock = setTimeout(() => toast.remove(), LASTS);
  const wait = () => clearTimeout(clock);
  const go = () => { wait(); clock = setTimeout(() => toast.remove(), LASTS); };
  toast.addEventListener("pointerenter", wait);
  toast.addEventListener("focusin", wait);
  toast.addEventListener("pointerleave", go);
  toast.addEventListener("focusout", go);
}

async function undo(url) {
  const token = document.querySelector('input[name="csrfmiddlewaretoken"]').value;
  const answer = await fetch(url, { method: "POST", headers: { "X-CSRFToken": token, "HX-Request": "true" } });
  if (answer.ok) location.reload();
  else show({ text: region.dataset.failed });
}

if (region) {
  region.addEventListener("click", (event) => {
    const chosen = event.target.closest("button");
    if (!chosen) return;
    chosen.closest(".toast").remove();
    if (chosen.dataset.toastUndo) undo(chosen.dataset.toastUndo).catch(() => show({ text: region.dataset.offline }));
  });
  for (const toast of region.children) leaveLater(toast);
  document.addEventListener("toast", (event) => show(event.detail));
  document.addEventListener("htmx:sendError", () => show({ text: region.dataset.offline }));
  document.addEventListener("htmx:responseError", () => show({ text: region.dataset.failed }));
  document.addEventListener("tandem:failed", () => show({ text: region.dataset.offline }));
}
