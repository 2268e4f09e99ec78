"""Questions to a page about where its elements are; each is a function for the page itself."""

# How far the page can be scrolled sideways, in px, and the elements that leave the window (the first five).
SIDEWAYS = """() => {
  const found = []
  for (const to of [-9999, 9999]) {
    scrollTo(to, scrollY)
    if (scrollX) found.push(`the page scrolls by ${scrollX} px`)
  }
  scrollTo(0, scrollY)
  const width = document.documentElement.clientWidth
  const isHeld = element => {
    for (let box = element.parentElement; box && box !== document.body; box = box.parentElement)
      if (getComputedStyle(box).overflowX !== 'visible') return true
    return false
  }
  const leaves = element => {
    const place = element.getBoundingClientRect()
    return place.width && place.height && (place.left < -1 || place.right > width + 1) && !isHeld(element)
  }
  const outside = [...document.body.querySelectorAll('*')].filter(leaves)
  return found.concat(outside.slice(0, 5).map(element => `outside: ${element.outerHTML.slice(0, 160)}`))
}"""

# The elements whose own text does not fit into them and is cut off, with the text.
CLIPPED = """() => {
  const isCut = element => {
    const style = getComputedStyle(element)
    if (style.clipPath !== 'none' || !element.clientWidth || element.matches('input, select, iframe')) return false
    const cuts = overflow => ['hidden', 'clip'].includes(overflow)
    return cuts(style.overflowX) && element.scrollWidth > element.clientWidth + 1
      || cuts(style.overflowY) && element.scrollHeight > element.clientHeight + 1
  }
  const all = [...document.body.querySelectorAll('*')].filter(element => element.innerText?.trim() && isCut(element))
  return all.map(element => `cut off: ${element.outerHTML.slice(0, 160)}`)
}"""

# The lines of text that a reader sees in the main part, without what only scripts can do.
LINES = """() => {
  document.querySelectorAll('button, output').forEach(element => element.hidden = true)
  return document.querySelector('main').innerText.split('\\n').map(line => line.trim()).filter(Boolean)
}"""

# What has the focus: its place on the page, whether that is seen (nothing lies over it), and whether it is marked.
FOCUSED = """async () => {
  const element = document.activeElement
  if (!element || element === document.body) return null
  element.dataset.reached = 'yes'
  const style = getComputedStyle(element)
  const isMarked = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2
  const placeOf = () => element.getClientRects()[0] ?? element.getBoundingClientRect()
  const isSeen = () => {
    const place = placeOf()
    const x = Math.min(Math.max(place.left + place.width / 2, 1), innerWidth - 2)
    const y = Math.min(Math.max(place.top + place.height / 2, 1), innerHeight - 2)
    const over = document.elementFromPoint(x, y)
    return place.bottom > 0 && place.top < innerHeight && place.right > 0 && place.left < innerWidth
      && Boolean(over) && (element.contains(over) || over.contains(element))
  }
  // The window follows the focus a frame later, where it does not at once.
  for (let frame = 0; frame < 10 && !isSeen(); frame++) await new Promise(requestAnimationFrame)
  // What scrolls within the page is a region of its own: its places are counted from its own beginning.
  let along = scrollX, down = scrollY, within = ''
  for (let box = element.parentElement; box && box !== document.body; box = box.parentElement) {
    along += box.scrollLeft, down += box.scrollTop
    const isScrolled = box.scrollHeight > box.clientHeight + 1 && /auto|scroll/.test(getComputedStyle(box).overflowY)
    if (isScrolled) within = box.className
  }
  const place = placeOf(), region = element.closest('header.masthead, main, footer.footer')
  return {
    name: element.outerHTML.slice(0, 140), isMarked, isSeen: isSeen(), isField: element.matches('input, select'),
    region: (region ? region.tagName : '') + within, left: place.left + along, right: place.right + along,
    top: place.top + down, bottom: place.bottom + down,
  }
}"""

# What can have the focus and was not reached.
NOT_REACHED = """() => {
  const all = document.querySelectorAll('a[href], button, input, select, textarea, iframe, [tabindex="0"]')
  const isShown = element => element.checkVisibility() && !element.disabled
  const left = [...all].filter(element => isShown(element) && !element.dataset.reached)
  return left.map(element => element.outerHTML.slice(0, 140))
}"""

# Each picture anew, chosen for the window as it is now, and how many px of it are loaded and shown.
PICTURES = """async () => {
  for (const image of [...document.images]) {
    const whole = image.closest('picture') ?? image, copy = whole.cloneNode(true)
    const inside = copy.matches('img') ? copy : copy.querySelector('img')
    inside.loading = 'eager'
    whole.replaceWith(copy)
  }
  const until = performance.now() + 5000
  while ([...document.images].some(image => !image.complete) && performance.now() < until)
    await new Promise(requestAnimationFrame)
  return [...document.images].map(image => ({
    file: image.currentSrc, shown: image.clientWidth, full: Number(image.getAttribute('width')),
  }))
}"""
