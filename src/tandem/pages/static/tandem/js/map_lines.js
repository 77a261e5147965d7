// Alignments as lines from an objective to the one it serves. Where that one is folded away, a broken line leads to
// the nearest node above it that is seen.
const world = document.querySelector("[data-map-world]");
const svg = document.querySelector("[data-map-lines]");
const ACROSS = 40;
const DOWN = 20;
let waiting = 0;
let looked = null;

const seen = (id) => {
  const item = document.getElementById(id);
  return item?.checkVisibility() ? item : null;
};

function plan() {
  cancelAnimationFrame(waiting);
  waiting = requestAnimationFrame(draw);
}

function draw() {
  for (const old of svg.querySelectorAll(".map-line")) old.remove();
  if (!svg.checkVisibility()) return;
  const box = world.getBoundingClientRect();
  const scale = box.width / world.offsetWidth || 1;
  const rtl = getComputedStyle(world).direction === "rtl";
  const place = (item, end) => {
    const node = item.querySelector(":scope > .map-node").getBoundingClientRect();
    const x = end !== rtl ? node.right : node.left;
    return [(x - box.left) / scale, (node.top - box.top) / scale + DOWN];
  };
  const lines = document.createDocumentFragment();
  for (const child of world.querySelectorAll("[data-map-to]")) {
    if (!child.checkVisibility()) continue;
    for (const path of child.dataset.mapTo.split(" ").filter(Boolean)) {
      const ids = path.split(",");
      const parent = ids.map(seen).find(Boolean);
      if (!parent || parent.contains(child)) continue;
      lines.append(line(child, parent, place(child, false), place(parent, true), parent.id !== ids[0], rtl));
    }
  }
  svg.append(lines);
  light();
}

function line(child, parent, [x1, y1], [x2, y2], broken, rtl) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", "path");
  const bend = rtl ? -ACROSS : ACROSS;
  made.setAttribute("d", `M${x1} ${y1}C${x1 - bend} ${y1} ${x2 + bend} ${y2} ${x2} ${y2}`);
  made.setAttribute("class", broken ? "map-line is-broken" : "map-line");
  made.setAttribute("marker-end", "url(#map-arrow)");
  made.dataset.ends = `${child.id} ${parent.id}`;
  return made;
}

// The lines of the node one looks at stand out.
function light() {
  let any = false;
  for (const one of svg.querySelectorAll(".map-line")) {
    const lit = Boolean(looked) && one.dataset.ends.split(" ").includes(looked);
    one.classList.toggle("is-lit", lit);
    any ||= lit;
  }
  svg.classList.toggle("has-lit", any);
}

function look(event) {
  const item = event.target.closest?.(".map-objective, .map-unit, .map-person, .map-unplaced");
  const id = item?.id ?? null;
  if (id === looked) return;
  looked = id;
  light();
}

world.addEventListener("pointerover", look);
world.addEventListener("pointerleave", () => {
  looked = null;
  light();
});
world.addEventListener("focusin", look);
document.addEventListener("tandem:map", plan);
new ResizeObserver(plan).observe(world);
