// Everything in the body by keys, and where the cursor goes.
import { blockOf, body, filled, form, make, nowAndLater, sayAloud, words } from "./page.js";

const TYPES = /** @type {Record<string, string>} */ ({ KeyQ: "quote", KeyI: "picture", KeyH: "subhead", KeyR: "related" });
const FIELD = ".public-DraftEditor-content, input:not([type=hidden]), textarea";
const LINE = ["input[type=text]", "input:not([type])"].map((one) => `${one}:not([role=combobox], .desk-typing)`).join(", ");

/** @param {number} place @param {string} type */
function addBelow(place, type) {
  body()?._onRequestInsert(place + 1, { type });
}

/** @param {number} place @param {number} step */
function move(place, step) {
  const stream = body();
  const child = stream?.children[place];
  if (!stream || !child || !stream.children[place + step]) return;
  const here = document.activeElement;
  if (step < 0) child.moveUp();
  else child.moveDown();
  if (here instanceof HTMLElement) here.focus();
  child.element.scrollIntoView({ block: "nearest" });
  sayAloud(filled(words.moved, { number: place + step + 1, count: stream.children.length }));
}

/**
 * Put the cursor into a block at once: Wagtail's own way takes a moment, in which the next letters would go elsewhere.
 * @param {import("./page.js").Child} child
 */
function enter(child) {
  const field = [...child.element.querySelectorAll(FIELD)].find((one) => one.getClientRects().length > 0);
  if (field instanceof HTMLElement) field.focus();
  else child.focus({ soft: true });
}

/** The cursor goes to the block that stands where one was deleted, or to the one above it. @param {number} place */
function focusAt(place) {
  const stream = body();
  if (!stream) return;
  const child = stream.children[Math.min(place, stream.children.length - 1)];
  if (child) enter(child);
  else stream.inserters[0].element.querySelector("button")?.focus();
}

/** @param {EventTarget | null} target @returns {boolean} whether the block has nothing in it that could be lost */
function isEmpty(target) {
  if (!(target instanceof Element)) return false;
  if (target.matches(".public-DraftEditor-content")) {
    return !target.textContent && target.querySelectorAll("[data-block=true]").length === 1 && !target.querySelector("li");
  }
  return target.matches(LINE) && !(/** @type {HTMLInputElement} */ (target).value);
}

/** @param {KeyboardEvent} event @param {number} place @returns {boolean} whether the key was one of ours */
function inBlock(event, place) {
  const stream = body();
  if (!stream) return false;
  const { key, code, ctrlKey, metaKey, altKey, shiftKey } = event;
  const command = ctrlKey || metaKey;
  if (key === "Enter" && command && !altKey && !shiftKey) addBelow(place, "paragraph");
  else if (altKey && shiftKey && !command && key === "ArrowUp") move(place, -1);
  else if (altKey && shiftKey && !command && key === "ArrowDown") move(place, 1);
  else if (command && altKey && !event.getModifierState("AltGraph") && TYPES[code]) addBelow(place, TYPES[code]);
  else if (key === "Backspace" && !command && ["paragraph", "subhead"].includes(stream.children[place].type) &&
    stream.children.length > 1 && isEmpty(event.target)) {
    stream.children[place].delete({ animate: false });
    focusAt(Math.max(0, place - 1));
  } else if (key === "Enter" && !command && event.target instanceof Element && event.target.matches(LINE)) {
    addBelow(place, "paragraph");
  } else return false;
  return true;
}

/** From the headline to the standfirst, from there to the text. @param {KeyboardEvent} event */
function inHead(event) {
  if (event.key !== "Enter" || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return false;
  const name = /** @type {HTMLInputElement} */ (event.target).name;
  if (name === "headline") /** @type {HTMLElement} */ (form.elements.namedItem("standfirst")).focus();
  else if (name === "standfirst") focusAt(0);
  else return event.target instanceof Element && event.target.matches(LINE); // a line that is left does not send the form
  return true;
}

/** A paragraph's editor has no name of its own: it is called as its block is. @param {ParentNode} within */
function name(within) {
  for (const editor of within.querySelectorAll(".public-DraftEditor-content:not([aria-labelledby])")) {
    const heading = editor.closest("section")?.querySelector(".w-panel__heading");
    if (heading?.id) editor.setAttribute("aria-labelledby", heading.id);
  }
}

/** Wagtail would put the cursor on a button of a chooser that is hidden while nothing is chosen. @param {ParentNode} within */
function focusWhatIsSeen(within) {
  for (const element of within.querySelectorAll(".chooser:not([data-focus-seen])")) {
    const chooser = /** @type {import("./page.js").Chooser} */ (element);
    if (!chooser.widget) continue;
    chooser.dataset.focusSeen = "";
    const seen = () => [...chooser.querySelectorAll("button")].find((button) => button.getClientRects().length > 0);
    chooser.widget.focus = () => seen()?.focus();
  }
}

/** By Tab one goes from field to field; a comment is begun by Ctrl+Alt+M. @param {ParentNode} within */
function leaveOutOfTabs(within) {
  for (const button of within.querySelectorAll("[data-comment-add]")) button.setAttribute("tabindex", "-1");
}

/** Whatever adds a block, the cursor goes into it: after the "/" menu the paragraph's own editor would take it back. */
function followTheCursor() {
  const stream = body();
  if (!stream) return;
  const insert = stream._onRequestInsert.bind(stream);
  stream._onRequestInsert = (place, what) => {
    insert(place, what);
    const child = stream.children[place];
    const follow = () => child.element.contains(document.activeElement) || child.focus({ soft: true });
    for (const wait of [30, 150]) setTimeout(follow, wait);
  };
}

/** Begin with an empty paragraph, and with the cursor in the headline of a new story. */
function begin() {
  const stream = body();
  if (stream && stream.children.length === 0) stream.insert({ type: "paragraph", value: emptyText(), id: crypto.randomUUID() }, 0, {});
  const headline = /** @type {HTMLInputElement | null} */ (form.elements.namedItem("headline"));
  const isNew = !form.elements.namedItem("loaded_revision_id");
  if (headline && !headline.value && isNew && document.activeElement === document.body) headline.focus({ preventScroll: true });
}

/** @returns {any} what a new paragraph holds, as Wagtail would begin one */
function emptyText() {
  const [, initial] = /** @type {any} */ (body())._getChildDataForInsertion({ type: "paragraph" });
  return initial;
}

/** Let everything be done by keys. */
export function listenToKeys() {
  followTheCursor();
  begin();
  nowAndLater(leaveOutOfTabs);
  nowAndLater(name);
  nowAndLater(focusWhatIsSeen);
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || !event.isTrusted || !form.contains(/** @type {Node} */ (event.target))) return;
    const place = blockOf(event.target);
    if (!(place >= 0 ? inBlock(event, place) : inHead(event))) return;
    event.preventDefault();
    event.stopPropagation();
  }, { capture: true });
  form.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("[data-streamfield-action=DELETE]") : null;
    const place = button ? blockOf(button) : -1;
    if (place >= 0 && button?.closest("[data-streamfield-child]")?.parentElement?.closest("[data-streamfield-child]") == null) {
      setTimeout(() => {
        sayAloud(words.deleted);
        focusAt(place);
      }, 50);
    }
  }, { capture: true });
  const help = make("details", { class: "desk-keys" }, [make("summary", {}, [words.heading]), make("p", {}, [words.keys])]);
  form.querySelector("[data-words-of-body]")?.after(help);
}
