// What is pasted from Word, Google Docs or a web page: its words in paragraphs and lists, bold, italic, links; no pictures.
import { note, words } from "./page.js";

const BLOCKS = new Set(
  ("address article aside blockquote body center dd div dl dt figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr " +
    "legend main nav p pre section table tbody td tfoot th thead tr").split(" "),
);
const LISTS = new Set(["ul", "ol"]);
const NOT_WORDS = "script, style, title, template, noscript, iframe, object, svg, head, meta, link, xml, o\\:p";
const PICTURE = /<(?:img|v:imagedata|source)\b[^>]*>/gi;
/** What Draft.js and Draftail write when one copies within the desk. */
const OWN = /data-(?:draftail-content|editor)=/;

/**
 * @param {string} html as it was pasted
 * @returns {{html: string, pictures: number}} clean paragraphs and lists, and how many pictures were left out
 */
export function clean(html) {
  let pictures = 0;
  // Before the parser: a text with its pictures inside is megabytes of which a few kilobytes are words.
  const light = html.replace(/<!--[\s\S]*?-->/g, "").replace(PICTURE, () => (pictures++, ""));
  const page = new DOMParser().parseFromString(light, "text/html");
  page.querySelectorAll(NOT_WORDS).forEach((element) => element.remove());
  const writer = new Writer();
  writer.walk(page.body, []);
  writer.end();
  return { html: writer.out.join(""), pictures };
}

class Writer {
  constructor() {
    /** @type {string[]} */
    this.out = [];
    this.line = "";
    this.item = "p";
  }

  /** @param {Node} node @param {string[]} marks */
  walk(node, marks) {
    for (const child of node.childNodes) {
      if (child.nodeType === Node.TEXT_NODE) this.words(child.nodeValue ?? "", marks);
      else if (child instanceof Element || child.nodeType === Node.ELEMENT_NODE) this.element(/** @type {HTMLElement} */ (child), marks);
    }
  }

  /** @param {HTMLElement} element @param {string[]} marks */
  element(element, marks) {
    const tag = element.localName;
    if (tag === "br") return void (this.line += "<br>");
    if (LISTS.has(tag)) return this.list(element, tag, marks);
    const isBlock = BLOCKS.has(tag) || tag === "li";
    if (isBlock) this.end();
    this.walk(element, [...marks, ...marksOf(element, tag)]);
    if (isBlock) this.end();
  }

  /** @param {HTMLElement} element @param {string} tag @param {string[]} marks */
  list(element, tag, marks) {
    this.end();
    const outer = this.item;
    if (outer === "p") this.out.push(`<${tag}>`);
    this.item = "li";
    this.walk(element, marks);
    this.end();
    this.item = outer;
    if (outer === "p") this.out.push(`</${tag}>`);
  }

  /** @param {string} text @param {string[]} marks */
  words(text, marks) {
    const shown = text.replace(/[\u00ad\u200b\ufeff]/g, "").replace(/[\s\u00a0]+/g, " ");
    if (!shown || (shown === " " && (!this.line || this.line.endsWith(" ")))) return;
    const opened = [...new Set(marks)];
    const closing = opened.map((mark) => `</${mark.split(" ")[0]}>`).reverse();
    this.line += opened.map((mark) => `<${mark}>`).join("") + escape(shown) + closing.join("");
  }

  end() {
    const line = this.line.replace(/^(?:<br>|\s)+|(?:<br>|\s)+$/g, "");
    this.line = "";
    if (line.replace(/<[^>]*>/g, "").trim()) this.out.push(`<${this.item}>${line}</${this.item}>`);
  }
}

/** @param {HTMLElement} element @param {string} tag @returns {string[]} */
function marksOf(element, tag) {
  const { fontWeight, fontStyle, verticalAlign } = element.style;
  const isHeavy = fontWeight === "bold" || Number(fontWeight) >= 600;
  const isLight = fontWeight === "normal" || (fontWeight !== "" && Number(fontWeight) < 600);
  const marks = [];
  if (isHeavy || (["b", "strong"].includes(tag) && !isLight)) marks.push("b");
  if (fontStyle === "italic" || (["i", "em"].includes(tag) && fontStyle !== "normal")) marks.push("i");
  if (tag === "sup" || verticalAlign === "super") marks.push("sup");
  if (tag === "sub" || verticalAlign === "sub") marks.push("sub");
  const address = tag === "a" ? element.getAttribute("href") ?? "" : "";
  if (/^(?:https?:|mailto:|tel:)/i.test(address)) marks.push(`a href="${escape(address)}"`);
  return marks;
}

/** @param {string} text */
const escape = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/"/g, "&quot;");

/**
 * @param {ClipboardEvent} event
 * @returns {File | null} a picture that was pasted with nothing else
 */
export function pastedPicture(event) {
  const { clipboardData } = event;
  if (!clipboardData || clipboardData.getData("text/plain").trim()) return null;
  return [...clipboardData.files].find((file) => file.type.startsWith("image/")) ?? null;
}

/** Clean what is pasted into paragraphs before their editor sees it. */
export function cleanPastes() {
  document.addEventListener(
    "paste",
    (event) => {
      const target = event.target instanceof Element ? event.target.closest(".public-DraftEditor-content") : null;
      const html = event.clipboardData?.getData("text/html") ?? "";
      if (!target || !html || OWN.test(html.slice(0, 4_000)) || /** @type {any} */ (event).isClean) return;
      event.preventDefault();
      event.stopPropagation();
      const cleaned = clean(html);
      const data = new DataTransfer();
      data.setData("text/html", cleaned.html);
      data.setData("text/plain", event.clipboardData?.getData("text/plain") ?? "");
      const again = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
      Object.assign(again, { isClean: true });
      if (cleaned.html) target.dispatchEvent(again);
      if (cleaned.pictures) note(words.noPictures);
    },
    { capture: true },
  );
}
