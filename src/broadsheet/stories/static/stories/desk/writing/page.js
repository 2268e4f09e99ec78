// What the parts of the editor's writing share: its form, its body, its words, and where something is said.

/** @typedef {{id: string, string: string, edit_url: string}} Chosen */
/** @typedef {HTMLElement & {widget?: {setStateFromModalData: (chosen: Chosen) => void, focus: () => void}}} Chooser */
/** @typedef {{type: string, element: HTMLElement, focus: (options?: object) => void, delete: (options?: object) => void, moveUp: () => void, moveDown: () => void}} Child */
/** @typedef {{children: Child[], inserters: {element: HTMLElement}[], _onRequestInsert: (index: number, what: {type: string}) => void, insert: (what: {type: string, value: any, id?: string}, index: number, options?: object) => Child}} Stream */

export const form = /** @type {HTMLFormElement} */ (document.getElementById("w-editor-form"));
export const data = JSON.parse(document.getElementById("writing-data")?.textContent ?? "{}");
/** @type {Record<string, string>} */
export const words = data.words ?? {};

/** @returns {Stream | null} the body's blocks, once Wagtail has drawn them */
export function body() {
  const root = form.querySelector("#body-root");
  return /** @type {any} */ (root)?.rootBlock ?? null;
}

/**
 * @param {EventTarget | null} target
 * @returns {number} the place of the block of the body in which something is; -1 outside
 */
export function blockOf(target) {
  return body()?.children.findIndex((child) => child.element.contains(/** @type {Node} */ (target))) ?? -1;
}

/** @returns {string} the language of the edition for which the story is */
export function language() {
  const edition = form.elements.namedItem("edition");
  return data.languages[edition instanceof HTMLSelectElement ? edition.value : ""] ?? data.language;
}

/** @param {string} sentence @param {Record<string, string | number>} values */
export function filled(sentence, values) {
  return sentence.replace(/%\((\w+)\)s/g, (_whole, name) => String(values[name] ?? ""));
}

/** @type {ReturnType<typeof setTimeout> | undefined} */
let later;

/**
 * Say a sentence to whoever hears the page, once nothing has been said for a moment.
 * @param {string} sentence @param {number} wait milliseconds
 */
export function sayAloud(sentence, wait = 100) {
  clearTimeout(later);
  later = setTimeout(() => {
    const place = form.querySelector("[data-writing-aloud]");
    if (place) place.textContent = sentence;
  }, wait);
}

/**
 * Show a sentence to everybody, until it is closed.
 * @param {string} sentence
 */
export function note(sentence) {
  const place = form.querySelector("[data-writing-note]");
  const words = place?.querySelector("span");
  if (!(place instanceof HTMLElement) || !words) return;
  words.textContent = sentence;
  place.hidden = false;
}

/**
 * An element with attributes and what is in it.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag @param {Record<string, any>} attributes @param {(Node | string)[]} inside
 * @returns {HTMLElementTagNameMap[T]}
 */
export function make(tag, attributes = {}, inside = []) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false) element.setAttribute(name, value);
  }
  element.append(...inside);
  return element;
}

/** @returns {string} the token that Django asks for */
export const token = () => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? "";

/**
 * Do something to the form's parts now, and again whenever some have been added.
 * @param {(within: HTMLFormElement) => void} enhance
 */
export function nowAndLater(enhance) {
  enhance(form);
  new MutationObserver((changes) => {
    if (changes.some((change) => change.addedNodes.length)) enhance(form);
  }).observe(form, { childList: true, subtree: true });
}
