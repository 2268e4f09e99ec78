// Logging in again without leaving the text: the log-in page in a frame above it.
import { whoIsThere } from "./sending.js";

/**
 * @param {string} title
 * @returns {Promise<string>} the number of who logged in; empty if the dialog was closed before
 */
export function logInHere(title) {
  const dialog = document.createElement("dialog");
  dialog.className = "desk-login";
  dialog.setAttribute("aria-label", title);
  const close = Object.assign(document.createElement("button"), { type: "button", textContent: "×", className: "desk-login__close" });
  close.setAttribute("aria-label", "Esc");
  const frame = Object.assign(document.createElement("iframe"), { src: "/account/login/?next=/desk/here/", title });
  dialog.append(close, frame);
  document.body.append(dialog);
  return new Promise((resolve) => {
    const end = (/** @type {string} */ person) => {
      dialog.remove();
      resolve(person);
    };
    close.addEventListener("click", () => end(""));
    dialog.addEventListener("close", () => end(""));
    frame.addEventListener("load", async () => {
      if (frame.contentWindow?.location.pathname === "/desk/here/") end(await whoIsThere());
    });
    dialog.showModal();
  });
}
