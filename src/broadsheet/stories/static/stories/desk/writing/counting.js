// How long the headline is against a card, and how many words the body has.
import { body, data, filled, form, make, sayAloud, words } from "./page.js";

/** After a letter that follows a letter and a hyphen a line may break, if a word follows: as Python's textwrap says. */
const HYPHEN = /(?<=\p{L}[\p{L}\p{N}_!"'&.,?]-)(?=\p{L}-?\p{L})/u;

/**
 * How many lines a headline takes; the rule of stories/checks/headline.py, with its numbers.
 * @param {string} headline @param {number} width letters in a line
 */
export function linesOf(headline, width) {
  let lines = 0;
  let left = 0;
  headline.trim().split(/\s+/).filter(Boolean).forEach((word) => {
    word.split(HYPHEN).forEach((piece, index) => {
      let letters = [...piece].length;
      const gap = index === 0 && left < width && lines > 0 ? 1 : 0;
      if (lines > 0 && letters + gap <= left) {
        left -= letters + gap;
        return;
      }
      if (lines > 0 && letters > width && left > gap) letters -= left - gap;
      lines += Math.max(1, Math.ceil(letters / width));
      left = (width - (letters % width)) % width;
    });
  });
  return lines;
}

/** @param {string} name */
function counter(name) {
  const input = /** @type {HTMLInputElement | null} */ (form.elements.namedItem(name));
  if (!input) return () => {};
  const place = make("p", { id: `${name}-count`, class: "desk-count" });
  input.closest(".w-field__input")?.after(place);
  input.setAttribute("aria-describedby", `${input.getAttribute("aria-describedby") ?? ""} ${place.id}`.trim());
  let wasLong = false;
  return () => {
    const { text, isLong } = said(name, input.value.trim());
    place.textContent = text;
    place.classList.toggle("desk-count--long", isLong);
    if (isLong !== wasLong && document.activeElement === input) sayAloud(text, 1_200);
    wasLong = isLong;
  };
}

/** @param {string} name @param {string} headline */
function said(name, headline) {
  const own = /** @type {HTMLInputElement | null} */ (form.elements.namedItem("card_headline"))?.value.trim();
  const values = { letters: [...headline].length, lines: linesOf(headline, data.letters), most: data.lines };
  if (name === "headline" && own) return { text: filled(words.ownCard, values), isLong: false };
  if (!headline) return { text: name === "headline" ? "" : words.cardEmpty, isLong: false };
  const isLong = values.lines > data.lines;
  return { text: filled(isLong ? words.tooLong : words.fits, values), isLong };
}

const WORD = /[\p{L}\p{N}]+(?:[-'’.,:][\p{L}\p{N}]+)*/gu;
const TEXTS = "textarea, input[type=text]:not([role=combobox])";

/** @returns {number} the words of the body as readers would count them */
export function wordsOfBody() {
  let count = 0;
  for (const child of body()?.children ?? []) {
    for (const paragraph of child.element.querySelectorAll(".public-DraftEditor-content [data-block=true]")) {
      count += paragraph.textContent?.match(WORD)?.length ?? 0;
    }
    if (["paragraph", "embed", "video", "related"].includes(child.type)) continue;
    for (const field of child.element.querySelectorAll(TEXTS)) {
      count += /** @type {HTMLInputElement} */ (field).value.match(WORD)?.length ?? 0;
    }
  }
  return count;
}

/** Show the counts, and keep them up while somebody types. */
export function count() {
  const counters = [counter("headline"), counter("card_headline")];
  const place = make("p", { class: "desk-count", "data-words-of-body": true });
  form.querySelector("#panel-child-story-body-content, #body")?.append(place);
  const update = () => {
    counters.forEach((one) => one());
    const number = wordsOfBody();
    place.textContent = filled(words.counted, { words: number, minutes: Math.ceil(number / data.wordsAMinute) });
  };
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let soon;
  const updateSoon = () => {
    clearTimeout(soon);
    soon = setTimeout(update, 250);
  };
  form.addEventListener("input", updateSoon);
  form.addEventListener("keyup", updateSoon);
  form.addEventListener("w-autosave:success", updateSoon);
  update();
}
