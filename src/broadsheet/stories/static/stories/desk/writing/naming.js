// What Wagtail draws without a name gets one: a field that is a whole block is called as its block is.
import { nowAndLater } from "./page.js";

const FIELDS = "input[type=text], input[type=url], textarea, select";

export function nameFields() {
  nowAndLater((form) => {
    for (const block of form.querySelectorAll("[data-streamfield-child]")) {
      const heading = block.querySelector("[data-panel-heading-text]")?.closest("[id]");
      const field = block.querySelector(`.w-field__input > :is(${FIELDS})`);
      if (!heading || !field || isNamed(field) || field.closest("[data-streamfield-child]") !== block) continue;
      field.setAttribute("aria-labelledby", heading.id);
    }
  });
}

/** The list of a story's parts, which Wagtail draws beside the form, scrolls: it is reached by the keyboard. */
export function reachMinimap() {
  const place = document.querySelector("[data-minimap-container]");
  if (!place) return;
  const reach = () => place.querySelector(".w-minimap__list:not([tabindex])")?.setAttribute("tabindex", "0");
  reach();
  new MutationObserver(reach).observe(place, { childList: true, subtree: true });
}

/** @param {Element} field */
const isNamed = (field) =>
  field.hasAttribute("aria-labelledby") || Boolean(/** @type {HTMLInputElement} */ (field).labels?.length);
