// form[data-autosave]: saves quietly a moment after the last word, one request at a time, with the version
// it was read at. A newer version elsewhere answers 409 and both are shown; without a connection what was
// typed is kept on this device and sent when the connection is back. Nothing typed is ever thrown away.
const PAUSE = 800;
const RETRY = 10000;
const forms = new WeakMap();
const origins = new WeakMap();
const waiting = new Set();

const keyOf = (form) => `tandem:unsaved:${form.dataset.autosaveKey ?? new URL(form.action).pathname}`;
const typed = (form) => JSON.stringify([...new FormData(form)].filter(([name, value]) => typeof value === "string" && name !== "version" && name !== "csrfmiddlewaretoken"));

function stateOf(form) {
  if (!forms.has(form)) forms.set(form, { sending: false, clock: 0, blocked: false, saved: typed(form) });
  return forms.get(form);
}

const statusOf = (form) => form.querySelector("[data-autosave-status]") ?? document.getElementById(form.dataset.autosaveSays);

function say(form, state, extra = "") {
  const status = statusOf(form);
  if (!status) return;
  const time = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: document.documentElement.dataset.timezone });
  status.dataset.state = state;
  status.textContent = extra || (status.dataset[state] ?? "").replace("{time}", time);
}

function changed(form, pause) {
  const state = stateOf(form);
  waiting.add(form);
  document.dispatchEvent(new CustomEvent("tandem:unsaved", { detail: { form } }));
  clearTimeout(state.clock);
  if (!state.blocked) state.clock = setTimeout(() => save(form), pause);
}

async function save(form) {
  const state = stateOf(form);
  if (state.sending || state.blocked || !form.isConnected) return;
  const now = typed(form);
  if (now === state.saved) return unsaid(form);
  if (!form.checkValidity()) return say(form, "error", [...form.elements].find((field) => field.validationMessage)?.validationMessage);
  state.sending = true;
  say(form, "saving");
  try {
    await answered(form, state, now, await send(form));
  } catch {
    keep(form, now);
    say(form, "offline");
    state.clock = setTimeout(() => save(form), RETRY);
  } finally {
    state.sending = false;
  }
}

function send(form) {
  const token = document.querySelector('input[name="csrfmiddlewaretoken"]').value;
  const headers = { "X-CSRFToken": token, "HX-Request": "true", Accept: "text/html" };
  return fetch(form.action, { method: "POST", body: new FormData(form), headers, credentials: "same-origin" });
}

async function answered(form, state, sent, answer) {
  const body = await answer.text();
  if (answer.ok && !answer.redirected) {
    state.saved = sent;
    renew(form, answer.headers.get("X-Version"));
    say(form, "saved");
    const target = form.dataset.autosaveTarget && document.querySelector(form.dataset.autosaveTarget);
    if (target) { target.innerHTML = body; window.htmx?.process(target); }
    document.dispatchEvent(new CustomEvent("tandem:saved", { detail: { form, version: answer.headers.get("X-Version") } }));
    if (typed(form) === sent) settled(form);
    else state.clock = setTimeout(() => save(form), 0);
  } else if (answer.status === 409) {
    keep(form, sent);
    state.blocked = true;
    say(form, "conflict");
    showConflict(form, body);
  } else {
    keep(form, sent);
    say(form, "error", answer.status === 422 ? textOf(body) : "");
    if (typed(form) !== sent) state.clock = setTimeout(() => save(form), 0);
    else if (answer.status >= 500) state.clock = setTimeout(() => save(form), RETRY);
  }
}

// The forms of one thing share its version: one save renews them all.
function renew(form, version) {
  if (!version) return;
  const of = form.dataset.autosaveOf;
  const all = of ? document.querySelectorAll(`form[data-autosave-of="${CSS.escape(of)}"]`) : [form];
  for (const each of all) if (each.elements.version) each.elements.version.value = version;
}

function showConflict(form, body) {
  const slot = document.getElementById(form.dataset.autosaveConflict);
  const place = slot ?? form.insertAdjacentElement("afterend", document.createElement("div"));
  place.innerHTML = body;
  origins.set(place.querySelector("form[data-conflict]"), { form, place });
  place.querySelector("textarea")?.focus();
}

// The choice goes back into the form it came from, with the version it was made against, and is saved from there.
function settle(panel, { form, place }) {
  for (const [name, value] of new FormData(panel)) {
    const field = form.elements.namedItem(name);
    if (field && name !== "csrfmiddlewaretoken") field.value = value;
  }
  place.replaceChildren();
  Object.assign(stateOf(form), { blocked: false, saved: "" });
  form.querySelector("textarea, input:not([type='hidden'])")?.focus();
  changed(form, 0);
}

const textOf = (body) => new DOMParser().parseFromString(body, "text/html").body.textContent.trim().slice(0, 300);

function keep(form, text) {
  const kept = JSON.stringify({ version: form.elements.version?.value, fields: JSON.parse(text) });
  try { localStorage.setItem(keyOf(form), kept); } catch { /* a full or forbidden store: the page itself still holds the words */ }
}

// What was refused is gone from the field, and the words about it go too.
function unsaid(form) {
  settled(form);
  const status = statusOf(form);
  if (["error", "offline"].includes(status?.dataset.state)) { status.textContent = ""; delete status.dataset.state; }
}

function settled(form) {
  waiting.delete(form);
  localStorage.removeItem(keyOf(form));
}

// What an earlier visit could not save is put back and sent with the version it was written against:
// if that is no longer the newest, the answer is the conflict panel and not a silent overwrite.
function restore(form) {
  stateOf(form);
  const kept = JSON.parse(localStorage.getItem(keyOf(form)) ?? "null");
  if (!kept || JSON.stringify(kept.fields) === typed(form)) return;
  if (form.elements.version) form.elements.version.value = kept.version;
  for (const [name, value] of kept.fields) {
    const field = form.elements.namedItem(name);
    if (field && "value" in field && field.type !== "checkbox") field.value = value;
  }
  changed(form, 0);
}

const formOf = (event) => event.target.form?.matches("[data-autosave]") ? event.target.form : null;
document.addEventListener("focusin", (event) => { const form = formOf(event); if (form) stateOf(form); });
document.addEventListener("input", (event) => { const form = formOf(event); if (form) changed(form, PAUSE); });
document.addEventListener("change", (event) => { const form = formOf(event); if (form) changed(form, 0); });
document.addEventListener("focusout", (event) => { const form = formOf(event); if (form && waiting.has(form)) changed(form, 0); });
document.addEventListener("submit", (event) => {
  const origin = origins.get(event.target);
  if (!origin && !event.target.matches("[data-autosave]")) return;
  event.preventDefault();
  if (origin) return settle(event.target, origin);
  changed(event.target, 0);
});
window.addEventListener("online", () => waiting.forEach((form) => changed(form, 0)));
window.addEventListener("beforeunload", (event) => {
  const unsaved = [...waiting].filter((form) => form.isConnected && typed(form) !== stateOf(form).saved);
  if (unsaved.length) event.preventDefault();
});
document.addEventListener("htmx:load", (event) => event.detail.elt.querySelectorAll?.("form[data-autosave]").forEach(restore));
document.querySelectorAll("form[data-autosave]").forEach(restore);
