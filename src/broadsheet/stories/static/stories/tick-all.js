// Ticks every story of a page at once. Without this module each is ticked by itself.

/** @type {HTMLInputElement | null} */
const all = document.querySelector("[data-tick-all]");

if (all) {
  const boxes = /** @type {NodeListOf<HTMLInputElement>} */ (
    document.querySelectorAll('.desk-stories input[name="id"]')
  );
  all.hidden = false;
  all.addEventListener("change", () => {
    for (const box of boxes) box.checked = all.checked;
  });
}
