// Every htmx request carries the token of the page's own forms.
document.addEventListener("htmx:configRequest", (event) => {
  event.detail.headers["X-CSRFToken"] = document.querySelector('input[name="csrfmiddlewaretoken"]').value;
});
