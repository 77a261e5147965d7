// [data-words]: texts whose words one can mark and talk about. A marked stretch brings up the button #talk-mark, which
// fetches the box to write in: from its own address, or where several goals stand on a page from [data-talk] around the words;
// words that a thread ([data-anchor]) is about are underlined, and light up while the hand is on the thread.
const CONTEXT = 40;
const button = document.getElementById("talk-mark");
let marked = null;

function selection() {
  const chosen = document.getSelection();
  if (!chosen?.rangeCount || chosen.isCollapsed) return null;
  const range = chosen.getRangeAt(0);
  const from = range.startContainer.parentElement?.closest("[data-words]");
  if (!from || !from.contains(range.endContainer)) return null;
  const before = document.createRange();
  before.selectNodeContents(from);
  before.setEnd(range.startContainer, range.startOffset);
  const start = before.toString().length;
  const quote = range.toString();
  if (!quote.trim()) return null;
  const text = from.textContent;
  return {
    range,
    goal: from.closest("[data-talk]"),
    fields: {
      about: from.dataset.words, field: from.dataset.field, quote,
      prefix: text.slice(Math.max(0, start - CONTEXT), start), suffix: text.slice(start + quote.length, start + quote.length + CONTEXT),
    },
  };
}

function offer() {
  marked = selection();
  button.hidden = !marked;
  if (!marked) return;
  const box = marked.range.getBoundingClientRect();
  const place = button.offsetParent?.getBoundingClientRect() ?? { left: 0, top: 0 };
  button.style.left = `${Math.max(0, Math.min(box.left, innerWidth - button.offsetWidth - 8) - place.left + (button.offsetParent?.scrollLeft ?? 0))}px`;
  button.style.top = `${box.bottom + 6 - place.top}px`;
}

async function begin() {
  if (!marked) return;
  const address = marked.goal?.dataset.talk ?? button.dataset.address;
  const target = `#${marked.goal?.dataset.talkBox ?? "talk-new"}`;
  const named = `${address}${address.includes("?") ? "&" : "?"}${new URLSearchParams(marked.fields)}`;
  button.hidden = true;
  await htmx.ajax("GET", named, { target, swap: marked.goal ? "outerHTML" : "outerHTML show:top" });
  document.querySelector(`${target} textarea`)?.focus();
}

function rangeOf(thread) {
  const text = document.querySelector(`[data-words="${thread.dataset.anchor}"][data-field="${thread.dataset.field}"]`);
  if (!text) return null;
  const start = text.textContent.indexOf(thread.dataset.quote, Math.max(0, thread.dataset.start - 2));
  if (start < 0) return null;
  const range = document.createRange();
  let passed = 0;
  let begun = false;
  const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const end = start + thread.dataset.quote.length;
    if (!begun && start < passed + node.length) { range.setStart(node, start - passed); begun = true; }
    if (begun && end <= passed + node.length) { range.setEnd(node, end - passed); return range; }
    passed += node.length;
  }
  return null;
}

const rangesOf = (threads) => threads.map(rangeOf).filter(Boolean);
function underline() {
  if (CSS.highlights) CSS.highlights.set("talk", new Highlight(...rangesOf([...document.querySelectorAll("[data-anchor]:not(.is-resolved)")])));
}

function light(event) {
  const thread = event.target.closest?.("[data-anchor]");
  if (CSS.highlights) CSS.highlights.set("talk-now", new Highlight(...(thread ? rangesOf([thread]) : [])));
}

// The talk comes after the page: an address that names a comment (#comment-7) is gone to once it is there. One that was
// said too long ago to be among what the page shows is asked for with its thread.
let sought = location.hash.startsWith("#comment-") ? location.hash.slice(1) : "";
function seek() {
  const threads = sought && document.getElementById("threads");
  if (!threads) return;
  const comment = document.getElementById(sought);
  if (comment) show(comment);
  else fetchThread(threads, sought.slice("comment-".length));
  sought = "";
}

function show(comment) {
  for (let fold = comment.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  comment.scrollIntoView({ block: "center" });
  comment.tabIndex = -1;
  comment.focus({ preventScroll: true });
}

async function fetchThread(threads, id) {
  const answer = await fetch(`/comments/${encodeURIComponent(id)}/thread/`, { headers: { "HX-Request": "true" } });
  if (!answer.ok || answer.redirected) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const thread = document.adoptNode(page.querySelector("li.thread"));
  const known = document.getElementById(thread.id);
  if (known) known.replaceWith(thread);
  else threads.prepend(thread);
  htmx.process(thread);
  underline();
  const comment = document.getElementById(`comment-${id}`);
  if (comment) show(comment);
}

document.addEventListener("selectionchange", () => { if (document.activeElement !== button) offer(); });
button.addEventListener("pointerdown", (event) => event.preventDefault());
button.addEventListener("click", begin);
document.addEventListener("pointerover", light);
document.addEventListener("focusin", light);
document.addEventListener("htmx:afterSettle", () => { underline(); seek(); });
underline();
