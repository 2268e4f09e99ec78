// One text on its way to the desk, and what became of it.

/**
 * @typedef {object} Answer
 * @property {"saved" | "changed" | "loggedOut" | "unreachable" | "tooLarge" | "gone" | "refused"} kind
 * @property {Record<string, any>} data what the desk said, if it did
 */

/** Milliseconds after which an answer is not waited for any more. */
const PATIENCE = 20_000;
const CHANGED = "changed-meanwhile";
/** Said where a story was begun by a save whose answer never came: the next try goes into that story. */
const BEGUN = "story.begun";

/** @returns {string} the token that Django asks for; a new one after each log-in */
export function token() {
  return document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? "";
}

/**
 * Send a form as an editor saves it by itself.
 * @param {string} action @param {FormData} data
 * @returns {Promise<Answer>} never rejected
 */
export async function send(action, data) {
  const headers = { Accept: "application/json", "X-CSRFToken": token() };
  const signal = AbortSignal.timeout(PATIENCE);
  try {
    const response = await fetch(action, { method: "POST", body: data, headers, redirect: "manual", signal });
    return await read(response);
  } catch {
    return { kind: "unreachable", data: {} };
  }
}

/** @param {Response} response @returns {Promise<Answer>} */
async function read(response) {
  if (response.type === "opaqueredirect") return { kind: "loggedOut", data: {} };
  const isJson = response.headers.get("Content-Type")?.startsWith("application/json") ?? false;
  const data = isJson ? await response.json() : {};
  if (response.ok && data.success) return { kind: "saved", data };
  if (data.error_code === CHANGED) return { kind: "changed", data };
  if (data.error_code === BEGUN) return { kind: "unreachable", data };
  if (response.status === 413 || (response.status === 400 && !isJson)) return { kind: "tooLarge", data };
  if (response.status === 404) return { kind: "gone", data };
  if (response.status === 403 && !isJson) return { kind: await whoIsThere() ? "refused" : "loggedOut", data };
  return { kind: response.status >= 500 || !isJson ? "unreachable" : "refused", data };
}

/** @returns {Promise<string>} the number of whoever is logged in in this browser now; empty for nobody */
export async function whoIsThere() {
  const response = await fetch("/desk/here/", { redirect: "manual", headers: { Accept: "application/json" } });
  return response.ok ? String((await response.json()).person) : "";
}

/**
 * Ask for a deleted draft back.
 * @param {string} address
 * @returns {Promise<boolean>} whether it is there again
 */
export async function bringBack(address) {
  const headers = { Accept: "application/json", "X-CSRFToken": token() };
  const answer = await fetch(address, { method: "POST", headers, redirect: "manual" }).catch(() => null);
  return answer?.type === "opaqueredirect";
}

/**
 * Have a text set aside beside the one that stands, and go to the page that shows both.
 * @param {string} action @param {FormData} data
 * @returns {Promise<string>} the address of that page; empty if the desk did not take the text
 */
export async function setAside(action, data) {
  data.set("csrfmiddlewaretoken", token());
  try {
    const response = await fetch(action, { method: "POST", body: data, signal: AbortSignal.timeout(PATIENCE) });
    const { pathname } = new URL(response.url);
    return response.ok && pathname.startsWith("/desk/stories/texts/") ? pathname : "";
  } catch {
    return "";
  }
}
