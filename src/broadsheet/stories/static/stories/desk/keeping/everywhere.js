// Runs on the desk's pages that are no editor of a story: says what it found of texts that had not reached the desk.
import { say } from "./bar.js";
import { drop } from "./copies.js";
import { compare, sweep } from "./sweep.js";

const place = /** @type {HTMLElement | null} */ (document.querySelector("[data-kept-texts]"));
if (place && !document.querySelector("[data-keeping]")) {
  const words = JSON.parse(document.getElementById("kept-words")?.textContent ?? "{}");
  const { saved, kept } = await sweep(place.dataset.person ?? "", "").catch(() => ({ saved: [], kept: [] }));
  for (const { copy, url } of saved) {
    const line = document.createElement("p");
    const link = Object.assign(document.createElement("a"), { href: url, textContent: copy.headline || url });
    const [before, after] = words.sent.split("%s");
    line.append(before, link, after ?? "");
    place.append(line);
  }
  for (const copy of kept) {
    const line = document.createElement("p");
    say(line, `${copy.headline}: ${words.found}`, [
      [words.compare, () => compare(copy)],
      [words.drop, () => { drop(copy.window); line.remove(); }],
    ]);
    place.append(line);
  }
  place.hidden = !place.childElementCount;
  document.documentElement.dataset.swept = "1";
}
