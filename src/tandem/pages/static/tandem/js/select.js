// [data-select]: a prefilled field that one types over; its text is selected when the hand arrives.
const select = (field) => { if (field?.matches?.("[data-select]")) field.select(); };
document.addEventListener("focusin", (event) => select(event.target));
select(document.activeElement);
