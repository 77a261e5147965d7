// [data-mentions] around a textarea: after an @ the people of that name are offered (data-choices answers with
// options). Choosing one writes the name and keeps who is meant in the form.
const TYPED = /(?:^|[\s(（，。、；：！？])@([^\s@]{1,30}(?: [^\s@]{0,20})?)$/u;
let asked = 0;
let clock = 0;

const listOf = (field) => field.closest("[data-mentions]").querySelector("[role='listbox']");
const options = (list) => [...list.querySelectorAll("[role='option']")];
const typedBefore = (field) => TYPED.exec(field.value.slice(0, field.selectionStart))?.[1] ?? "";

function close(field) {
  asked += 1;
  listOf(field).hidden = true;
  field.removeAttribute("aria-activedescendant");
}

async function offer(field) {
  const name = typedBefore(field);
  if (!name) return close(field);
  const mine = ++asked;
  const address = `${field.closest("[data-mentions]").dataset.choices}?q=${encodeURIComponent(name)}`;
  const answer = await fetch(address, { headers: { "HX-Request": "true" }, credentials: "same-origin" }).catch(() => null);
  if (mine !== asked || !answer?.ok) return;
  const list = listOf(field);
  list.innerHTML = await answer.text();
  options(list).forEach((option, place) => { option.id = `${list.id}-${place}`; });
  // One that was typed to the end needs no choosing: the whole name says who is meant.
  const found = options(list);
  list.hidden = !found.length || (found.length === 1 && found[0].dataset.name === name.trim());
  if (!list.hidden) stand(field, 0);
}

function stand(field, place) {
  const all = options(listOf(field));
  const to = (place + all.length) % all.length;
  all.forEach((option, at) => option.setAttribute("aria-selected", at === to));
  all[to].scrollIntoView({ block: "nearest" });
  field.setAttribute("aria-activedescendant", all[to].id);
}

function choose(field, option) {
  const name = typedBefore(field);
  const end = field.selectionStart;
  field.setRangeText(`${option.dataset.name} `, end - name.length, end, "end");
  const kept = Object.assign(document.createElement("input"), { type: "hidden", name: "mentions", value: option.dataset.person });
  field.form.append(kept);
  close(field);
  field.focus();
}

document.addEventListener("input", (event) => {
  if (!event.target.matches("[data-mentions] textarea")) return;
  clearTimeout(clock);
  clock = setTimeout(() => offer(event.target), 120);
});

document.addEventListener("keydown", (event) => {
  const field = event.target;
  if (!field.matches?.("[data-mentions] textarea")) return;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) return field.form.requestSubmit();
  const list = listOf(field);
  if (list.hidden || event.isComposing) return;
  const all = options(list);
  const here = all.findIndex((option) => option.getAttribute("aria-selected") === "true");
  if (event.key === "ArrowDown" || event.key === "ArrowUp") stand(field, here + (event.key === "ArrowDown" ? 1 : -1));
  else if (event.key === "Enter" || event.key === "Tab") choose(field, all[here]);
  else if (event.key === "Escape") close(field);
  else return;
  event.preventDefault();
  event.stopPropagation();
}, true);

document.addEventListener("pointerdown", (event) => {
  const option = event.target.closest?.("[data-mentions] [role='option']");
  if (!option) return;
  event.preventDefault();
  choose(option.closest("[data-mentions]").querySelector("textarea"), option);
});

document.addEventListener("focusout", (event) => { if (event.target.matches?.("[data-mentions] textarea")) close(event.target); });
