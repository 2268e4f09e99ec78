"""The text of a story is set to a measure that the eye can follow: 55 to 75 characters a line."""

from statistics import median

from tests.journeys.page_quality.conftest import Shown, Window

# The characters of every full line of the paragraphs of a body: all of them but the last of each paragraph.
LINES = """() => [...document.querySelectorAll('.body > p')].flatMap(paragraph => {
  const lines = new Map()
  const texts = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT)
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    for (const word of node.data.matchAll(/\\S+\\s*/g)) {
      const range = document.createRange()
      range.setStart(node, word.index)
      range.setEnd(node, word.index + word[0].trimEnd().length)
      const { bottom } = range.getBoundingClientRect()
      const line = [...lines.keys()].find(known => Math.abs(known - bottom) < 8) ?? bottom
      lines.set(line, (lines.get(line) ?? 0) + word[0].length)
    }
  }
  return [...lines.values()].slice(0, -1)
})"""


def test_a_line_of_a_story_has_55_to_75_characters(shown: Shown, window: Window) -> None:
    if shown.kind not in ("story: news", "story: feature", "story: opinion", "story: explainer", "story: live"):
        return
    page = window(1440)
    for width in (768, 1440, 1920):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(shown.url)
        page.evaluate("document.fonts.ready.then(() => true)")
        lines = page.evaluate(LINES)
        assert len(lines) > 10
        assert 55 <= median(lines) <= 75, (width, lines)
