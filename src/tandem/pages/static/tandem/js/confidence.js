// Inside a confidence picker the keys 0–9 and = (ten) choose, and the hand goes on to the next field.
document.addEventListener("keydown", (event) => {
  const picker = event.target.closest?.("[data-confidence]");
  if (!picker || picker.disabled || event.ctrlKey || event.metaKey || event.altKey) return;
  const step = event.key === "=" ? "10" : event.key;
  if (!/^\d+$/.test(step)) return;
  const radio = picker.querySelector(`input[type="radio"][value="${step}"]`);
  if (!radio) return;
  event.preventDefault();
  event.stopPropagation();
  radio.checked = true;
  radio.dispatchEvent(new Event("change", { bubbles: true }));
  next(picker, radio)?.focus();
});

function next(picker, radio) {
  const fields = [...(radio.form?.elements ?? [])].filter((field) => field.type !== "hidden" && !field.disabled);
  const inside = fields.map((field) => picker.contains(field));
  const after = fields.slice(inside.lastIndexOf(true) + 1).find((field) => field.checkVisibility());
  const pickers = [...document.querySelectorAll('[data-confidence="on"]')]; // one picker after the other down the page
  const following = pickers[pickers.indexOf(picker) + 1] && picker.dataset.confidence ? pickers[pickers.indexOf(picker) + 1] : null;
  return after ?? following?.querySelector("input:checked, input") ?? radio;
}

document.addEventListener("input", (event) => {
  if (!event.target.matches("[data-confidence-slider]")) return;
  const picker = event.target.closest("[data-confidence]");
  const radio = picker.querySelector(`input[type="radio"][value="${event.target.value}"]`);
  radio.checked = true;
  radio.dispatchEvent(new Event("change", { bubbles: true }));
});

document.addEventListener("change", (event) => {
  const picker = event.target.closest?.("[data-confidence]");
  const slider = picker?.querySelector("[data-confidence-slider]");
  if (slider && event.target.type === "radio") slider.value = event.target.value;
});
