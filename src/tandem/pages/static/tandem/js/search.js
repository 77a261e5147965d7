// The palette: / and Ctrl-K open it over any page. A field of role combobox and its list, here and on the page of
// search: arrows walk the answers, Enter opens the one that is marked, the first until another is.
const KEPT = 6;
const palette = document.querySelector("[data-palette]");
const field = palette?.querySelector("[role=combobox]");
const person = document.getElementById("found-send")?.dataset.person;
const EDITABLE = 'input:not([type="radio"], [type="checkbox"], [type="button"], [type="submit"]), textarea, select, [contenteditable]';

const listOf = (input) => document.getElementById(input.getAttribute("aria-controls"));
const options = (input) => [...listOf(input).querySelectorAll("[role=option]")];

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing || event.keyCode === 229) return;
  const control = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k";
  const slash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !event.target.matches(EDITABLE);
  if ((control || slash) && palette && !document.querySelector("dialog[open]:modal")) {
    event.preventDefault();
    show();
  } else if (event.target.matches?.("[role=combobox][aria-controls]")) {
    walk(event);
  }
});

document.addEventListener("click", (event) => {
  const opener = event.target.closest?.("[data-palette-open]");
  if (opener && palette && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    show();
  } else if (event.target === palette || event.target.closest?.("[data-palette-close]")) {
    palette.close();
  }
  const line = event.target.closest?.("a.found-line:not(.found-more)");
  if (line) keep(line);
});

function show() {
  const own = document.querySelector("[data-search] [role=combobox]");
  if (own) {
    own.focus();
    own.select();
    return;
  }
  field.value = "";
  listOf(field).replaceChildren();
  palette.showModal();
  field.focus();
  htmx.trigger(field, "opened");
}

function walk(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const all = options(event.target);
  const here = all.findIndex((one) => one.getAttribute("aria-selected") === "true");
  if (step && all.length) {
    event.preventDefault();
    mark(event.target, all[(here + step + all.length) % all.length]);
  } else if (event.key === "Enter" && here >= 0) {
    event.preventDefault();
    all[here].click();
  }
}

function mark(input, chosen) {
  for (const one of options(input)) one.setAttribute("aria-selected", String(one === chosen));
  if (chosen) input.setAttribute("aria-activedescendant", chosen.id);
  else input.removeAttribute("aria-activedescendant");
  chosen?.scrollIntoView({ block: "nearest" });
}

document.addEventListener("htmx:afterSwap", (event) => {
  const input = document.querySelector(`[role=combobox][aria-controls="${event.target.id}"]`);
  if (!input) return;
  if (input === field && !field.value.trim()) recent();
  mark(input, options(input)[0]);
});

// What was opened lately is kept in this tab alone, for the one who is signed in.
const store = `found-${person}`;
const kept = () => JSON.parse(sessionStorage.getItem(store) ?? "[]");

function keep(line) {
  const one = { href: line.getAttribute("href"), title: line.querySelector(".found-title")?.textContent ?? "" };
  const all = [one, ...kept().filter((other) => other.href !== one.href)].slice(0, KEPT);
  sessionStorage.setItem(store, JSON.stringify(all));
}

function recent() {
  const list = listOf(field).querySelector("[role=listbox]");
  if (!list || !kept().length) return;
  const group = document.createElement("div");
  group.setAttribute("role", "group");
  const head = palette.querySelector("[data-recent] .found-head").cloneNode(true);
  head.id = "palette-recent";
  group.setAttribute("aria-labelledby", head.id);
  group.append(head, ...kept().map(recentLine));
  list.prepend(group);
}

function recentLine({ href, title }, place) {
  const line = Object.assign(document.createElement("a"), { className: "found-line", id: `palette-recent-${place}`, href, tabIndex: -1 });
  line.setAttribute("role", "option");
  const text = Object.assign(document.createElement("span"), { className: "found-title found-place", textContent: title });
  line.append(text);
  return line;
}
