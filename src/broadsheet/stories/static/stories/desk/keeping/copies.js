// Texts that have not reached the desk, kept in this browser (IndexedDB), one for each window of an editor. A window that
// lives holds a lock of its name, so that another one leaves its text alone.

/**
 * @typedef {object} Copy
 * @property {string} window the name of the window that wrote it
 * @property {string} person the account's number
 * @property {string} action the address to which the form is sent
 * @property {[string, string][]} fields
 * @property {{id: string, at: string}} seen the revision on which it was written
 * @property {number} number what it counts as among what the window sends
 * @property {string} headline
 * @property {number} keptAt milliseconds, of this machine's clock
 */

const NAME = "broadsheet-desk";
const STORE = "copies";
/** Milliseconds after which a window counts as gone where the browser knows no locks. */
const GONE = 30_000;

/** @type {Promise<IDBDatabase> | null} */
let opened = null;

function database() {
  opened ??= new Promise((resolve, reject) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(STORE, { keyPath: "window" });
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
  return opened;
}

/**
 * @template T
 * @param {IDBTransactionMode} mode
 * @param {(store: IDBObjectStore) => IDBRequest<T>} step
 * @returns {Promise<T>} settled when the browser says that it is on the disk
 */
async function inStore(mode, step) {
  const transaction = (await database()).transaction(STORE, mode, { durability: "strict" });
  const asked = step(transaction.objectStore(STORE));
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(asked.result);
    transaction.onerror = transaction.onabort = () => reject(transaction.error);
  });
}

/** @param {Copy} copy */
export const keep = (copy) => inStore("readwrite", (store) => store.put(copy));

/** @param {string} window */
export const drop = (window) => inStore("readwrite", (store) => store.delete(window));

/** Hold the lock of a window's name until the window is gone. @param {string} window */
export function live(window) {
  navigator.locks?.request(`desk-${window}`, () => new Promise(() => {}));
}

/**
 * @param {string} person
 * @param {string} window of the one that asks
 * @returns {Promise<Copy[]>} what windows of this person left that are gone, the oldest first
 */
export async function left(person, window) {
  const [copies, locks] = await Promise.all([
    inStore("readonly", (store) => /** @type {IDBRequest<Copy[]>} */ (store.getAll())),
    navigator.locks?.query(),
  ]);
  const held = new Set((locks?.held ?? []).map((lock) => lock.name));
  const isGone = (/** @type {Copy} */ copy) =>
    locks ? !held.has(`desk-${copy.window}`) : Date.now() - copy.keptAt > GONE;
  return copies
    .filter((copy) => copy.person === person && copy.window !== window && isGone(copy))
    .sort((one, other) => one.keptAt - other.keptAt);
}
