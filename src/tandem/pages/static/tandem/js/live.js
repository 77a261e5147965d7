// [data-live="objective:12 unit:3"]: what a piece of the page is about. When one of these changes anywhere, the piece is
// asked for again (its hx-get, by the event "live"). Nothing moves under a hand that types: it waits until the hand is
// gone. Without server-sent events the page stays as it was.
const pieces = () => [...document.querySelectorAll("[data-live]")];
const waiting = new Set();
const PAUSE = 15_000;
const LONGEST = 300_000; // milliseconds

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

// A browser comes back by itself when the answer broke off. When it was refused (the server is full, or just starting)
// the browser gives up for good: it is asked again after a while, each time a later one, and not by all at once.
let source = null;
let later = 0;
let refusals = 0;
function again() {
  refusals += 1;
  later = setTimeout(listen, Math.min(LONGEST, PAUSE * 2 ** refusals) * (0.5 + Math.random()));
}

function hush() {
  clearTimeout(later);
  source?.close();
}

function listen() {
  hush();
  const about = new Set(pieces().flatMap((piece) => piece.dataset.live.split(" ")));
  about.delete("bell");
  source = new EventSource(`/live/?${new URLSearchParams([...about].map((name) => ["about", name]))}`);
  source.addEventListener("message", (event) => {
    for (const piece of pieces()) if (piece.dataset.live.split(" ").includes(event.data)) refresh(piece);
  });
  source.addEventListener("open", () => { refusals = 0; });
  source.addEventListener("error", ({ target }) => { if (target.readyState === EventSource.CLOSED) again(); });
}

window.addEventListener("pagehide", hush);
document.addEventListener("focusout", () => setTimeout(() => waiting.forEach(refresh), 200));
if (window.EventSource && pieces().length) window.addEventListener("load", listen);
window.addEventListener("pageshow", (event) => { if (event.persisted && pieces().length) listen(); });
