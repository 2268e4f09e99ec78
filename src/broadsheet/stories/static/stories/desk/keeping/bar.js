// The line at the foot of the editor that says when something keeps a text from the desk, and what can be done.

/**
 * @param {HTMLElement} place
 * @param {string} sentence empty: the line goes away
 * @param {[string, () => void][]} ways what can be done: the words of each button, and what it does
 */
export function say(place, sentence, ways = []) {
  if (place.dataset.sentence === sentence && !ways.length) return;
  place.dataset.sentence = sentence;
  place.hidden = !sentence;
  place.replaceChildren(Object.assign(document.createElement("span"), { textContent: sentence }));
  for (const [words, act] of ways) {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: words, onclick: act });
    button.className = "button button-small button-secondary";
    place.append(" ", button);
  }
}
