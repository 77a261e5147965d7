// The map's window: the wheel, + and − zoom, 0 fits everything in, dragging and the arrow keys move it.
const view = document.querySelector("[data-map-window]");
const sizer = view.querySelector("[data-map-sizer]");
const world = view.querySelector("[data-map-world]");
const buttons = document.querySelector("[data-map-zoom]");
const sheet = document.querySelector("[data-map-canvas]");
const wide = sheet && matchMedia(sheet.media || "all");
const LEAST = 0.15;
const MOST = 2;
let scale = 1;

const isDrawn = () => Boolean(wide?.matches);

function draw() {
  buttons.hidden = !isDrawn();
  world.style.transform = isDrawn() ? `scale(${scale})` : "";
  sizer.style.inlineSize = isDrawn() ? `${world.offsetWidth * scale}px` : "";
  sizer.style.blockSize = isDrawn() ? `${world.offsetHeight * scale}px` : "";
}

// What lies under the point (of the window) stays there.
function zoom(to, x = view.clientWidth / 2, y = view.clientHeight / 2) {
  const next = Math.min(MOST, Math.max(LEAST, to));
  const left = (view.scrollLeft + x) / scale;
  const top = (view.scrollTop + y) / scale;
  scale = next;
  draw();
  view.scrollTo(left * scale - x, top * scale - y);
}

function fit() {
  zoom(Math.min(1, view.clientWidth / world.offsetWidth, view.clientHeight / world.offsetHeight));
  view.scrollTo(0, 0);
}

view.addEventListener("wheel", (event) => {
  if (!isDrawn() || event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) return;
  event.preventDefault();
  const box = view.getBoundingClientRect();
  zoom(scale * Math.exp(-event.deltaY / 600), event.clientX - box.left, event.clientY - box.top);
}, { passive: false });

document.addEventListener("click", (event) => {
  const step = event.target.closest?.("[data-map-step]");
  if (step) zoom(scale * (step.dataset.mapStep === "1" ? 1.25 : 0.8));
  if (event.target.closest?.("[data-map-fit]")) fit();
});

let from = null;
view.addEventListener("pointerdown", (event) => {
  if (!isDrawn() || event.pointerType !== "mouse" || event.button !== 0 || event.target.closest(".map-node, .map-result")) return;
  const onBar = event.offsetX > view.clientWidth || event.offsetY > view.clientHeight;
  if (event.target === view && onBar) return;
  from = { x: event.clientX + view.scrollLeft, y: event.clientY + view.scrollTop };
  view.setPointerCapture(event.pointerId);
  view.classList.add("is-dragged");
});
view.addEventListener("pointermove", (event) => {
  if (from) view.scrollTo(from.x - event.clientX, from.y - event.clientY);
});
for (const end of ["pointerup", "pointercancel"]) {
  view.addEventListener(end, () => {
    from = null;
    view.classList.remove("is-dragged");
  });
}

new ResizeObserver(draw).observe(world);
wide?.addEventListener("change", draw);
draw();

// The address names a node to look at, which the browser would put into the corner.
const sought = view.querySelector("[data-map-at] > .map-node");
function seek() {
  if (!sought || !isDrawn()) return;
  const [node, box] = [sought.getBoundingClientRect(), view.getBoundingClientRect()];
  view.scrollBy(node.left - box.left - (view.clientWidth - node.width) / 2, node.top - box.top - (view.clientHeight - node.height) / 2);
  window.scrollTo(0, 0);
}
if (document.readyState === "complete") seek();
else window.addEventListener("load", () => requestAnimationFrame(seek));
