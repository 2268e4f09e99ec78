// What a form says, as plain values that can be kept and compared. What belongs to the window, and not to the text, is left out.
import { writeParagraphs } from "./paragraphs.js";

const NOT_TEXT = new Set(["csrfmiddlewaretoken", "loaded_revision_id", "loaded_revision_created_at", "window", "number", "base", "next"]);

/**
 * @param {HTMLFormElement} form
 * @returns {{fields: [string, string][], key: string}} the fields in their order; two snapshots with one key say the same
 */
export function snapshot(form) {
  /** @type {[string, string][]} */
  const fields = [];
  writeParagraphs(form);
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string" && !NOT_TEXT.has(name)) fields.push([name, value]);
  }
  return { fields, key: JSON.stringify(fields.map(([name, value]) => [name, said(value)])) };
}

/** @type {Map<string, string>} */
let known = new Map();

/**
 * What a value says, however it is written down: a paragraph's editor writes its text anew when it has been set up,
 * with other spaces and in another order, and nobody has changed anything.
 * @param {string} value
 */
function said(value) {
  if (!value.startsWith("{") || !value.includes('"blocks"')) return value;
  let canonical = known.get(value);
  if (canonical === undefined) {
    if (known.size > 2_000) known = new Map();
    canonical = inOrder(value);
    known.set(value, canonical);
  }
  return canonical;
}

/** @param {string} value */
function inOrder(value) {
  try {
    const { blocks, entityMap } = JSON.parse(value);
    return JSON.stringify([blocks.map(block), Object.entries(entityMap ?? {})]);
  } catch {
    return value;
  }
}

/** @param {Record<string, any>} one a block of Draft.js's raw content state */
const block = (one) => [one.key, one.type, one.text, one.depth ?? 0, ranges(one.inlineStyleRanges), ranges(one.entityRanges)];

/** @param {Record<string, any>[] | undefined} all */
const ranges = (all) => (all ?? []).map((one) => [one.offset, one.length, one.style ?? one.key]);

/**
 * @param {[string, string][]} fields
 * @param {Record<string, string>} more
 * @returns {FormData}
 */
export function asForm(fields, more) {
  const data = new FormData();
  for (const [name, value] of fields) data.append(name, value);
  for (const [name, value] of Object.entries(more)) data.set(name, value);
  return data;
}
