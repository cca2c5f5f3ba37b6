"""What a test asks a page: selectors, and as JavaScript words without their language, lines of headings, sizes."""

# There once the review desk hears its keys: its script is deferred, and what is pressed earlier is lost.
KEYS_ARE_HEARD = "#keys[data-ready]"
# Visible or not, every text and every spoken attribute that holds Chinese and is not marked as Chinese.
CHINESE_UNMARKED = r"""() => {
  const han = /\p{sc=Han}/u, found = [];
  const isMarked = (el) => el.closest("[lang]").lang.startsWith("zh");
  const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const el = walker.currentNode.parentElement;
    if (han.test(walker.currentNode.data) && !isMarked(el)) found.push(el.outerHTML.slice(0, 120));
  }
  for (const name of ["alt", "aria-label", "placeholder", "title"])
    for (const el of document.querySelectorAll(`[${name}]`))
      if (han.test(el.getAttribute(name)) && !isMarked(el)) found.push(`${name}: ${el.outerHTML.slice(0, 120)}`);
  return found;
}"""
# Headings that are set in several lines, and of these the places where a line ends inside a word.
LINES_OF_HEADINGS = """() => {
  const words = new Intl.Segmenter("zh", { granularity: "word" });
  const broken = [];
  let lines = 0;
  for (const heading of document.querySelectorAll("main :is(h1, h2, h3)")) {
    if (heading.getBoundingClientRect().width <= 1) continue; // said, not shown
    const text = heading.textContent, ends = new Set([...words.segment(text)].map((one) => one.index));
    const walker = document.createTreeWalker(heading, NodeFilter.SHOW_TEXT);
    let at = 0, top = null;
    while (walker.nextNode()) {
      const node = walker.currentNode;
      for (let place = 0; place < node.length; place++, at++) {
        const range = document.createRange();
        range.setStart(node, place);
        range.setEnd(node, place + 1);
        const box = range.getBoundingClientRect();
        if (!box.width) continue;
        if (top !== null && box.top > top + 5) {
          lines++;
          if (!ends.has(at)) broken.push(text.slice(at - 4, at) + "|" + text.slice(at, at + 4));
        }
        top = box.top;
      }
    }
  }
  return [lines, broken];
}"""
LANDMARKS = """() => {
  const name = (el) => (el.getAttribute("aria-label") || (el.getAttribute("aria-labelledby") || "").split(" ")
    .map((id) => document.getElementById(id)?.textContent.trim() || "").join(" ")).trim();
  const kinds = { nav: "nav", aside: "aside", "[role=search]": "search", "section[aria-labelledby]": "section" };
  return Object.entries(kinds).flatMap(([wanted, kind]) =>
    [...document.querySelectorAll(wanted)].map((el) => `${kind} ${name(el)}`));
}"""
SMALL_TEXTS = """(least) => {
  const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT), found = [];
  while (walker.nextNode()) {
    const el = walker.currentNode.parentElement, size = parseFloat(getComputedStyle(el).fontSize);
    if (!walker.currentNode.data.trim() || !el.checkVisibility()) continue;
    if (size < least) found.push(`${size} ${el.outerHTML.slice(0, 90)}`);
  }
  return found;
}"""
# Of a card the whole card is pressed, of a choice its label; links in a sentence are exempt (WCAG 2.5.8).
SMALL_TARGETS = """(least) => [...document.querySelectorAll("a, button, input, select, textarea, summary")]
  .filter((el) => el.checkVisibility() && !el.closest(".skip, .prose"))
  .filter((el) => el.tagName !== "A" || getComputedStyle(el).display !== "inline" || el.closest(".card, nav, .tools"))
  .map((el) => [el, (el.closest(".card") || el.closest("label") || el).getBoundingClientRect()])
  .filter(([el, box]) => box.height && (box.height < least - 0.5 || box.width < least - 0.5))
  .map(([el, box]) => `${Math.round(box.width)} x ${Math.round(box.height)} ${el.outerHTML.slice(0, 90)}`)"""
COLUMNS = """() => [...document.querySelectorAll(".columns, .cards, .desk")]
  .map((el) => getComputedStyle(el).gridTemplateColumns.split(" ").length)"""
