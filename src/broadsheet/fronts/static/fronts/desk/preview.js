// The front as it would be, made anew while one arranges: the form is sent into a frame, and nothing is saved by it.

/** @type {Record<string, string>} */
const words = JSON.parse(document.querySelector("#arrange-words")?.textContent ?? "{}");
const form = /** @type {HTMLFormElement | null} */ (document.querySelector("#w-editor-form"));
const place = /** @type {HTMLElement | null} */ (document.querySelector("[data-front-preview]"));
const PAUSE = 700;

/** @param {HTMLFormElement} form @param {HTMLElement} place */
const begin = (form, place) => {
  const box = /** @type {HTMLElement} */ (place.querySelector("[data-box]"));
  const says = /** @type {HTMLElement} */ (place.querySelector("[data-preview-says]"));
  const widths = /** @type {HTMLFieldSetElement} */ (place.querySelector("[data-widths]"));
  let front = /** @type {HTMLIFrameElement} */ (box.querySelector("iframe"));
  // The next page is made behind the one that is seen, so that nothing flickers and the place in it is kept.
  let behind = /** @type {HTMLIFrameElement} */ (front.cloneNode());
  behind.name = "front-preview-behind";
  behind.setAttribute("aria-hidden", "true");
  behind.tabIndex = -1;
  box.append(behind);
  widths.hidden = false;
  place.querySelector("[data-show]")?.remove();

  const width = () => Number(widths.querySelector("input:checked")?.getAttribute("value") ?? 1440);
  const fit = () => {
    const scale = Math.min(1, box.clientWidth / width());
    for (const frame of [front, behind]) {
      frame.style.inlineSize = `${width()}px`;
      frame.style.blockSize = `${box.clientHeight / scale}px`;
      frame.style.transform = `scale(${scale})`;
      frame.style.insetInlineStart = `${Math.max(0, (box.clientWidth - width() * scale) / 2)}px`;
    }
  };

  const send = () => {
    const sender = document.createElement("form");
    sender.method = "post";
    sender.action = place.dataset.frontPreview ?? "";
    sender.target = behind.name;
    sender.hidden = true;
    for (const [name, value] of new FormData(form)) {
      if (typeof value !== "string") continue;
      const field = document.createElement("input");
      field.type = "hidden";
      field.name = name;
      field.value = value;
      sender.append(field);
    }
    document.body.append(sender);
    sender.submit();
    sender.remove();
    place.setAttribute("aria-busy", "true");
  };

  const arrived = () => {
    const page = behind.contentDocument;
    if (!page || page.URL === "about:blank") return;
    place.removeAttribute("aria-busy");
    if (page.querySelector("[data-not-ready]")) {
      says.textContent = words.missing ?? "";
      return;
    }
    if (!page.querySelector("main")) {
      says.textContent = words.failed ?? "";
      return;
    }
    says.textContent = words.fresh ?? "";
    page.addEventListener("click", (event) => event.preventDefault(), { capture: true });
    const top = front.contentWindow?.scrollY ?? 0;
    behind.removeAttribute("aria-hidden");
    behind.removeAttribute("tabindex");
    behind.contentWindow?.scrollTo(0, top);
    front.setAttribute("aria-hidden", "true");
    front.tabIndex = -1;
    [front, behind] = [behind, front];
  };

  let timer = 0;
  const soon = () => {
    clearTimeout(timer);
    timer = window.setTimeout(send, PAUSE);
  };
  for (const frame of [front, behind]) frame.addEventListener("load", () => frame === behind && arrived());
  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  new MutationObserver((changes) => {
    if (changes.some((one) => [...one.addedNodes, ...one.removedNodes].some((node) => node instanceof Element))) soon();
  }).observe(form, { childList: true, subtree: true });
  widths.addEventListener("change", fit);
  new ResizeObserver(fit).observe(box);
  fit();
  send();
};

if (form && place) begin(form, place);
