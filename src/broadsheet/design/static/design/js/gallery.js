// A gallery: arrow keys and buttons beside swiping, its place told, and an address for each picture.
for (const part of document.querySelectorAll("[data-gallery]")) {
  const strip = part.querySelector("ol");
  const pictures = [...strip.children];
  const tools = part.querySelector(".gallery-tools");
  const said = tools.querySelector("output");
  let place = 0;

  const tell = () => { said.textContent = `${place + 1} / ${pictures.length}`; };
  const show = (number) => {
    place = Math.max(0, Math.min(pictures.length - 1, number));
    const step = getComputedStyle(strip).direction === "rtl" ? -1 : 1;
    strip.scrollTo({ left: step * place * (pictures[0].offsetWidth + parseFloat(getComputedStyle(strip).columnGap)) });
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
  const seen = new IntersectionObserver((entries) => {
    for (const entry of entries) if (entry.isIntersecting) place = pictures.indexOf(entry.target);
    tell();
  }, { root: strip, threshold: 0.6 });
  pictures.forEach((picture) => seen.observe(picture));
}
