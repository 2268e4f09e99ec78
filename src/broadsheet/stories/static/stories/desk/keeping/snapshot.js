// What a form says, as plain values that can be kept and compared. What belongs to the window, and not to the text, is left out.
const NOT_TEXT = new Set(["csrfmiddlewaretoken", "loaded_revision_id", "loaded_revision_created_at", "window", "base", "next"]);

/**
 * @param {HTMLFormElement} form
 * @returns {{fields: [string, string][], key: string}} the fields in their order; two snapshots with one key say the same
 */
export function snapshot(form) {
  /** @type {[string, string][]} */
  const fields = [];
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string" && !NOT_TEXT.has(name)) fields.push([name, value]);
  }
  return { fields, key: JSON.stringify(fields) };
}

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
