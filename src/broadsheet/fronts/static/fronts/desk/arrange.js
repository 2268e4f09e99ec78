// Containers and pins say what they are, and are moved by keys as well as by dragging (which is Wagtail's).

/** @type {Record<string, string>} */
const words = JSON.parse(document.querySelector("#arrange-words")?.textContent ?? "{}");
const form = document.querySelector(".desk-arrange");
const says = document.querySelector("[data-moved]");
const CHILD = "[data-inline-panel-child]";

/** @param {string} sentence @param {Record<string, string | number>} values */
const put = (sentence, values) => sentence.replace(/%\((\w+)\)s/g, (_all, name) => String(values[name] ?? ""));

/** The part of a container or pin that is its own, without the pins in it. @param {Element} child @param {string} name */
const own = (child, name) =>
  [...child.querySelectorAll(`[name$="-${name}"]`)].find((field) => field.closest(CHILD) === child) ?? null;

/** @param {Element} child @param {string} name */
const chosen = (child, name) => {
  const field = own(child, name);
  if (!(field instanceof HTMLSelectElement) || !field.value) return "";
  return field.selectedOptions[0]?.textContent?.trim() ?? "";
};

/** Those that are moved among each other and are not taken out. @param {Element} child */
const siblings = (child) =>
  [...(child.parentElement?.children ?? [])].filter(
    (one) => one.matches(CHILD) && !one.classList.contains("deleted") && /** @type {HTMLElement} */ (one).offsetParent,
  );

/** @param {Element} child */
const nameOf = (child) => {
  const story = child.querySelector("[data-chooser-title]");
  if (own(child, "story")) return story?.textContent?.trim() || "—";
  const title = own(child, "title");
  const look = chosen(child, "look").split(":")[0] ?? "";
  return (title instanceof HTMLInputElement && title.value.trim()) || chosen(child, "section") || chosen(child, "topic") || look || "—";
};

/** @param {Element} child */
const factsOf = (child) => {
  const most = own(child, "most");
  const pins = [...child.querySelectorAll(CHILD)].filter((pin) => /** @type {HTMLElement} */ (pin).style.display !== "none");
  return [
    chosen(child, "look").split(":")[0],
    chosen(child, "rule"),
    most instanceof HTMLInputElement ? most.value : "",
    pins.length ? (words.pins ?? "").replace("%s", String(pins.length)) : "",
  ];
};

/** Write what each is into its heading, and how it is moved onto its handle. */
const name = () => {
  for (const child of form?.querySelectorAll(CHILD) ?? []) {
    const title = nameOf(child);
    const heading = child.querySelector("[data-panel-heading-text]");
    const isPin = Boolean(own(child, "story"));
    const facts = isPin ? [] : factsOf(child).filter((fact) => fact && fact !== title);
    const small = document.createElement("small");
    small.className = "desk-arrange__facts";
    small.textContent = facts.map((fact) => ` · ${fact}`).join("");
    if (heading && heading.textContent !== title + small.textContent) heading.replaceChildren(title, small);
    const handle = child.querySelector("[data-inline-panel-child-drag]");
    const label = put(words.handle ?? "", { name: title });
    if (handle && handle.getAttribute("aria-label") !== label) {
      handle.setAttribute("aria-label", label);
      handle.setAttribute("title", label);
    }
  }
};

/** @param {string} sentence */
const say = (sentence) => {
  if (says) says.textContent = sentence;
};

/** @param {HTMLElement} handle @param {"up" | "down"} way */
const move = (handle, way) => {
  const child = handle.closest(CHILD);
  if (!child) return;
  const values = { name: nameOf(child) };
  const place = siblings(child).indexOf(child);
  const all = siblings(child).length;
  if (way === "up" ? place === 0 : place === all - 1) {
    say(put((way === "up" ? words.first : words.last) ?? "", values));
    return;
  }
  const button = child.querySelector(`[data-inline-panel-child-move-${way}]`);
  if (button instanceof HTMLElement) button.click();
  const later = () => {
    handle.focus();
    handle.scrollIntoView({ block: "nearest" });
    say(put(words.moved ?? "", { ...values, place: siblings(child).indexOf(child) + 1, all: siblings(child).length }));
  };
  later();
};

form?.addEventListener("keydown", (event) => {
  const key = /** @type {KeyboardEvent} */ (event);
  const handle = key.target instanceof HTMLElement ? key.target.closest("[data-inline-panel-child-drag]") : null;
  if (!(handle instanceof HTMLElement) || !["ArrowUp", "ArrowDown"].includes(key.key)) return;
  key.preventDefault();
  move(handle, key.key === "ArrowUp" ? "up" : "down");
});

if (form) {
  let waiting = 0;
  const soon = () => {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(name);
  };
  new MutationObserver(soon).observe(form, { childList: true, subtree: true });
  form.addEventListener("change", soon);
  form.addEventListener("input", soon);
  // Twelve open forms below each other cannot be arranged: each is one line until it is opened.
  window.addEventListener("load", () => {
    for (const child of form.querySelectorAll(`#id_containers-FORMS > ${CHILD}`)) {
      const toggle = child.querySelector("[data-panel-toggle]");
      const isWrong = child.querySelector(".error-message, .w-field--error, [aria-invalid=true]");
      if (toggle instanceof HTMLElement && toggle.ariaExpanded === "true" && !isWrong) toggle.click();
    }
    name();
  });
}
