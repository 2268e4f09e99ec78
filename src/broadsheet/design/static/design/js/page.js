// On every page, when it has been there for two seconds: the browser fetches the fonts for the next one (see tokens.css),
// and keeps the page that it shows without a connection.
const FONTS = ["600 1em Broadsheet Display", "400 1em Broadsheet Text", "400 1em Broadsheet Sans"];

const fetchFonts = async () => {
  try {
    await Promise.all(FONTS.map((font) => document.fonts.load(font, `${document.title} .,`)));
    localStorage.setItem("fonts", "1");
  } catch { /* The link was cut, or storage is off: the next page is in the phone's fonts, too. */ }
};

const afterwards = () => {
  if (!document.documentElement.classList.contains("with-fonts")) fetchFonts();
  navigator.serviceWorker?.register("/-/offline.js", { scope: "/" }).catch(() => {});
};

const wait = () => setTimeout(afterwards, 2000);
if (document.readyState === "complete") wait();
else addEventListener("load", wait, { once: true });
