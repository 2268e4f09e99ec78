// The editor of a story: ties the keeper to its form.
import { say } from "./bar.js";
import { drop, keep, live } from "./copies.js";
import { Keeper } from "./keeper.js";
import { logInHere } from "./login.js";
import { watchOthers } from "./others.js";
import { writeParagraphs } from "./paragraphs.js";
import { bringBack, send, setAside, token } from "./sending.js";
import { asForm, snapshot } from "./snapshot.js";
import { compare, sweep } from "./sweep.js";
import { note } from "../writing/page.js";

const form = /** @type {HTMLFormElement} */ (document.getElementById("w-editor-form"));
const place = /** @type {HTMLElement} */ (form.querySelector("[data-keeping]"));
const partials = /** @type {HTMLElement} */ (form.querySelector("[data-keeping-partials]"));
const words = JSON.parse(document.getElementById("keeping-words")?.textContent ?? "{}");
const base = document.getElementById("keeping-base")?.textContent ?? "";
const person = place.dataset.person ?? "";
const name = /** @type {HTMLInputElement} */ (form.elements.namedItem("window")).value;
const TOUCHES = ["keydown", "pointerdown", "paste", "drop", "input", "change"];

/** @param {string} field */
const value = (field) => /** @type {HTMLInputElement | null} */ (form.elements.namedItem(field))?.value ?? "";
const seen = { id: value("loaded_revision_id"), at: value("loaded_revision_created_at") };
let base_of = seen.at;
let hydrate = "";

let number = Number(value("number"));
const about = () => ({
  window: name, number: String(number), loaded_revision_id: seen.id, loaded_revision_created_at: seen.at,
});
/** @param {string} kind @param {object} detail */
const dispatch = (kind, detail) => form.dispatchEvent(new CustomEvent(`w-autosave:${kind}`, { bubbles: true, detail }));

/** @param {string} field @param {string} text */
function setHidden(field, text) {
  let input = /** @type {HTMLInputElement | null} */ (form.elements.namedItem(field));
  if (!input) {
    input = Object.assign(document.createElement("input"), { type: "hidden", name: field });
    form.prepend(input);
  }
  input.value = text;
}

/** What the desk answered, put into the page: the story's number and address, rows' numbers, panels. */
function putIn(/** @type {Record<string, any>} */ data) {
  seen.id = String(data.revision_id);
  seen.at = data.revision_created_at;
  base_of = "";
  setHidden("loaded_revision_id", seen.id);
  setHidden("loaded_revision_created_at", seen.at);
  for (const [field, text] of Object.entries(data.field_updates ?? {})) {
    const input = form.elements.namedItem(field);
    if (input && "value" in input) input.value = text;
  }
  if (data.url && new URL(form.action).pathname !== data.url) {
    form.action = data.url;
    history.replaceState(null, "", data.url);
    hydrate = data.hydrate_url ?? `${data.url}?_w_hydrate_create_view=1`;
  }
  if (data.html) partials.innerHTML = data.html;
  if (hydrate) fillIn();
}

/** A new story has got its number: what only a story with one has (history, presence, panels) is fetched. */
async function fillIn() {
  const response = await fetch(hydrate).catch(() => null);
  if (!response?.ok) return;
  hydrate = "";
  partials.innerHTML = await response.text();
}

const stops = {
  loggedOut: () => say(place, words.loggedOut, [[words.logIn, logIn]]),
  changed: (/** @type {Record<string, any>} */ data) =>
    say(place, data.error_message || words.changed, [[words.compare, compareNow]]),
  tooLarge: () => say(place, words.tooLarge),
  gone: () => say(place, words.gone, [[words.bringBack, takeFromBin]]),
  refused: (/** @type {Record<string, any>} */ data) => say(place, data.error_message || words.invalid),
  unreachable: () => {
    const sentence = navigator.onLine ? words.unreachable : words.offline;
    say(place, keeper.isSafe ? sentence : words.unsafe);
  },
};

function tell(/** @type {string} */ kind, /** @type {Record<string, any>} */ data) {
  place.dataset.clean = kind === "clean" ? "1" : "";
  if (kind === "saving") return void dispatch("save", {});
  if (kind === "clean") {
    say(place, "");
    return void dispatch("success", { response: data, data, timestamp: new Date() });
  }
  stops[/** @type {keyof typeof stops} */ (kind)](data);
  dispatch("error", { error: new Error(kind), text: place.textContent, type: "server_error" });
}

async function logIn() {
  const who = await logInHere(words.logIn);
  if (who && who !== person) return say(place, words.otherPerson, [[words.logIn, logIn]]);
  if (!who) return;
  setHidden("csrfmiddlewaretoken", token());
  keeper.goOn();
}

async function takeFromBin() {
  const number = new URL(form.action).pathname.match(/\d+/)?.[0];
  if (await bringBack(`/desk/stories/deleted/${number}/restore/`)) keeper.goOn();
  else say(place, words.notBack);
}

async function compareNow() {
  const more = base_of === seen.at && base ? { ...about(), base } : about();
  const page = await setAside(form.action, asForm(snapshot(form).fields, more));
  if (!page) return;
  await drop(name).catch(() => {});
  keeper.saved = keeper.key;
  location.href = page;
}

const keeper = new Keeper({
  look: () => snapshot(form),
  keep: (fields) => {
    const headline = value("headline") || document.title;
    const action = new URL(form.action).pathname;
    return keep({ window: name, number: number + 1, person, action, fields, seen: { ...seen }, headline, keptAt: Date.now() });
  },
  forget: () => drop(name),
  send: (fields) => {
    number += 1;
    return send(form.action, asForm(fields, about()));
  },
  saved: putIn,
  tell,
});

function leave(/** @type {Event} */ event) {
  if (!keeper.isDirty || keeper.isSafe) event.preventDefault();
}

/** What is not on its way to the desk is not sent by a form either: the page that says so would be in place of the text. */
function submit(/** @type {SubmitEvent} */ event) {
  number += 1;
  setHidden("number", String(number));
  writeParagraphs(form);
  if (place.hidden || !["unreachable", "loggedOut", "gone"].includes(lastTrouble())) return keeper.leave();
  event.preventDefault();
  keeper.goOn();
}
const lastTrouble = () => keeper.stopped || (keeper.delay ? "unreachable" : "");

async function takeUp() {
  const { saved, kept } = await sweep(person, name);
  const here = new URL(form.action).pathname;
  if (saved.some((one) => one.url === here) && !keeper.isTouched) return location.reload();
  const own = kept.find((copy) => copy.action === here);
  if (own) {
    say(place, words.found, [
      [words.compare, () => compare(own)],
      [words.drop, () => { drop(own.window); say(place, ""); }],
    ]);
  }
}

/** Where this window asks what others saved; nowhere while it has something to send itself, or nothing has been saved yet. */
function asks() {
  const isBusy = keeper.isDirty || keeper.isSending || keeper.stopped || !seen.id;
  return isBusy ? "" : `${new URL("others/", new URL(form.action, location.href))}?${new URLSearchParams(about())}`;
}

live(name);
watchOthers({
  asks,
  saved: (sentence) => say(place, sentence, [[words.showIt, () => location.reload()]]),
  came: (sentence) => note(sentence),
});
for (const touch of TOUCHES) {
  // Scripts of the page fire events, too, while it is set up; they change nothing that anybody wrote.
  document.addEventListener(touch, (event) => { if (event.isTrusted) keeper.touch(); }, { capture: true });
}
if (form.dataset.wUnsavedForceValue === "true" || document.documentElement.dataset.touched) Object.assign(keeper, { saved: null, isTouched: true });
document.addEventListener("w-unsaved:confirm", leave);
form.addEventListener("submit", submit, { capture: true });
addEventListener("online", () => keeper.goOn());
addEventListener("pageshow", (event) => { if (event.persisted) keeper.goOn(); });
document.addEventListener("visibilitychange", () => keeper.look());
keeper.start();
takeUp().catch(() => {});
