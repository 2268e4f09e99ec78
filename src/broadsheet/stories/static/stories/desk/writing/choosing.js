// A field of a chosen person or story in which one types: suggestions beneath it, and whoever is new is entered in place.
// The window in which one chooses by looking stays beside it.
import { data, language, make, note, nowAndLater, sayAloud, token, words } from "./page.js";

/** @typedef {import("./page.js").Chooser} Chooser */
/** @typedef {{id: string, string: string, edit_url: string, about: string}} Row */

const KINDS = [
  { part: "/choose/people/", address: data.people, label: words.typeName },
  { part: "/choose/stories/", address: data.stories, label: words.typeHeadline },
];
const PAUSE = 120;
let number = 0;

class Typing {
  /** @param {Chooser} chooser @param {{address: string, label: string}} kind */
  constructor(chooser, kind) {
    this.chooser = chooser;
    this.kind = kind;
    /** @type {{row: Row | null, element: HTMLElement}[]} */
    this.options = [];
    this.active = -1;
    this.asked = 0;
    const id = `typing-${++number}`;
    this.list = make("ul", { id, role: "listbox", class: "desk-options", "aria-label": kind.label, hidden: true });
    this.input = make("input", {
      type: "text", role: "combobox", autocomplete: "off", class: "desk-typing", maxlength: "120",
      "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": id, "aria-label": kind.label,
      placeholder: kind.label,
      oninput: () => this.askSoon(), onkeydown: (/** @type {KeyboardEvent} */ event) => this.key(event),
      onblur: () => this.close(),
    });
    this.place = make("div", { class: "desk-typing-place" }, [this.input, this.list]);
    chooser.querySelector(".unchosen")?.prepend(this.place);
    if (chooser.widget) chooser.widget.focus = () => this.focus();
  }

  focus() {
    const target = this.chooser.classList.contains("blank") ? this.input : this.chooser.querySelector(".chosen button");
    /** @type {HTMLElement | null} */ (target)?.focus();
  }

  askSoon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), PAUSE);
  }

  async ask() {
    const typed = this.input.value.trim();
    const turn = ++this.asked;
    if (!typed) return this.close();
    const query = new URLSearchParams({ q: typed, language: language() });
    const response = await fetch(`${this.kind.address}?${query}`, { headers: { Accept: "application/json" } }).catch(() => null);
    if (turn !== this.asked || document.activeElement !== this.input) return;
    if (!response?.ok) return note(words.unreachable);
    this.show(typed, await response.json());
  }

  /** @param {string} typed @param {{found: Row[], may_add: boolean}} answer */
  show(typed, answer) {
    const rows = answer.found.map((row) => this.option(row, row.string, row.about));
    if (answer.may_add) rows.push(this.option(null, words.add.replace("%s", typed), ""));
    this.options = rows;
    this.list.replaceChildren(...rows.map((one) => one.element));
    if (rows.length === 0) this.list.append(make("li", { class: "desk-option", role: "presentation" }, [words.nothing]));
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", String(rows.length > 0));
    this.list.scrollIntoView({ block: "nearest" });
    this.activate(rows.length ? 0 : -1);
    sayAloud(answer.found.length ? words.found.replace("%s", String(answer.found.length)) : words.nothing, 600);
  }

  /** @param {Row | null} row @param {string} name @param {string} about */
  option(row, name, about) {
    const id = `${this.list.id}-${row?.id ?? "new"}`;
    const inside = [make("span", {}, [name]), ...(about ? [make("small", {}, [about])] : [])];
    const onpointerdown = (/** @type {Event} */ event) => event.preventDefault(); // the field keeps the cursor
    const onclick = () => this.choose(row);
    return { row, element: make("li", { id, role: "option", class: "desk-option", "aria-selected": "false", onpointerdown, onclick }, inside) };
  }

  /** @param {number} place */
  activate(place) {
    this.active = place;
    this.options.forEach((one, index) => one.element.setAttribute("aria-selected", String(index === place)));
    const element = this.options[place]?.element;
    element?.scrollIntoView({ block: "nearest" });
    if (element) this.input.setAttribute("aria-activedescendant", element.id);
    else this.input.removeAttribute("aria-activedescendant");
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
    const count = this.options.length;
    if (event.key === "Enter") {
      event.preventDefault();
      event.stopPropagation();
      if (!this.list.hidden && this.options[this.active]) this.choose(this.options[this.active].row);
      else if (this.input.value.trim()) this.ask();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (this.list.hidden) this.ask();
      else if (count) this.activate((this.active + (event.key === "ArrowDown" ? 1 : count - 1)) % count);
    } else if (event.key === "Escape" && (!this.list.hidden || this.input.value)) {
      event.preventDefault();
      event.stopPropagation();
      if (this.list.hidden) this.input.value = "";
      this.close();
    }
  }

  close() {
    clearTimeout(this.timer);
    this.asked += 1;
    this.list.hidden = true;
    this.options = [];
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }

  /** @param {Row | null} row */
  choose(row) {
    const typed = this.input.value.trim();
    this.close();
    if (row) this.take(row);
    else this.askForRole(typed);
  }

  /** @param {import("./page.js").Chosen} chosen */
  take(chosen) {
    this.input.value = "";
    this.chooser.widget?.setStateFromModalData(chosen);
    sayAloud(words.chosen.replace("%s", chosen.string));
    this.focus();
  }

  /** @param {string} name */
  askForRole(name) {
    const label = words.role.replace("%s", name);
    const role = make("input", { type: "text", class: "desk-typing", "aria-label": label, placeholder: label, maxlength: "200" });
    const leave = () => {
      box.remove();
      this.input.hidden = false;
      this.input.focus();
    };
    const add = () => this.add(name, role.value, box, leave);
    const buttons = [[words.addNow, add], [words.cancel, leave]].map(([word, onclick]) =>
      make("button", { type: "button", class: "button button-small button-secondary", onclick }, [/** @type {string} */ (word)]));
    const box = make("div", { class: "desk-new-person" }, [role, ...buttons]);
    role.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== "Escape") return;
      event.preventDefault();
      event.stopPropagation();
      if (event.key === "Enter" && !event.ctrlKey) add();
      else leave();
    });
    this.input.hidden = true;
    this.place.append(box);
    role.focus();
  }

  /** @param {string} name @param {string} role @param {HTMLElement} box @param {() => void} leave */
  async add(name, role, box, leave) {
    if (box.dataset.sending) return;
    box.dataset.sending = "1";
    const body = new URLSearchParams({ name, role, language: language(), csrfmiddlewaretoken: token() });
    const response = await fetch(data.addPerson, { method: "POST", body, headers: { Accept: "application/json" } }).catch(() => null);
    const answer = await response?.json().catch(() => null);
    delete box.dataset.sending;
    if (!response?.ok || !answer) return note(answer?.sentence ?? words.unreachable);
    leave();
    this.take(answer);
  }
}

/** @param {ParentNode} within */
function enhance(within) {
  for (const element of within.querySelectorAll(".chooser[data-chooser-url]")) {
    const chooser = /** @type {Chooser} */ (element);
    const kind = KINDS.find((one) => chooser.dataset.chooserUrl?.includes(one.part));
    if (!kind || chooser.querySelector(".desk-typing-place") || chooser.id.includes("__prefix__")) continue;
    new Typing(chooser, kind);
  }
}

/** Let every field of a person or a story be typed into, also those that come later. */
export function chooseByTyping() {
  nowAndLater(enhance);
}
