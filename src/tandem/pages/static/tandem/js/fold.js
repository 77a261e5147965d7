// Trees of nested <details>: arrows fold, unfold and walk; with data-fold-key the open branches are remembered.
const foldOf = (item) => item?.querySelector(":scope > details");
const handleOf = (item) => item?.querySelector(":scope > .tree-line :is(a, button)") ?? foldOf(item)?.querySelector("summary");

document.addEventListener("keydown", (event) => {
  const tree = event.target.closest?.("[data-fold]");
  if (!tree || !event.key.startsWith("Arrow") || event.target.matches("input, textarea, select")) return;
  const item = event.target.closest("li");
  const fold = foldOf(item);
  const opens = getComputedStyle(tree).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    const items = [...tree.querySelectorAll("li")].filter((each) => each.checkVisibility() && handleOf(each));
    handleOf(items[items.indexOf(item) + (event.key === "ArrowDown" ? 1 : -1)])?.focus();
  } else if (event.key === opens) {
    if (fold) fold.open = true;
  } else if (fold?.open) {
    fold.open = false;
  } else {
    handleOf(item.parentElement.closest("li"))?.focus();
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
