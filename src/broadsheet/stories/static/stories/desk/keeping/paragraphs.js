// What stands in a paragraph's editor is put into the form. Wagtail's own does so after a pause of 250 ms: who types on
// without one would have nothing saved, and what was typed just before a button was pressed would not be sent.

/** A comment marks its words by a style of its own, which is no part of the text. */
const COMMENT = "COMMENT-";

/** The text of each editor as it was put into the form last. @type {WeakMap<HTMLInputElement, object>} */
const written = new WeakMap();

/** @param {HTMLFormElement} form */
export function writeParagraphs(form) {
  for (const input of form.elements) {
    const editor = /** @type {any} */ (input).draftailEditor;
    if (editor) write(/** @type {HTMLInputElement} */ (input), editor.getEditorState());
  }
}

/** @param {HTMLInputElement} input @param {any} state an EditorState of Draft.js; its content is never changed, only replaced */
function write(input, state) {
  const content = state.getCurrentContent();
  if (written.get(input) === content) return;
  const isUntouched = !written.has(input) && !state.getLastChangeType();
  written.set(input, content);
  if (isUntouched) return;
  const raw = /** @type {any} */ (window).Draftail.serialiseEditorStateToRaw(state);
  input.value = JSON.stringify(raw && { ...raw, blocks: raw.blocks.map(withoutComments) });
}

/** @param {Record<string, any>} block */
const withoutComments = (block) => ({
  ...block,
  inlineStyleRanges: block.inlineStyleRanges.filter((/** @type {{style: string}} */ range) => !range.style.startsWith(COMMENT)),
});
