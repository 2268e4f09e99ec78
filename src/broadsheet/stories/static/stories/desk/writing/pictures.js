// A picture that is dropped, pasted or taken: asked for the few words that its rights need, and put into the story.
import { blockOf, body, data, form, language, make, note, nowAndLater, sayAloud, token, words } from "./page.js";
import { pastedPicture } from "./pasting.js";

/** @typedef {import("./page.js").Chooser} Chooser */
const PICTURES = ".chooser[data-chooser-url*='/choose/pictures/']";

/** @param {string} name @param {string} label @param {Record<string, any>} more */
function field(name, label, more = {}) {
  const input = make("input", { type: "text", name, autocomplete: "off", ...more });
  return make("label", {}, [make("span", {}, [label]), input]);
}

/**
 * Ask for a picture's words, and bring it in.
 * @param {File} file @param {() => Chooser | null} chooserOf the field that is to show it; asked once the picture is there
 */
export function bring(file, chooserOf) {
  if (!file.type.startsWith("image/")) return note(words.noPicture);
  const preview = URL.createObjectURL(file);
  const wrong = make("div", { class: "desk-wrong", role: "alert" });
  const progress = make("p", { class: "desk-progress", role: "status" });
  const send = make("button", { type: "submit", class: "button" }, [words.bring]);
  const title = file.name.replace(/\.[^.]*$/, "").replace(/[-_]+/g, " ").trim().slice(0, 120);
  const questions = make("form", { method: "dialog", novalidate: true }, [
    make("h2", { id: "desk-picture-heading" }, [words.newPicture]),
    make("img", { src: preview, alt: "" }),
    wrong,
    field("alt", words.alt, { maxlength: "300", autofocus: true }),
    field("creator", words.creator, { maxlength: "500" }),
    field("agency", words.agency, { maxlength: "120" }),
    field("licence", words.licence, { maxlength: "120" }),
    field("title", words.title, { maxlength: "120", value: title }),
    progress,
    make("div", { class: "desk-picture-buttons" }, [
      send,
      make("button", { type: "button", class: "button button-secondary", onclick: () => dialog.close() }, [words.cancel]),
    ]),
  ]);
  const dialog = make("dialog", { class: "desk-picture", "aria-labelledby": "desk-picture-heading" }, [questions]);
  const back = document.activeElement;
  dialog.addEventListener("close", () => {
    URL.revokeObjectURL(preview);
    dialog.remove();
    if (dialog.returnValue !== "chosen" && back instanceof HTMLElement) back.focus();
  });
  questions.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (send.disabled) return;
    send.disabled = true;
    wrong.replaceChildren();
    const { status, answer } = await upload(file, questions, (share) => {
      progress.textContent = words.sending.replace("%s", String(share)).replace("%%", "%");
    });
    send.disabled = false;
    progress.textContent = "";
    if (status !== 200) {
      const sentences = answer?.sentences ?? [words.unreachable];
      return wrong.replaceChildren(...sentences.map((/** @type {string} */ one) => make("p", {}, [one])));
    }
    dialog.close("chosen");
    const chooser = chooserOf();
    chooser?.widget?.setStateFromModalData(answer);
    sayAloud(words.chosen.replace("%s", answer.string));
    /** @type {HTMLElement | null} */ (chooser?.querySelector(".chosen button") ?? null)?.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
}

/**
 * @param {File} file @param {HTMLFormElement} questions @param {(share: number) => void} tell
 * @returns {Promise<{status: number, answer: any}>} never rejected
 */
function upload(file, questions, tell) {
  const sent = new FormData(questions);
  sent.set("file", file);
  sent.set("language", language());
  sent.set("csrfmiddlewaretoken", token());
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open("POST", data.addPicture);
    request.responseType = "json";
    request.setRequestHeader("Accept", "application/json");
    request.upload.addEventListener("progress", (event) => tell(Math.round((100 * event.loaded) / (event.total || 1))));
    request.addEventListener("loadend", () => resolve({ status: request.status, answer: request.response }));
    request.send(sent);
  });
}

/** @param {EventTarget | null} target @returns {Chooser | null} the empty or filled field of a picture near a place */
function near(target) {
  const part = target instanceof Element ? target.closest(`${PICTURES}, [data-streamfield-child], section.w-panel`) : null;
  return part?.matches(PICTURES) ? /** @type {Chooser} */ (part) : (part?.querySelector(PICTURES) ?? null);
}

/** @param {number} place @returns {Chooser | null} the field of a new block with a picture, below a block of the body */
function newBlock(place) {
  const stream = body();
  if (!stream) return null;
  stream._onRequestInsert(place + 1, { type: "picture" });
  return stream.children[place + 1].element.querySelector(PICTURES);
}

/** Beside its title the picture itself, which nobody knows by its title. @param {Element} chooser */
function showLook(chooser) {
  const id = /** @type {HTMLInputElement | null} */ (document.getElementById(chooser.id.replace(/-chooser$/, "")))?.value;
  const place = chooser.querySelector(".chooser__preview");
  const shown = place?.querySelector("img");
  const address = id ? data.lookOfPicture.replace("/0/", `/${id}/`) : "";
  if (!place || (shown?.getAttribute("src") ?? "") === address) return;
  shown?.remove();
  if (address) place.append(make("img", { src: address, alt: "", loading: "lazy" }));
}

/** @param {ParentNode} within */
function enhance(within) {
  for (const chooser of within.querySelectorAll(PICTURES)) {
    showLook(chooser);
    const unchosen = chooser.querySelector(".unchosen");
    if (!unchosen || unchosen.querySelector(".desk-take") || chooser.id.includes("__prefix__")) continue;
    const input = make("input", {
      type: "file", accept: "image/*", class: "desk-take-file",
      onchange: (/** @type {Event} */ event) => {
        event.stopPropagation();
        const file = input.files?.[0];
        input.value = "";
        if (file) bring(file, () => /** @type {Chooser} */ (chooser));
      },
    });
    const button = make("label", { class: "button button-small button-secondary desk-take" }, [input, words.take]);
    unchosen.append(button, make("span", { class: "desk-drop-here" }, [words.dropHere]));
  }
}

/** @param {DragEvent} event */
const hasFiles = (event) => event.dataTransfer?.types.includes("Files") ?? false;

/** Let pictures come in by every way: chosen, taken, dropped, pasted. */
export function bringPictures() {
  nowAndLater(enhance);
  document.addEventListener("dragover", (event) => hasFiles(event) && event.preventDefault());
  document.addEventListener("drop", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault(); // else the browser would show the file in place of the text
    event.stopPropagation();
    const file = event.dataTransfer?.files[0];
    if (file) put(file, event.target);
  }, { capture: true });
  document.addEventListener("paste", (event) => {
    const file = form.contains(/** @type {Node} */ (event.target)) ? pastedPicture(event) : null;
    if (!file) return;
    event.preventDefault();
    event.stopPropagation();
    put(file, event.target);
  }, { capture: true });
}

/** @param {File} file @param {EventTarget | null} target */
function put(file, target) {
  const place = blockOf(target);
  const chooser = near(target);
  if (chooser) return bring(file, () => chooser);
  const last = (body()?.children.length ?? 0) - 1;
  bring(file, () => newBlock(place < 0 ? last : place));
}
