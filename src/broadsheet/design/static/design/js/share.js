// Copy link and share: shown only where the browser can.
for (const part of document.querySelectorAll("[data-share]")) {
  const address = part.dataset.share;
  const said = part.querySelector("output");
  const copy = part.querySelector("[data-copy]");
  const share = part.querySelector("[data-native]");
  if (navigator.clipboard) {
    copy.hidden = false;
    copy.addEventListener("click", async () => {
      await navigator.clipboard.writeText(address);
      said.textContent = part.dataset.copied;
    });
  }
  if (navigator.share) {
    share.hidden = false;
    share.addEventListener("click", () => navigator.share({ title: document.title, url: address }).catch(() => {}));
  }
}
