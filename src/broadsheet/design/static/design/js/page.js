// On every page: the browser keeps the page that it shows without a connection.
if ("serviceWorker" in navigator) {
  const register = () => navigator.serviceWorker.register("/-/offline.js", { scope: "/" }).catch(() => {});
  if (document.readyState === "complete") register();
  else addEventListener("load", register, { once: true });
}
