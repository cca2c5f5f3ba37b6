"""What stands beside a picture: its description, who made it (图源, 摄影), and that a machine made it (AI生成)."""

import re
from itertools import islice
from typing import Any

from lxml.html import HtmlElement

from crawler.extract.body.blocks import inner_text, squeeze

ALT_CHARS, CAPTION_CHARS, NEAR_CHARS = 200, 200, 40
MOST_ELEMENTS = 40  # looked through around one picture
FILE_NAME = re.compile(
    r"[\w\-. ()（）]*\.(?:jpe?g|png|gif|webp|bmp|avif)|(?:img|image|图片|图像|微信图片|photo)[\w\-. ]*", re.I
)
# As 标识办法 asks for it to be shown: who or what made it, and that it was made.
MADE_BY_MACHINE = re.compile(
    r"(?:图片|图像|插图|配图|视频|本图|此图|内容)?(?:由|为|系)?\s*(?:AIGC|AI|人工智能|大模型)\s*(?:辅助|自动|技术)?\s*"
    r"(?:生成|合成|绘制|绘图|创作|制作|制图|作图|生图)(?:图片|图像|示意图|内容)?",
    re.IGNORECASE,
)
LABEL_ALONE = re.compile(r"AIGC(?:\s*[｜|:：/].{0,30})?", re.IGNORECASE)
CREDIT = re.compile(
    r"(?:图片来源|图源|图片提供|图片供稿|供图|摄影|摄|绘图|制图|插画|图)\s*[:：/｜|]\s*[^，,。；;)）\n]{1,40}"
    r"|[^\s，,。；;：:()（）\n]{2,20}\s*(?:供图|摄影|绘图|制图|摄)(?=[\s)）。]|$)"
)


def about_picture(node: HtmlElement) -> dict[str, Any]:
    """Return what the page says of an `img`: title, credit, ai_label; what it does not say is left out."""
    alt = _described(node.get("alt") or node.get("title") or "")
    caption = _caption(node)
    near = caption or _near(node)
    found = {
        "title": alt,
        "credit": match[0].strip() if (match := CREDIT.search(near)) else "",
        "ai_label": _label(node, alt, near),
    }
    return {name: value for name, value in found.items() if value}


def _described(alt: str) -> str:
    alt = " ".join(alt[: 2 * ALT_CHARS].split())[:ALT_CHARS]
    return "" if FILE_NAME.fullmatch(alt) else alt


def _caption(node: HtmlElement) -> str:
    figure = next(node.iterancestors("figure"), None)
    inside = islice(figure.iter(), MOST_ELEMENTS) if figure is not None else ()
    caption = next((each for each in inside if each.tag == "figcaption"), None)
    return inner_text(caption, most=CAPTION_CHARS)[:CAPTION_CHARS] if caption is not None else ""


def _near(node: HtmlElement) -> str:
    """A short line directly below the picture: pages without `figure` write captions so."""
    block = node.getparent()
    if block is None or squeeze(_beginning(block)):
        text = (node.tail or "")[:CAPTION_CHARS]
        return text if len(squeeze(text)) <= NEAR_CHARS else ""
    following = block.getnext()
    text = _beginning(following) if following is not None and isinstance(following.tag, str) else ""
    return text.strip() if len(squeeze(text)) <= NEAR_CHARS else ""


def _beginning(node: HtmlElement) -> str:
    """The first characters of an element's text; many pictures may stand in one, so no more of it is looked at."""
    pieces: list[str] = []
    for each in islice(node.iter(), MOST_ELEMENTS):
        pieces.append((each.text or "")[:CAPTION_CHARS] if isinstance(each.tag, str) else "")
        if each is not node:
            pieces.append((each.tail or "")[:CAPTION_CHARS])
    return "".join(pieces)[:CAPTION_CHARS]


def _label(node: HtmlElement, alt: str, near: str) -> str:
    """The words of the label, as they stand; an attribute that only says yes becomes the plain word."""
    for text in (alt, near):
        if match := MADE_BY_MACHINE.search(text) or LABEL_ALONE.fullmatch(text.strip()):
            return match[0].strip()[:NEAR_CHARS]
    said = next((value for name, value in node.attrib.items() if "aigc" in name.lower()), "").strip()
    if not said or said.lower() in ("0", "false", "no"):
        return ""
    return said[:NEAR_CHARS] if MADE_BY_MACHINE.search(said) else "AI生成"
