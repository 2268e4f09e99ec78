// Wagtail's app for comments begins when its form says so; forms of what is no page of Wagtail's do not.

const form = document.querySelector("#w-editor-form");
const TAB = "data-w-tabs-active-panel-id-value";

/** The app shows the comments of the tab that stands open, and asks once, at its beginning, which that is. */
function sayTab() {
  const tabs = form?.querySelector('[data-controller~="w-tabs"]');
  if (!tabs || tabs.hasAttribute(TAB)) return;
  new MutationObserver((_changes, observer) => {
    observer.disconnect();
    /** @type {any} */ (window).comments.commentApp.setCurrentTab(tabs.getAttribute(TAB));
  }).observe(tabs, { attributeFilter: [TAB] });
}

if (form && document.querySelector("#comments-data")) {
  form.dispatchEvent(new CustomEvent("w-comments:init", { bubbles: true }));
  sayTab();
  // A notice leads to a comment: the app looks for it, and the panel in which it stands is opened.
  if (new URLSearchParams(location.search).has("comment")) {
    setTimeout(() => document.querySelector('[data-side-panel="comments"]')?.dispatchEvent(new Event("open")), 500);
  }
}

/**
 * Whether somebody is writing a comment or an answer at this moment.
 * @param {{mode: string, newReply: string, replies: Map<number, {mode: string}>}} comment
 */
const isBeingWritten = (comment) =>
  comment.mode === "creating" ||
  comment.mode === "editing" ||
  comment.newReply !== "" ||
  [...comment.replies.values()].some((reply) => reply.mode === "editing");

// The app takes over the comments in the answer to each autosave, and would throw away what is being written just now:
// that answer is kept from it. What was saved already is recognised by the server when it comes again.
document.addEventListener(
  "w-autosave:success",
  (event) => {
    const app = /** @type {any} */ (window).comments?.commentApp;
    const data = /** @type {CustomEvent} */ (event).detail?.data;
    if (!app || !data?.comments) return;
    if ([...app.store.getState().comments.comments.values()].some(isBeingWritten)) delete data.comments;
  },
  { capture: true },
);
