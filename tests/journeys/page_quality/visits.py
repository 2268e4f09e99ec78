"""What a browser sees and asks for while a reader opens a page and reads it to its end."""

from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, Page

# Layout shifts, with what moved (Layout Instability API).
WATCH = """
window.shifts = []
new PerformanceObserver(list => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) {
    const moved = entry.sources.map(source => source.node?.outerHTML?.slice(0, 120) ?? String(source.node?.nodeValue))
    window.shifts.push({ value: entry.value, moved })
  }
}).observe({ type: 'layout-shift', buffered: true })
"""
READ = """async () => {
  const frame = () => new Promise(requestAnimationFrame)
  for (let at = 0; at < document.documentElement.scrollHeight; at += innerHeight * 0.8) {
    scrollTo(0, at)
    await frame(); await frame()
  }
  const until = performance.now() + 20000
  const isBeside = place => place.left >= innerWidth || place.right <= 0
  const isWaited = image => !image.complete && image.checkVisibility() && !isBeside(image.getBoundingClientRect())
  while ([...document.images].some(isWaited) && performance.now() < until) await frame()
  await document.fonts.ready
  await frame(); await frame()
}"""
# A network that is not the same machine: fonts and pictures come after the words.
LATENCY_MS = 40


@dataclass
class Visit:
    """What happened while a page was opened and read."""

    requests: list[tuple[str, str]] = field(default_factory=list)
    requests_to_open: int = 0
    complaints: list[str] = field(default_factory=list)
    shifts: list[dict[str, Any]] = field(default_factory=list)

    @property
    def moved(self) -> float:
        """The sum of all layout shifts, which is never less than the page's CLS."""
        return float(sum(shift["value"] for shift in self.shifts))


def visit(browser: Browser, url: str, width: int) -> Visit:
    """Open a page in a new window without anything kept, wait, and read to the end."""
    seen = Visit()
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    page.add_init_script(WATCH)
    _listen(page, seen, url)
    network = {"offline": False, "latency": LATENCY_MS, "downloadThroughput": -1, "uploadThroughput": -1}
    context.new_cdp_session(page).send("Network.emulateNetworkConditions", network)
    page.goto(url)
    seen.requests_to_open = len(seen.requests)
    page.evaluate(READ)
    seen.shifts = page.evaluate("shifts")
    context.close()
    return seen


def _listen(page: Page, seen: Visit, url: str) -> None:
    page.on("request", lambda request: seen.requests.append((request.resource_type, request.url)))
    page.on("pageerror", lambda error: seen.complaints.append(f"script: {error}"))

    def hear(message: Any) -> None:
        is_the_status = message.location.get("url") == url and "Failed to load resource" in message.text
        if message.type in ("error", "warning") and not is_the_status:
            seen.complaints.append(f"{message.type}: {message.text} ({message.location.get('url')})")

    page.on("console", hear)
