// Pickers of days and times, which stay open when one goes on to the next field.

export function closePickers() {
  document.addEventListener("focusout", (event) => {
    const next = event.relatedTarget;
    if (!(next instanceof Element) || next.closest(".xdsoft_datetimepicker")) return;
    /** @type {any} */ (window).jQuery?.(event.target).datetimepicker?.("hide");
  });
}
