// Lists what has to be measured on a page, in page coordinates. Every element that is listed is marked
// `data-measured`, so that what axe could not judge can be checked off.
() => {
  const round = (rect) => [rect.left + scrollX, rect.top + scrollY, rect.right + scrollX, rect.bottom + scrollY];
  const describe = (el) => {
    const name = el.tagName.toLowerCase() + (el.id ? `#${el.id}` : "") + [...el.classList].map((one) => `.${one}`).join("");
    const box = el.parentElement?.closest("[class]");
    return (box ? `${box.tagName.toLowerCase()}.${[...box.classList].join(".")} ` : "") + name;
  };
  const alphaOf = (el) => {
    let alpha = 1;
    for (let one = el; one; one = one.parentElement) alpha *= parseFloat(getComputedStyle(one).opacity);
    return alpha;
  };
  const isHidden = (el) => {
    for (let one = el; one; one = one.parentElement) {
      const style = getComputedStyle(one);
      if (style.visibility === "hidden" || style.display === "none") return true;
      const rect = one.getBoundingClientRect();
      if (style.overflow === "hidden" && (rect.width <= 1 || rect.height <= 1)) return true; // said, not shown
    }
    return false;
  };
  // What of a rectangle can be seen without scrolling inside a box; null where nothing.
  const inView = (el, rect) => {
    let { left, top, right, bottom } = rect;
    for (let one = el; one && one !== document.body; one = one.parentElement) {
      const style = getComputedStyle(one);
      if (style.overflowX === "visible" && style.overflowY === "visible") continue;
      const box = one.getBoundingClientRect();
      left = Math.max(left, box.left); right = Math.min(right, box.right);
      top = Math.max(top, box.top); bottom = Math.min(bottom, box.bottom);
    }
    return right - left > 2 && bottom - top > 2 ? { left, top, right, bottom } : null;
  };
  const texts = [];
  window.listed = []; // by the number of its text: gives the rectangles anew, after a box was scrolled
  const add = (el, find, colour, words) => {
    const rects = find();
    const seen = rects.map((rect) => inView(el, rect)).filter(Boolean);
    const large = parseFloat(getComputedStyle(el).fontSize);
    texts.push({ where: describe(el), words: words.trim().slice(0, 20), colour, alpha: alphaOf(el), size: large, rects: seen.map(round) });
    el.setAttribute("data-measured", "");
    listed.push(() => {
      el.scrollIntoView({ block: "nearest", inline: "center", behavior: "instant" });
      return find().map((rect) => inView(el, rect)).filter(Boolean).map(round);
    });
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode, el = node.parentElement;
    if (!node.data.trim() || el.closest("script, style, option, textarea, noscript") || isHidden(el)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const find = () => [...range.getClientRects()].filter((rect) => rect.width > 2 && rect.height > 2 && rect.bottom + scrollY > 0);
    if (find().length) add(el, find, getComputedStyle(el).color, node.data);
  }
  for (const el of document.querySelectorAll("input:not([type=hidden], [type=checkbox], [type=radio]), select, textarea")) {
    if (isHidden(el) || el.disabled || !el.getClientRects().length) continue;
    const pad = 8;
    const find = () => {
      const box = el.getBoundingClientRect();
      // The browser's own arrow or calendar stands at the end.
      const sign = el.matches("select, [type=date]") ? 2.4 * parseFloat(getComputedStyle(el).fontSize) : pad;
      return [{ left: box.left + pad, top: box.top + pad, right: box.right - sign, bottom: box.bottom - pad }];
    };
    const isEmpty = !el.value && el.placeholder;
    const style = getComputedStyle(el, isEmpty ? "::placeholder" : null);
    add(el, find, style.color, isEmpty ? el.placeholder : el.value || "(value)");
    texts[texts.length - 1].alpha *= isEmpty ? parseFloat(style.opacity) : 1;
  }
  const controls = [];
  const wanted = "input:not([type=hidden]), select, textarea, button, .button, a.chip, .tiles a";
  for (const el of document.querySelectorAll(wanted)) {
    const style = getComputedStyle(el);
    if (isHidden(el) || el.disabled || !el.getClientRects().length) continue;
    const isBare = style.borderStyle === "none" || style.borderTopWidth === "0px";
    if (isBare && style.backgroundColor === "rgba(0, 0, 0, 0)") continue; // the text is all there is of it
    const rect = el.getBoundingClientRect(), seen = inView(el.parentElement, rect);
    if (!seen || seen.left > rect.left + 1 || seen.right < rect.right - 1) continue; // scrolled out: its like is in view
    controls.push({ where: describe(el), words: (el.textContent || el.name || "").trim().slice(0, 20), rect: round(rect) });
  }
  return { texts, controls };
}
