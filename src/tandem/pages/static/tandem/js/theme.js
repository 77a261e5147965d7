// The theme changes at once; the form still tells the server, without leaving the page.
document.addEventListener("submit", async (event) => {
  const form = event.target.closest("[data-theme-form]");
  if (!form || event.submitter?.name !== "theme") return;
  event.preventDefault();
  const chosen = event.submitter;
  if (chosen.value) document.documentElement.dataset.theme = chosen.value;
  else delete document.documentElement.dataset.theme;
  for (const button of form.querySelectorAll('[name="theme"]')) button.setAttribute("aria-pressed", String(button === chosen));
  try {
    await fetch(chosen.formAction, { method: "POST", body: new FormData(form, chosen), redirect: "manual" });
  } catch {
    document.dispatchEvent(new CustomEvent("tandem:failed"));
  }
});
