// <details data-menu>: closes on Escape, outside clicks and when another opens; arrows walk its items. A panel that
// would leave the window at one side opens to the other.
const openMenus = () => document.querySelectorAll("details[data-menu][open]");

document.addEventListener("click", (event) => {
  for (const menu of openMenus()) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  const menu = event.target.closest?.("details[data-menu]");
  if (!menu) return;
  if (event.key === "Escape" && menu.open) {
    menu.open = false;
    menu.querySelector("summary").focus();
    event.stopPropagation();
    return;
  }
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  menu.open = true;
  const items = [...menu.querySelectorAll(".menu-item:not(:disabled)")];
  const step = event.key === "ArrowDown" ? 1 : -1;
  const from = items.indexOf(document.activeElement);
  const to = from < 0 && step < 0 ? items.length - 1 : (from + step + items.length) % items.length;
  items[to]?.focus();
  event.preventDefault();
}, true);

document.addEventListener("focusout", (event) => {
  const menu = event.target.closest?.("details[data-menu]");
  if (menu && event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
});

document.addEventListener("toggle", (event) => {
  const panel = event.target.matches?.("details[data-menu][open]") && event.target.querySelector(":scope > .menu-panel");
  const box = panel?.getBoundingClientRect?.();
  if (box && (box.left < 0 || box.right > document.documentElement.clientWidth)) event.target.classList.toggle("menu-end");
}, true);
