// A gallery: arrow keys and buttons beside swiping, its place told, and an address for each picture.
for (const part of document.querySelectorAll("[data-gallery]")) {
  const strip = part.querySelector("ol");
  const pictures = [...strip.children];
  const tools = part.querySelector(".gallery-tools");
  const said = tools.querySelector("output");
  const visible = new Set();
  let place = 0;

  const tell = () => {
    said.textContent = `${place + 1} / ${pictures.length}`;
    for (const button of tools.querySelectorAll("[data-step]")) {
      const leads = place + Number(button.dataset.step);
      button.setAttribute("aria-disabled", String(leads < 0 || leads >= pictures.length));
    }
  };
  const show = (number) => {
    place = Math.max(0, Math.min(pictures.length - 1, number));
    pictures[place].scrollIntoView({ block: "nearest", inline: "start" });
    history.replaceState(null, "", `#${pictures[place].id}`);
    tell();
  };
  tools.hidden = pictures.length < 2;
  tools.addEventListener("click", (event) => {
    const button = event.target.closest("[data-step]");
    if (button) show(place + Number(button.dataset.step));
  });
  strip.addEventListener("keydown", (event) => {
    const forward = getComputedStyle(strip).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    event.preventDefault();
    show(place + (event.key === forward ? 1 : -1));
  });
  // Of the pictures that are seen whole the first one is the place; at the end of the strip it may be a later one.
  const seen = new IntersectionObserver((entries) => {
    for (const entry of entries) visible[entry.isIntersecting ? "add" : "delete"](pictures.indexOf(entry.target));
    if (visible.size && !visible.has(place)) place = Math.min(...visible);
    tell();
  }, { root: strip, threshold: 0.9 });
  pictures.forEach((picture) => seen.observe(picture));
}
