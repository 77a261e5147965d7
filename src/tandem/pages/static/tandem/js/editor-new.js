// New lines on their way to the server: one at a time and in their order, each with a key of its own, so that one
// that is sent again is not made twice. Until the server has it, a line is also kept on this device.
const RETRY = 10000;
const storeOf = (form) => `tandem:line:${new URL(form.dataset.urlKeyResult ?? form.dataset.urlObjective, location.href).pathname}`;
const underway = new Set();
let last = Promise.resolve();

export const settled = () => underway.size === 0;

export function keep(form, text) {
  write(storeOf(form), text ? { key: form.elements.key.value, text } : null);
}

function write(name, value) {
  try {
    if (value) localStorage.setItem(name, JSON.stringify(value));
    else localStorage.removeItem(name);
  } catch { /* a full or forbidden store: the page itself still holds the words */ }
}

const read = (name) => { try { return JSON.parse(localStorage.getItem(name)); } catch { return null; } };

// Words of an earlier visit that never arrived go back into their empty lines.
export function* kept(page) {
  for (const form of page.querySelectorAll("[data-new]")) {
    const name = storeOf(form);
    const waiting = Object.keys(localStorage).filter((one) => one.startsWith(`${name}#`)).sort();
    const texts = waiting.map((one) => read(one)?.text).filter(Boolean);
    waiting.forEach((one) => localStorage.removeItem(one));
    const typed = read(name);
    const text = [...texts, ...(typed?.text ? [typed.text] : [])].join("\n");
    if (text) { keep(form, text); yield { form, text }; }
  }
}

// The answer's line, when it is there; null when it was refused.
export function submit(form, kind, list, text) {
  const key = form.elements.key.value;
  form.elements.key.value = newKey();
  const url = form.dataset[{ objective: "urlObjective", action: "urlAction", "key-result": "urlKeyResult" }[kind]];
  const place = waitingLine(list, kind, text);
  const name = `${storeOf(form)}#${Date.now()}-${key}`;
  write(name, { key, text });
  const job = { form, url, key, text, place, list, name };
  underway.add(job);
  last = last.then(() => send(job));
  return last;
}

function waitingLine(list, kind, text) {
  const place = document.createElement(kind === "objective" ? "article" : "li");
  place.className = kind === "objective" ? "goal line-waiting" : "line line-waiting";
  const words = document.createElement("span");
  words.className = "line-words";
  words.append(Object.assign(document.createElement("span"), { className: "sentence", textContent: text }), Object.assign(document.createElement("span"), { className: "line-note" }));
  place.append(words);
  list.append(place);
  return place;
}

async function send(job) {
  for (;;) {
    try {
      const answer = await post(job);
      const body = await answer.text();
      if (answer.status < 500) return arrived(job, answer, body);
    } catch { /* no connection: say so and try again */ }
    note(job, job.form.dataset.offline);
    await pause();
  }
}

function post({ form, url, key, text }) {
  const token = document.querySelector('input[name="csrfmiddlewaretoken"]').value;
  const headers = { "X-CSRFToken": token, "HX-Request": "true", Accept: "text/html" };
  return fetch(url, { method: "POST", body: new URLSearchParams({ key, title: text }), headers, credentials: "same-origin", redirect: "manual", signal: AbortSignal.timeout(20000) });
}

const pause = () => new Promise((go) => { setTimeout(go, RETRY); window.addEventListener("online", go, { once: true }); });

function arrived(job, answer, body) {
  underway.delete(job);
  if (!answer.ok) {
    note(job, new DOMParser().parseFromString(body, "text/html").body.textContent.trim().slice(0, 300) || job.form.dataset.failed);
    return null;
  }
  write(job.name, null);
  if (!job.form.elements.title.value) keep(job.form, "");
  const made = Object.assign(document.createElement("template"), { innerHTML: body.trim() }).content.querySelector("li, article");
  job.place.replaceWith(made);
  window.htmx?.process(made);
  document.dispatchEvent(new CustomEvent("tandem:line", { detail: { line: made } }));
  if (answer.headers.get("HX-Trigger")?.includes("drafts")) window.htmx?.trigger(document.body, "drafts");
  return made;
}

function note({ place }, text) {
  place.querySelector(".line-note").textContent = ` ${text}`;
}

const newKey = () => [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => (byte % 36).toString(36)).join("");
