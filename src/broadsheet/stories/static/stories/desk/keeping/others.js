// Who else has the story open, and what they have saved of it while this window only reads.
// What Wagtail's ping puts into the page is looked at each second: a new story gets its place for it only when it is saved.

/** Milliseconds: between two looks; between two questions; after the last key, how long one is still said to be writing. */
const LOOK = 1_000;
const ASK = 4_000;
const WRITING = 15_000;

/**
 * @typedef {object} Ways
 * @property {() => string} asks the address at which a window asks what others saved; empty: it has something to send itself
 * @property {(sentence: string) => void} saved somebody else has saved
 * @property {(sentence: string) => void} came somebody has come, or begins to write
 */

/** @param {Ways} ways */
export function watchOthers(ways) {
  let known = there();
  let asked = performance.now();
  let typed = -Infinity;
  document.addEventListener("input", (event) => { if (event.isTrusted) typed = performance.now(); }, { capture: true });
  setInterval(() => {
    const now = there();
    for (const [who, one] of now) {
      const before = known.get(who);
      if (!before || (one.writes && !before.writes)) ways.came(one.words);
    }
    known = now;
    sayWhetherOneWrites(performance.now() - typed < WRITING);
    if (document.hidden || performance.now() - asked < ASK) return;
    asked = performance.now();
    askWhatTheySaved(ways);
  }, LOOK);
}

function there() {
  const found = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("#w-editing-sessions [data-somebody]"));
  return new Map([...found].map((one) => {
    const words = one.textContent ?? "";
    return [one.dataset.somebody, { words, writes: "writing" in one.dataset }];
  }));
}

/** @param {boolean} writes what the next ping tells the others */
function sayWhetherOneWrites(writes) {
  const box = document.querySelector("form.w-editing-sessions [name=is_editing]");
  if (box instanceof HTMLInputElement) box.checked = writes;
}

/** @param {Ways} ways */
async function askWhatTheySaved(ways) {
  const address = ways.asks();
  if (!address) return;
  const answer = await fetch(address).catch(() => null);
  if (!answer?.ok || answer.redirected) return;
  const { said } = await answer.json();
  if (said && ways.asks() === address) ways.saved(said);
}
