// The map's tree: folding, loading a branch when it is first opened, keys, and an address that keeps what is open.
const tree = document.querySelector("[data-map-tree]");
const MOST_OPEN = 16; // as many as the server keeps
const filters = document.querySelector(".map-tools");

const itemOf = (element) => element?.closest?.('[role="treeitem"]');
const items = () => [...tree.querySelectorAll('[role="treeitem"]')].filter((item) => item.checkVisibility());
const listOf = (item) => item.querySelector(":scope > .map-below");
const nodeOf = (item) => item.querySelector(":scope > .map-node");
const handleOf = (item) => item.querySelector(":scope > .map-node [data-map-fold]");
const isOpen = (item) => item.getAttribute("aria-expanded") === "true";
const above = (item) => itemOf(item.parentElement);

// One stop for Tab: the arrows walk inside. What the pointer uses is reached from the item by keys.
function prepare() {
  for (const link of tree.querySelectorAll("a:not([tabindex])")) link.tabIndex = -1;
  for (const item of tree.querySelectorAll('[role="treeitem"]:not([tabindex])')) item.tabIndex = -1;
  if (!tree.querySelector('[role="treeitem"][tabindex="0"]')) {
    const first = tree.querySelector("[data-map-at]") ?? tree.querySelector('[role="treeitem"]');
    if (first) first.tabIndex = 0;
  }
}

function stand(item) {
  if (!item) return;
  for (const other of tree.querySelectorAll('[role="treeitem"][tabindex="0"]')) other.tabIndex = -1;
  item.tabIndex = 0;
  item.focus({ preventScroll: true });
}

function fold(item, open) {
  const list = listOf(item);
  if (!list || isOpen(item) === open) return;
  item.setAttribute("aria-expanded", String(open));
  list.hidden = !open;
  const handle = handleOf(item);
  const name = item.querySelector(".map-name")?.textContent ?? "";
  const says = (open ? tree.dataset.mapFoldWord : tree.dataset.mapUnfoldWord).replace("%s", name);
  handle.setAttribute("aria-label", says);
  handle.title = says;
  if (open && !list.firstElementChild) htmx.trigger(handle, "tandem:unfold");
  keep(item);
  tree.dispatchEvent(new CustomEvent("tandem:map", { bubbles: true }));
}

// The branch opened last, with all above it, stands at the end: when the address is full, the oldest are left out.
const opened = new Set([...tree.querySelectorAll('[aria-expanded="true"]')].map((item) => item.id));
function keep(item) {
  opened.delete(item.id);
  const path = isOpen(item) ? [item] : [];
  for (let one = above(item); one; one = above(one)) path.unshift(one);
  for (const one of path) {
    opened.delete(one.id);
    opened.add(one.id);
  }
  const words = [...opened].slice(-MOST_OPEN).join(".") || "-";
  const address = new URL(location.href);
  address.searchParams.set("open", words);
  address.searchParams.delete("at");
  address.hash = "";
  history.replaceState(history.state, "", address);
  const field = filters.querySelector('[name="open"]') ?? filters.appendChild(Object.assign(document.createElement("input"), { type: "hidden", name: "open" }));
  field.value = words;
  for (const link of document.querySelectorAll(".map-bar a[href]")) {
    const to = new URL(link.href);
    to.searchParams.set("open", words);
    link.href = to;
  }
}

tree.addEventListener("click", (event) => {
  const handle = event.target.closest("[data-map-fold]");
  if (!handle || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const item = itemOf(handle);
  fold(item, !isOpen(item));
  stand(item);
});

tree.addEventListener("keydown", (event) => {
  const item = event.target;
  if (!item.matches('[role="treeitem"]') || event.ctrlKey || event.metaKey || event.altKey) return;
  const rtl = getComputedStyle(tree).direction === "rtl";
  const all = items();
  const acts = {
    ArrowDown: () => stand(all[all.indexOf(item) + 1]),
    ArrowUp: () => stand(all[all.indexOf(item) - 1]),
    Home: () => stand(all[0]),
    End: () => stand(all.at(-1)),
    " ": () => fold(item, !isOpen(item)),
    o: () => item.querySelector(":scope > .map-node > .map-alone")?.click(),
    [rtl ? "ArrowLeft" : "ArrowRight"]: () => (item.hasAttribute("aria-expanded") && !isOpen(item) ? fold(item, true) : stand(isOpen(item) && listOf(item).querySelector('[role="treeitem"]'))),
    [rtl ? "ArrowRight" : "ArrowLeft"]: () => (isOpen(item) ? fold(item, false) : stand(above(item))),
  };
  if (!(event.key in acts)) return;
  event.preventDefault();
  acts[event.key]();
});

// Whoever brought the focus here (keys, the pointer, a search): its node is what must be seen, not its whole branch.
tree.addEventListener("focusin", (event) => {
  if (!event.target.matches('[role="treeitem"]')) return;
  stand(event.target);
  requestAnimationFrame(() => nodeOf(event.target)?.scrollIntoView({ block: "nearest", inline: "nearest" }));
});

// A node that was shown out of its turn (a search led to it) comes again with its page; the one in place stays.
document.addEventListener("htmx:beforeSwap", (event) => {
  if (!tree.contains(event.detail.target)) return;
  const made = new DOMParser().parseFromString(event.detail.serverResponse, "text/html");
  const doubles = [...made.querySelectorAll('[role="treeitem"][id]')].filter((item) => document.getElementById(item.id));
  if (!doubles.length) return;
  for (const item of doubles) item.remove();
  event.detail.serverResponse = made.body.innerHTML;
});
document.addEventListener("htmx:afterSettle", () => {
  prepare();
  tree.dispatchEvent(new CustomEvent("tandem:map", { bubbles: true }));
});
document.addEventListener("htmx:sendError", (event) => undo(event));
document.addEventListener("htmx:responseError", (event) => undo(event));
function undo(event) {
  const item = tree.contains(event.target) && itemOf(event.target);
  if (item && event.target.matches("[data-map-fold]")) fold(item, false);
}

prepare();
