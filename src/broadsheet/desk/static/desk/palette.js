// The window of Ctrl-K: a few letters, and what may be done or found stands below them.

/** @typedef {{name: string, hint: string, url?: string, press?: () => void}} Item */
/** @typedef {{name: string, items: Item[]}} Group */

const source = document.querySelector("#palette-words");
/** @type {Record<string, string>} */
const words = source ? JSON.parse(source.textContent ?? "{}") : {};
const PAUSE = 120;

/**
 * @param {string} tag
 * @param {Record<string, string>} attributes
 * @param {(Node | string)[]} children
 */
const element = (tag, attributes = {}, ...children) => {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
};

const input = /** @type {HTMLInputElement} */ (
  element("input", {
    type: "text",
    role: "combobox",
    "aria-expanded": "false",
    "aria-controls": "desk-palette-list",
    "aria-autocomplete": "list",
    "aria-label": words.label ?? "",
    placeholder: words.title ?? "",
    autocomplete: "off",
    spellcheck: "false",
    maxlength: "100",
  })
);
const list = element("div", { id: "desk-palette-list", role: "listbox", "aria-label": words.title ?? "" });
const said = element("p", { role: "status", class: "desk-palette__said" });
const close = element("button", { type: "button", class: "desk-palette__close", "aria-label": words.close ?? "" }, "×");
const dialog = /** @type {HTMLDialogElement} */ (
  element(
    "dialog",
    { class: "desk-palette", "aria-label": words.title ?? "" },
    element("div", { class: "desk-palette__head" }, input, close),
    list,
    said,
  )
);

/** @type {Item[]} */
let shown = [];
let chosen = -1;
let asked = 0;
let timer = 0;

/** What the page itself can do: its own buttons, pressed as if by hand. @returns {Item[]} */
const ofThisPage = () => {
  /** @type {[string, string][]} */
  const ways = [
    ["save", "#w-editor-form footer button[type=submit]:not([name]), #w-editor-form footer button.action-save"],
    ["publish", "#w-editor-form button[name=action-publish]"],
    ["preview", "[data-side-panel-toggle=preview]"],
  ];
  return ways.flatMap(([word, selector]) => {
    const button = /** @type {HTMLElement | null} */ (document.querySelector(selector));
    return button ? [{ name: words[word] ?? word, hint: "", press: () => button.click() }] : [];
  });
};

/** Whether each word that was typed begins a word of the name. @param {string} name @param {string} text */
const holds = (name, text) => {
  const have = name.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? [];
  const wanted = text.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? [];
  return wanted.every((word) => have.some((one) => one.startsWith(word)));
};

/** @param {number} number */
const choose = (number) => {
  list.querySelector("[aria-selected=true]")?.setAttribute("aria-selected", "false");
  chosen = shown.length ? (number + shown.length) % shown.length : -1;
  const option = list.querySelector(`#desk-palette-${chosen}`);
  option?.setAttribute("aria-selected", "true");
  option?.scrollIntoView({ block: "nearest" });
  if (option) input.setAttribute("aria-activedescendant", option.id);
  else input.removeAttribute("aria-activedescendant");
};

/** @param {Item} item @param {boolean} apart in a tab of its own */
const take = (item, apart = false) => {
  if (item.url && apart) {
    window.open(item.url, "_blank", "noopener");
    return;
  }
  dialog.close();
  if (item.press) item.press();
  else if (item.url) window.location.assign(item.url);
};

/** @param {Group[]} groups */
const show = (groups) => {
  shown = groups.flatMap((group) => group.items);
  let number = 0;
  list.replaceChildren(
    ...groups.map((group, place) => {
      const heading = element("p", { id: `desk-palette-group-${place}`, role: "presentation" }, group.name);
      const options = group.items.map((item) => {
        const option = element(
          "div",
          { id: `desk-palette-${number}`, role: "option", "aria-selected": "false", "data-number": String(number) },
          element("span", {}, item.name),
          ...(item.hint ? [" ", element("small", {}, item.hint)] : []),
        );
        number += 1;
        return option;
      });
      return element("div", { role: "group", "aria-labelledby": heading.id }, heading, ...options);
    }),
  );
  input.setAttribute("aria-expanded", String(shown.length > 0));
  said.textContent = shown.length
    ? ((shown.length === 1 ? words.one : words.many) ?? "").replace("%s", String(shown.length))
    : (words.none ?? "");
  said.classList.toggle("desk-palette__said--seen", shown.length === 0);
  choose(0);
};

const ask = async () => {
  const text = input.value.trim();
  const number = (asked += 1);
  const here = ofThisPage().filter((item) => holds(item.name, text));
  const own = here.length ? [{ name: words.here ?? "", items: here }] : [];
  try {
    const answer = await fetch(`${words.url}?${new URLSearchParams({ as: "json", q: text })}`);
    if (number !== asked) return;
    if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
    const { groups } = /** @type {{groups: Group[]}} */ (await answer.json());
    if (number === asked) show([...own, ...groups]);
  } catch {
    if (number !== asked) return;
    show(own);
    said.textContent = words.failed ?? "";
    said.classList.add("desk-palette__said--seen");
  }
};

const open = () => {
  if (dialog.open) {
    dialog.close();
    return;
  }
  if (!dialog.isConnected) document.body.append(dialog);
  input.value = "";
  dialog.showModal();
  input.focus();
  ask();
};

/** Whether Ctrl-K is the editor's own here: with words chosen in a paragraph it makes a link of them. */
const isForLink = () => {
  const here = document.activeElement;
  return here instanceof HTMLElement && here.isContentEditable && !document.getSelection()?.isCollapsed;
};

document.addEventListener(
  "keydown",
  (event) => {
    if (event.key.toLowerCase() !== "k" || event.altKey || event.shiftKey || !(event.ctrlKey || event.metaKey)) return;
    if (isForLink()) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    open();
  },
  { capture: true },
);
document.addEventListener(
  "click",
  (event) => {
    const button = event.target instanceof Element ? event.target.closest("[data-palette-open]") : null;
    if (!button || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (button instanceof HTMLElement) button.focus();
    open();
  },
  { capture: true },
);
input.addEventListener("input", () => {
  clearTimeout(timer);
  timer = window.setTimeout(ask, PAUSE);
});
dialog.addEventListener("keydown", (event) => {
  // Wagtail's own shortcuts are of the page below.
  event.stopPropagation();
  if (event.key === "ArrowDown") choose(chosen + 1);
  else if (event.key === "ArrowUp") choose(chosen - 1);
  else if (event.key === "Enter" && event.target === input && shown[chosen]) take(shown[chosen], event.ctrlKey);
  else return;
  event.preventDefault();
});
list.addEventListener("click", (event) => {
  const option = event.target instanceof Element ? event.target.closest("[data-number]") : null;
  const item = option instanceof HTMLElement ? shown[Number(option.dataset.number)] : undefined;
  if (item) take(item, event.ctrlKey || event.metaKey);
});
list.addEventListener("mousemove", (event) => {
  const option = event.target instanceof Element ? event.target.closest("[data-number]") : null;
  if (option instanceof HTMLElement && Number(option.dataset.number) !== chosen) {
    list.querySelector("[aria-selected=true]")?.setAttribute("aria-selected", "false");
    chosen = Number(option.dataset.number);
    option.setAttribute("aria-selected", "true");
    input.setAttribute("aria-activedescendant", option.id);
  }
});
close.addEventListener("click", () => dialog.close());
dialog.addEventListener("click", (event) => {
  if (event.target === dialog) dialog.close();
});
// From here on the keys are heard; what was pressed before is done now.
document.documentElement.dataset.finds = "1";
if (document.documentElement.dataset.find) open();
