// A line of a tree with data-drag (an address) and data-drag-id, dragged onto another, asks there: address?parent=id.
// Nothing changes by the drop itself: the page that follows shows what the move touches, and asks.
const OPENS_AFTER = 600;
let dragged = null;
let opening = 0;

const lineOf = (event) => event.target.closest?.("[data-drag]");
const takes = (line) => line && dragged && !dragged.closest("li").contains(line) && line !== above(dragged);
const above = (line) => line.closest("li").parentElement.closest("li")?.querySelector(":scope > [data-drag]");

function leave() {
  clearTimeout(opening);
  document.querySelector(".is-target")?.classList.remove("is-target");
}

// Lines come and go with the branches: they become draggable when the pointer is over them.
document.addEventListener("pointerover", (event) => {
  const line = lineOf(event);
  if (line && event.pointerType === "mouse") line.draggable = true;
});

document.addEventListener("dragstart", (event) => {
  dragged = lineOf(event);
  if (!dragged) return;
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", dragged.querySelector("a")?.textContent ?? "");
  dragged.classList.add("is-dragged");
});

document.addEventListener("dragover", (event) => {
  const line = lineOf(event);
  if (!takes(line)) return leave();
  event.preventDefault();
  event.dataTransfer.dropEffect = "move";
  if (line.classList.contains("is-target")) return;
  leave();
  line.classList.add("is-target");
  const fold = line.closest("li").querySelector(":scope > details:not([open])");
  if (fold) opening = setTimeout(() => { fold.open = true; }, OPENS_AFTER);
});

document.addEventListener("drop", (event) => {
  const line = lineOf(event);
  if (!takes(line)) return;
  event.preventDefault();
  location.assign(`${dragged.dataset.drag}?parent=${line.dataset.dragId}`);
});

document.addEventListener("dragend", () => {
  dragged?.classList.remove("is-dragged");
  dragged = null;
  leave();
});
