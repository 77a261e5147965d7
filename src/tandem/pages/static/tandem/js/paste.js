/* A column copied from a spreadsheet fills the fields below the one it is pasted into. */
for (const form of document.querySelectorAll("[data-paste-column]")) {
  form.addEventListener("paste", (event) => {
    const field = event.target.closest("[data-paste]");
    const lines = (event.clipboardData?.getData("text") ?? "").replace(/\r?\n$/, "").split(/\r?\n/);
    if (!field || lines.length < 2) return;
    event.preventDefault();
    const fields = [...form.querySelectorAll("[data-paste]")];
    const first = fields.indexOf(field);
    lines.forEach((line, place) => {
      const one = fields[first + place];
      if (one) one.value = line.split("\t")[0].trim();
    });
    fields[Math.min(first + lines.length, fields.length) - 1].focus();
  });
}
