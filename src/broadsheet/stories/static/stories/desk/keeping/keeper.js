// Keeps a text: in this browser at once, on the desk after each pause. Knows nothing of pages and forms.

/** Milliseconds: from the last change to a save, the longest that a save waits while somebody types on, the next looks,
    after a failure, and after the form itself was sent and nothing came of it. */
const PAUSE = 700;
const LONGEST = 4_000;
const LOOK = 200;
const FIRST_DELAY = 1_000;
const LONGEST_DELAY = 8_000;
const LEAVING = 20_000;

/**
 * @typedef {object} Ways
 * @property {() => {fields: [string, string][], key: string}} look what the form says now
 * @property {(fields: [string, string][]) => Promise<unknown>} keep on the disk of this machine
 * @property {() => Promise<unknown>} forget what was kept there
 * @property {(fields: [string, string][]) => Promise<import("./sending.js").Answer>} send
 * @property {(data: Record<string, any>) => void} saved what the desk answered is put into the page
 * @property {(kind: string, data: Record<string, any>) => void} tell "clean", "saving", or the kind of what went wrong
 */

export class Keeper {
  /** @param {Ways} ways */
  constructor(ways) {
    this.ways = ways;
    /** What the desk has; null where it is not known to have anything. @type {string | null} */
    this.saved = this.ways.look().key;
    this.key = this.saved;
    this.isTouched = false;
    this.isSafe = true;
    this.changedAt = 0;
    this.dirtyAt = 0;
    this.delay = 0;
    this.notBefore = 0;
    this.isSending = false;
    this.isKeeping = false;
    /** @type {string | null} */
    this.kept = null;
    /** Until when the page is thought to be on its way out, with all that is in it: nothing is sent beside that. */
    this.leavesUntil = 0;
    /** A kind of answer after which nothing is sent until somebody has done something about it. */
    this.stopped = "";
  }

  start() {
    setInterval(() => this.look(), LOOK);
  }

  get isDirty() {
    return this.key !== this.saved;
  }

  /** Somebody does something to the page for the first time: what the form said at the last look is what the desk has. */
  touch() {
    this.isTouched = true;
  }

  look() {
    const now = performance.now();
    const seen = this.ways.look();
    if (!this.isTouched && this.saved !== null) {
      this.saved = this.key = seen.key;
      return;
    }
    if (seen.key !== this.key) {
      this.key = seen.key;
      this.changedAt = now;
      if (this.stopped === "refused" || this.stopped === "tooLarge") this.stopped = "";
    }
    if (!this.isDirty) {
      this.dirtyAt = 0;
      return;
    }
    this.dirtyAt ||= now;
    this.keep(seen);
    const isTime = now - this.changedAt >= PAUSE || now - this.dirtyAt >= LONGEST;
    if (isTime && now >= Math.max(this.notBefore, this.leavesUntil) && !this.isSending && !this.stopped) this.send(seen);
  }

  /** The form itself is on its way to the desk; if nothing comes of it, it is gone on after a while. */
  leave() {
    this.leavesUntil = performance.now() + LEAVING;
  }

  /** @param {{fields: [string, string][], key: string}} seen */
  async keep(seen) {
    if (this.isKeeping || this.kept === seen.key) return;
    this.isKeeping = true;
    try {
      await this.ways.keep(seen.fields);
      this.kept = seen.key;
      this.isSafe = true;
    } catch {
      this.isSafe = false;
    }
    this.isKeeping = false;
  }

  /** @param {{fields: [string, string][], key: string}} sent */
  async send(sent) {
    this.isSending = true;
    this.dirtyAt = performance.now();
    this.ways.tell("saving", {});
    const answer = await this.ways.send(sent.fields);
    if (answer.kind === "saved") await this.note(sent, answer.data);
    else this.wait(answer);
    this.isSending = false;
  }

  /** @param {{key: string}} sent @param {Record<string, any>} data */
  async note(sent, data) {
    this.delay = this.notBefore = 0;
    const isSame = this.ways.look().key === sent.key;
    this.ways.saved(data);
    // The answer fills in numbers of rows; what else differs was typed meanwhile and is still to be sent.
    this.key = this.ways.look().key;
    this.saved = isSame ? this.key : null;
    if (isSame) {
      this.kept = null;
      await this.ways.forget().catch(() => {});
      this.ways.tell("clean", data);
    }
  }

  /** @param {import("./sending.js").Answer} answer */
  wait(answer) {
    if (answer.kind === "unreachable") {
      this.delay = Math.min(this.delay * 2 || FIRST_DELAY, LONGEST_DELAY);
      this.notBefore = performance.now() + this.delay;
    } else this.stopped = answer.kind;
    this.ways.tell(answer.kind, answer.data);
  }

  /** Something was done about what stood in the way, or the link is back: try at once. */
  goOn() {
    this.stopped = "";
    this.notBefore = this.changedAt = this.leavesUntil = 0;
    this.look();
  }
}
