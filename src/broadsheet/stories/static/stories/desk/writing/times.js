// Pickers of days and times, which open a tenth of a second after one has come to their field: also if one has left it.

const UNTIL_IT_HAS_OPENED_MS = 150;

export function closePickers() {
  document.addEventListener("focusout", (event) => setTimeout(() => closeWhere(event.target), UNTIL_IT_HAS_OPENED_MS));
}

/** @param {EventTarget | null} field that was left; who is in it again, or chooses in its picker, has not left it */
function closeWhere(field) {
  const at = document.activeElement;
  if (at === field || at?.closest(".xdsoft_datetimepicker")) return;
  const picker = /** @type {any} */ (window).jQuery?.(field);
  if (picker?.data("xdsoft_datetimepicker")) picker.datetimepicker("hide");
}
