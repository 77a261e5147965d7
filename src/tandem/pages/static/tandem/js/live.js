// [data-live="objective:12 unit:3"]: what a piece of the page is about. When one of these changes anywhere, the piece is
// asked for again (its hx-get, by the event "live"). Nothing moves under a hand that types: it waits until the hand is
// gone. Without server-sent events the page stays as it was.
const pieces = () => [...document.querySelectorAll("[data-live]")];
const waiting = new Set();

function busy(piece) {
  const here = document.activeElement;
  if (piece.contains(here) && here.matches("input, textarea, select, [contenteditable]")) return true;
  if (piece.querySelector("details[data-menu][open], [open].talk-answer")) return true;
  return [...piece.querySelectorAll("textarea")].some((field) => field.value !== field.defaultValue);
}

function refresh(piece) {
  if (!piece.isConnected) return waiting.delete(piece);
  if (busy(piece)) return waiting.add(piece);
  waiting.delete(piece);
  htmx.trigger(piece, "live");
}

function listen() {
  const about = new Set(pieces().flatMap((piece) => piece.dataset.live.split(" ")));
  about.delete("bell");
  const source = new EventSource(`/live/?${new URLSearchParams([...about].map((name) => ["about", name]))}`);
  source.addEventListener("message", (event) => {
    for (const piece of pieces()) if (piece.dataset.live.split(" ").includes(event.data)) refresh(piece);
  });
  window.addEventListener("pagehide", () => source.close());
}

document.addEventListener("focusout", () => setTimeout(() => waiting.forEach(refresh), 200));
if (window.EventSource && pieces().length) window.addEventListener("load", listen);
window.addEventListener("pageshow", (event) => { if (event.persisted && pieces().length) listen(); });
