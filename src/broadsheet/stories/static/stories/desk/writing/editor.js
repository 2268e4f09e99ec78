// Writing a story: counts, keys, clean pastes, names typed in place, pictures brought in.
import { chooseByTyping } from "./choosing.js";
import { count } from "./counting.js";
import { listenToKeys } from "./keys.js";
import { nameFields, reachMinimap } from "./naming.js";
import { body, data, form, note } from "./page.js";
import { cleanPastes } from "./pasting.js";
import { bringPictures } from "./pictures.js";
import { closePickers } from "./times.js";

function start() {
  count();
  nameFields();
  reachMinimap();
  listenToKeys();
  chooseByTyping();
  bringPictures();
  cleanPastes();
  closePickers();
  form.querySelector("[data-writing-note] button")?.addEventListener("click", (event) => {
    /** @type {HTMLElement} */ (event.currentTarget).parentElement?.setAttribute("hidden", "");
  });
  let told = "";
  form.addEventListener("w-autosave:success", (event) => {
    const gone = (/** @type {CustomEvent} */ (event).detail?.data?.gone ?? []).join(" ");
    if (gone && gone !== told) note(gone);
    told = gone;
  });
}

/** Wagtail draws the body's blocks by a script of its own, which may come after this one, and tells nobody. */
function startSoon() {
  if (body()) start();
  else requestAnimationFrame(startSoon);
}
if (form && data.words) startSoon();
