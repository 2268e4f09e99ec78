// On every page of the desk: texts that a window left in this browser, because it or the desk was gone, are sent now.
import { drop, left } from "./copies.js";
import { asForm } from "./snapshot.js";
import { send, setAside } from "./sending.js";

/**
 * @param {import("./copies.js").Copy} copy
 * @returns {FormData} the form as that window would have sent it
 */
export function formOf(copy) {
  return asForm(copy.fields, {
    window: copy.window,
    number: String(copy.number),
    loaded_revision_id: copy.seen.id,
    loaded_revision_created_at: copy.seen.at,
  });
}

/**
 * Send what windows left that are gone.
 * @param {string} person @param {string} window of the one that asks
 * @returns {Promise<{saved: {copy: import("./copies.js").Copy, url: string}[], kept: import("./copies.js").Copy[]}>}
 *   what was saved, and what the desk has changed meanwhile or does not take as it is
 */
export async function sweep(person, window) {
  const saved = [];
  const kept = [];
  for (const copy of await left(person, window)) {
    const answer = await send(copy.action, formOf(copy));
    if (answer.kind === "saved") {
      await drop(copy.window);
      if (answer.data.changed) saved.push({ copy, url: answer.data.url });
    } else if (["changed", "refused", "tooLarge", "gone"].includes(answer.kind)) {
      kept.push(copy);
    } else break;
  }
  return { saved, kept };
}

/**
 * Show a text that was left beside the one that stands.
 * @param {import("./copies.js").Copy} copy
 */
export async function compare(copy) {
  const page = await setAside(copy.action, formOf(copy));
  if (!page) return;
  await drop(copy.window);
  location.href = page;
}
