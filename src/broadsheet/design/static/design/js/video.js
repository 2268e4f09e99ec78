// A video: nothing of it is loaded until the reader asks. Then its player takes the place of the poster, and the focus.
for (const part of document.querySelectorAll("[data-video]")) {
  const link = part.querySelector(".video-start");
  const prepared = part.querySelector("template").content.firstElementChild;
  const button = document.createElement("button");
  button.type = "button";
  button.className = link.className;
  button.append(...link.childNodes);
  link.replaceWith(button);

  button.addEventListener("click", () => {
    const player = document.importNode(prepared, true);
    const poster = button.querySelector("img");
    // The poster stays until the first picture of the film is there; the browser has it already.
    if (poster && player.localName === "video") player.poster = poster.currentSrc;
    button.replaceWith(player);
    player.focus();
  });
}
