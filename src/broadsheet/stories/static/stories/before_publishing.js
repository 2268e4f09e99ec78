// The panel "Before publishing": leads from a finding to its field or block, adds a word to the newsroom's own without
// leaving the text, and keeps the count on the panel's toggle, which an autosave does not draw anew.

const NAME = "before-publishing";
const FOCUSABLE =
  "input:not([type=hidden]):not([type=checkbox]), select, textarea, [contenteditable=true], [data-panel-content] button, .chooser button";

/**
 * The part of the form that a finding is about: a block, or a field with its label.
 * @param {string} place
 * @returns {HTMLElement | null}
 */
function partOf(place) {
  const path = document.querySelector(`[data-contentpath="${CSS.escape(place)}"]`);
  return (
    document.getElementById(`block-${place}-section`) ??
    path?.closest("section[id^=panel-]") ??
    document.getElementById(`id_${place}`)
  );
}

/**
 * Open what hides the part, bring it into view and put the cursor into it.
 * @param {string} place
 * @returns {boolean} whether there is such a part
 */
function lead(place) {
  const part = partOf(place);
  if (!part) return false;
  const tab = part.closest("[role=tabpanel]");
  if (tab instanceof HTMLElement && tab.hidden) {
    /** @type {HTMLElement | null} */ (document.querySelector(`[role=tab][aria-controls="${tab.id}"]`))?.click();
  }
  const toggle = part.querySelector(":scope > .w-panel__header [data-panel-toggle][aria-expanded=false]");
  if (toggle instanceof HTMLElement) toggle.click();
  // On a phone the panel lies over the form.
  if (matchMedia("(max-width: 50rem)").matches) {
    /** @type {HTMLElement | null} */ (document.querySelector("[data-form-side-close-button]"))?.click();
  }
  show(part);
  return true;
}

/**
 * Bring a part into view and put the cursor into it, once Wagtail has opened what hides it.
 * @param {HTMLElement} part
 */
async function show(part) {
  for (let frame = 0; frame < 60 && part.getClientRects().length === 0; frame += 1) {
    await new Promise(requestAnimationFrame);
  }
  const within = part.matches(FOCUSABLE) ? [part] : [...part.querySelectorAll(FOCUSABLE)];
  const target = within.find((element) => element.getClientRects().length > 0) ?? part;
  part.scrollIntoView({ block: "center" });
  if (target instanceof HTMLElement) target.focus({ preventScroll: true });
}

/**
 * Write the panel's count on its toggle.
 */
function count() {
  const panel = document.querySelector(`[data-side-panel="${NAME}"] [data-before-publishing]`);
  const counter = document.querySelector(`[data-side-panel-toggle="${NAME}"] [data-side-panel-toggle-counter]`);
  if (!(panel instanceof HTMLElement) || !(counter instanceof HTMLElement)) return;
  counter.textContent = panel.dataset.count ?? "";
  counter.hidden = panel.dataset.count === "0";
}

/**
 * Add a word to the newsroom's own; without an answer the link is followed.
 * @param {HTMLAnchorElement} link
 */
async function addWord(link) {
  const token = document.querySelector("[name=csrfmiddlewaretoken]");
  const body = new URLSearchParams(new URL(link.href).search);
  if (token instanceof HTMLInputElement) body.set("csrfmiddlewaretoken", token.value);
  const answer = await fetch(new URL(link.href).pathname, {
    method: "POST",
    body,
    headers: { Accept: "application/json" },
  }).catch(() => null);
  if (!answer?.ok) {
    window.open(link.href);
    return;
  }
  const { sentence } = await answer.json();
  const row = link.closest("li");
  const list = link.closest("[data-before-publishing]");
  if (row) row.textContent = sentence;
  if (list instanceof HTMLElement) list.dataset.count = String(Math.max(0, Number(list.dataset.count) - 1));
  count();
}

document.addEventListener("click", (event) => {
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  if (!link?.closest("[data-before-publishing]")) return;
  if (link.dataset.addWord !== undefined) {
    event.preventDefault();
    addWord(link);
  } else if (link.dataset.place && lead(link.dataset.place)) {
    event.preventDefault();
  }
});

const panel = document.querySelector(`[data-side-panel="${NAME}"]`);
if (panel) new MutationObserver(count).observe(panel, { childList: true, subtree: true });

// From the page of warnings one comes with the place in the address; blocks are drawn by a script and may come later.
const asked = decodeURIComponent(location.hash).match(/^#(?:id_(\w+)|block-([\w-]+)-section)$/);
if (asked) {
  let tries = 40;
  const wait = setInterval(() => {
    tries -= 1;
    if (lead(asked[1] ?? asked[2]) || tries === 0) clearInterval(wait);
  }, 50);
}
