"""Contrast by the pixels of a real page: texts, edges of controls and focus rings, over pictures and gradients too."""

import base64
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image
from playwright.sync_api import Page

TEXT_RATIO, CONTROL_RATIO = 4.5, 3.0
SHARE = 0.002  # of the pixels behind a text that may stray: the rounded corner of a chip, a hair of a frame
RING_PIXELS = 1.5  # a ring covers at least so many pixels for each pixel of its outline
LOOKS = 3  # at most so many at a ring that is not seen: Chromium may hand out the picture of before the focus moved
AROUND, SETTLE = 9, "document.fonts.ready.then(() => true)"
# A promise: `wait_for_function` evaluates its words in the page again and again, which the site's policy forbids.
PICTURES_ARE_THERE = """(limit) => Promise.race([
  Promise.all([...document.images].filter((one) => !one.complete && one.getClientRects().length)
    .map((one) => new Promise((there) => { one.onload = one.onerror = there; }))),
  new Promise((_, late) => setTimeout(() => late(new Error("a picture of the page does not come")), limit)),
])"""
PICTURE_MS = 10_000
FOLDER = Path(__file__).parent
LIST, FOCUSABLE = ((FOLDER / name).read_text(encoding="utf-8") for name in ("measuring.js", "focusable.js"))
NEXT_FRAME = "new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(() => drawn(true))))"
IS_MEASURED = "(target) => document.querySelector(target).matches('[data-measured], :has([data-measured])')"
FOCUS = "(number) => focusOn(number)"
STYLE = "(css) => { const one = new CSSStyleSheet(); one.replaceSync(css); document.adoptedStyleSheets = [one]; }"
NO_TEXT = """*, *::placeholder, *::marker { color: transparent !important; text-shadow: none !important;
  -webkit-text-fill-color: transparent !important; text-decoration-color: transparent !important;
  caret-color: transparent !important; transition: none !important; animation: none !important; }"""

Pixels = npt.NDArray[np.uint8]  # (height, width, 3), sRGB
Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One thing that was measured. ratio: contrast with the worst pixel it stands on or beside."""

    what: str
    where: str
    words: str
    ratio: float
    needed: float

    def __str__(self) -> str:
        return f"{self.what} {self.ratio:.2f} (needs {self.needed}): {self.where} “{self.words}”"


class Camera:
    """Takes shots of a window by Chromium's own command: Playwright's takes three times as long for the same pixels."""

    def __init__(self, page: Page) -> None:
        self._chromium = page.context.new_cdp_session(page)
        self._size = page.viewport_size or {"width": 0, "height": 0}

    def shot(self, box: tuple[int, int, int, int] | None = None) -> Pixels:
        """Return the pixels of a box (left, top, right, bottom) of the window, or of the whole."""
        left, top, right, bottom = box or (0, 0, self._size["width"], self._size["height"])
        clip = {"x": left, "y": top, "width": right - left, "height": bottom - top, "scale": 1}
        taken = self._chromium.send("Page.captureScreenshot", {"format": "png", "optimizeForSpeed": True, "clip": clip})
        return np.asarray(Image.open(io.BytesIO(base64.b64decode(taken["data"]))).convert("RGB"))


def unfold(page: Page) -> None:
    """Open what is folded, make the window as high as the page, and wait for fonts and pictures."""
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    width = page.evaluate("innerWidth")
    page.set_viewport_size({"width": width, "height": page.evaluate("document.documentElement.scrollHeight")})
    page.evaluate(SETTLE)
    page.evaluate(PICTURES_ARE_THERE, PICTURE_MS)


def texts_and_controls(page: Page) -> list[Measured]:
    """Return every visible text, placeholder and control of the page with its contrast."""
    listed = page.evaluate(LIST)
    _style(page, NO_TEXT)
    page.evaluate(NEXT_FRAME)
    camera = Camera(page)
    shot = camera.shot()
    found = [*_texts(listed["texts"], shot), *_controls(listed["controls"], shot)]
    for number, text in enumerate(listed["texts"]):
        if not text["rects"]:  # scrolled out of its box: brought into view and measured there
            text["rects"] = page.evaluate("(number) => listed[number]()", number)
            found += _texts([text], camera.shot())
    _style(page, "")
    return found


def focus_rings(page: Page, *, known: set[str]) -> list[Measured]:
    """Return the focus ring of each kind of focusable element that is not in `known` yet, which grows by them."""
    page.keyboard.press("Tab")  # from here on, focus by script is shown as focus by keyboard is
    kinds = page.evaluate(FOCUSABLE, sorted(known))
    if not kinds:
        return []
    page.evaluate("document.activeElement.blur()")
    camera = Camera(page)
    before = camera.shot()
    found = []
    for number, kind in kinds:
        known.add(kind)
        rect, edge = page.evaluate(FOCUS, number)
        box = _box([rect[0] - AROUND, rect[1] - AROUND, rect[2] + AROUND, rect[3] + AROUND], before)
        ratio = _seen_ring(page, camera, box, before, edge)
        found.append(Measured(what="focus", where=kind, words=f"{number}", ratio=ratio, needed=CONTROL_RATIO))
    return found


def _seen_ring(page: Page, camera: Camera, box: tuple[int, int, int, int], before: Pixels, edge: float) -> float:
    """Return the contrast of the ring in the box; one that is not seen is looked for again in the next frame."""
    unfocused = before[box[1] : box[3], box[0] : box[2]]
    for _ in range(LOOKS):
        ratio = _ring(unfocused, camera.shot(box), edge)
        if ratio >= CONTROL_RATIO:
            break
        page.evaluate(NEXT_FRAME)
    return ratio


def unmeasured(page: Page, incomplete: Sequence[dict[str, Any]]) -> list[str]:
    """Return the nodes whose contrast axe could not judge and `texts_and_controls` did not measure either."""
    nodes = [node["target"][0] for one in incomplete if one["id"] == "color-contrast" for node in one["nodes"]]
    return [target for target in nodes if not page.evaluate(IS_MEASURED, target)]


def _texts(listed: Sequence[dict[str, Any]], shot: Pixels) -> Iterator[Measured]:
    for text in listed:
        if text["rects"]:
            ratio = min(_worst(text, _inside(rect, shot)) for rect in text["rects"])
            yield Measured(what="text", where=text["where"], words=text["words"], ratio=ratio, needed=TEXT_RATIO)


def _worst(text: dict[str, Any], behind: Pixels) -> float:
    """Return the contrast of the text with the pixel behind it that it stands out from least."""
    red, green, blue, alpha = _colour(text["colour"])
    alpha *= text["alpha"]
    flat = behind.reshape(-1, 3)
    drawn = np.array([red, green, blue]) * alpha + flat * (1 - alpha)
    ratios = np.sort(_contrast(_luminance(drawn), _luminance(flat)))
    return float(ratios[int(len(ratios) * SHARE)])


def _controls(listed: Sequence[dict[str, Any]], shot: Pixels) -> Iterator[Measured]:
    for control in listed:
        left, top, right, bottom = (int(number) for number in control["rect"])
        turned = shot.swapaxes(0, 1)
        sides = [
            _side(shot, left, 1, range(top, bottom)),
            _side(shot, right, -1, range(top, bottom)),
            _side(turned, top, 1, range(left, right)),
            _side(turned, bottom, -1, range(left, right)),
        ]
        yield Measured(
            what="control", where=control["where"], words=control["words"], ratio=min(sides), needed=CONTROL_RATIO
        )


def _side(shot: Pixels, at: int, inwards: int, along: range) -> float:
    """Return the contrast of a control's edge with what lies outside it, at the best of three spots of one side.

    at: column of the edge; along: rows. A frame, or the control's own colour, within 5 pixels counts as its edge.
    """
    last = shot.shape[1] - 1
    outside = min(max(at - 3 * inwards, 0), last)
    edge = [min(max(at + step * inwards, 0), last) for step in range(-1, 5)]
    spots = [along[len(along) * share // 10] for share in (4, 5, 6)]
    return max(float(_contrast(_luminance(shot[spot, edge]), _luminance(shot[spot, outside])).max()) for spot in spots)


def _ring(before: Pixels, after: Pixels, edge: float) -> float:
    """Return the contrast that as many pixels as a ring needs have at least, focused against not focused."""
    ratios = np.sort(_contrast(_luminance(after), _luminance(before)).ravel())[::-1]
    return float(ratios[min(int(edge * RING_PIXELS), len(ratios) - 1)])


def _inside(rect: Sequence[float], shot: Pixels) -> Pixels:
    """Return the pixels of a line of text, without the strips above and below that no glyph reaches."""
    strip = (rect[3] - rect[1]) * 0.15
    left, top, right, bottom = _box([rect[0] + 1, rect[1] + strip, rect[2] - 1, rect[3] - strip], shot)
    return shot[top:bottom, left:right]


def _box(rect: Sequence[float], shot: Pixels) -> tuple[int, int, int, int]:
    height, width = shot.shape[:2]
    left, top = min(max(int(rect[0]), 0), width - 2), min(max(int(rect[1]), 0), height - 2)
    return left, top, min(max(int(rect[2]), left + 1), width), min(max(int(rect[3]), top + 1), height)


def _style(page: Page, css: str) -> None:
    """A constructed sheet: the site's own policy forbids inline styles, and stays in force."""
    page.evaluate(STYLE, css)


def _colour(text: str) -> tuple[float, float, float, float]:
    numbers = [float(number) for number in re.findall(r"[\d.]+", text)]
    if text.startswith("color("):  # color(srgb r g b / a), 0 to 1
        numbers = [number * 255 for number in numbers[:3]] + numbers[3:]
    red, green, blue = numbers[:3]
    return red, green, blue, numbers[3] if len(numbers) > 3 else 1.0


def _luminance(colours: Pixels | Numbers) -> Numbers:
    """WCAG 2.2, relative luminance of sRGB values 0 to 255 in the last axis."""
    part = colours / 255
    linear = np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)
    return np.asarray(linear @ np.array([0.2126, 0.7152, 0.0722]))


def _contrast(one: Numbers, other: Numbers) -> Numbers:
    lighter, darker = np.maximum(one, other), np.minimum(one, other)
    return np.asarray((lighter + 0.05) / (darker + 0.05))
