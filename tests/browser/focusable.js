// Gives the number and the kind of each focusable element whose kind is not known yet: its tag and classes below those
// of three ancestors. `focusOn` focuses one and gives its box in page coordinates and the length of its outline.
(known) => {
  const named = (el) => el.tagName.toLowerCase() + (el.type ? `[${el.type}]` : "") + [...el.classList].map((one) => `.${one}`).join("");
  const kindOf = (el) => {
    const path = [];
    for (let one = el; one && path.length < 4; one = one.parentElement) path.unshift(named(one));
    return path.join(" ");
  };
  const wanted = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";
  const all = [...document.querySelectorAll(wanted)].filter((el) => el.checkVisibility());
  window.focusOn = (number) => {
    const el = all[number];
    el.focus();
    const rects = [...el.getClientRects()], box = el.getBoundingClientRect();
    const edge = Math.max(...rects.map((rect) => 2 * (rect.width + rect.height)));
    return [[box.left + scrollX, box.top + scrollY, box.right + scrollX, box.bottom + scrollY], edge];
  };
  const seen = new Set(known), kinds = [];
  all.forEach((el, number) => {
    const kind = kindOf(el);
    if (!seen.has(kind)) kinds.push([number, kind]);
    seen.add(kind);
  });
  return kinds;
}
