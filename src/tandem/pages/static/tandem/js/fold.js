// Trees of nested <details>: arrows fold, unfold and walk; with data-fold-key the open branches are remembered.
const lines = (tree) => [...tree.querySelectorAll("summary, .tree-leaf a")].filter((line) => line.checkVisibility());

document.addEventListener("keydown", (event) => {
  const tree = event.target.closest?.("[data-fold]");
  if (!tree || !event.key.startsWith("Arrow")) return;
  const branch = event.target.closest("summary")?.parentElement;
  const opens = getComputedStyle(tree).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    const all = lines(tree);
    const here = all.findIndex((line) => line === event.target || line.contains(event.target));
    all[here + (event.key === "ArrowDown" ? 1 : -1)]?.focus();
  } else if (event.key === opens) {
    if (branch) branch.open = true;
  } else if (branch?.open) {
    branch.open = false;
  } else {
    (branch ?? event.target).parentElement.closest("details")?.querySelector("summary").focus();
  }
  event.preventDefault();
});

for (const tree of document.querySelectorAll("[data-fold-key]")) {
  const branches = [...tree.querySelectorAll("details[data-fold-id]")];
  const key = `tandem:fold:${tree.dataset.foldKey}`;
  const kept = JSON.parse(localStorage.getItem(key) ?? "{}");
  for (const branch of branches) {
    if (branch.dataset.foldId in kept) branch.open = kept[branch.dataset.foldId];
    branch.addEventListener("toggle", () => {
      kept[branch.dataset.foldId] = branch.open;
      localStorage.setItem(key, JSON.stringify(kept));
    });
  }
}
