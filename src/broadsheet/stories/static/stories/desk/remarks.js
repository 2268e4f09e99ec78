// Wagtail's app for comments begins when its form says so; forms of what is no page of Wagtail's do not.

const form = document.querySelector("#w-editor-form");
const TAB = "data-w-tabs-active-panel-id-value";

const FRAMES = 30;
const TRIES = 40;

/** Wagtail's panels hear nothing before their own script has come: it is asked again until this one is open. @param {number} left */
function openPanel(left) {
  const panel = document.querySelector('[data-side-panel="comments"]');
  if (!(panel instanceof HTMLElement) || !left || panel.getClientRects().length) return;
  panel.dispatchEvent(new Event("open"));
  setTimeout(() => openPanel(left - 1), 250);
}

/** The app shows the comments of the tab that stands open, and asks once, at its beginning, which that is. */
function sayTab() {
  const tabs = form?.querySelector('[data-controller~="w-tabs"]');
  if (!tabs || tabs.hasAttribute(TAB)) return;
  new MutationObserver((_changes, observer) => {
    observer.disconnect();
    /** @type {any} */ (window).comments.commentApp.setCurrentTab(tabs.getAttribute(TAB));
    requestAnimationFrame(measure);
  }).observe(tabs, { attributeFilter: [TAB] });
}

/** A comment whose words were not yet to be seen when the app measured where they stand is not shown, until it looks again. */
function measure() {
  document.body.dispatchEvent(new Event("commentAnchorVisibilityChange"));
}

if (form && document.querySelector("#comments-data")) {
  form.dispatchEvent(new CustomEvent("w-comments:init", { bubbles: true }));
  sayTab();
  document.querySelector('[data-side-panel="comments"]')?.addEventListener("show", measure);
  // A notice leads to a comment: the app looks for it, and the panel in which it stands is opened.
  if (new URLSearchParams(location.search).has("comment")) {
    openPanel(TRIES);
  }
}


/** A comment that is begun is written at once: what is typed next must not go into the text. @param {number} left frames */
function goToNewComment(left) {
  const line = document.querySelector("#comments .comment--mode-creating textarea");
  if (!(line instanceof HTMLElement)) return void (left && requestAnimationFrame(() => goToNewComment(left - 1)));
  openPanel(1);
  line.focus();
}

// Wagtail makes the comment by this key, in a field as in a paragraph, and leaves its panel as it is.
document.addEventListener("keydown", (event) => {
  if (event.code === "KeyM" && event.altKey && (event.ctrlKey || event.metaKey)) goToNewComment(FRAMES);
});

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
