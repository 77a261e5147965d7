// "Take yours", "Take theirs": put that version into the box that will be saved. The box stays editable.
document.addEventListener("click", (event) => {
  const take = event.target.closest?.("[data-conflict-take]");
  if (!take) return;
  const box = take.closest("[data-conflict-part]").querySelector("textarea");
  box.value = take.dataset.conflictTake;
  box.focus();
});
