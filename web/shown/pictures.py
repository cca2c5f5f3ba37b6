"""Pictures as pages show them: our own copies in two widths, or a drawing where there is none; nothing from elsewhere.

The HTML of a piece names its pictures at their source: they become copies when it is shown, each time.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import unescape

from flask import url_for
from flask_babel import gettext as _
from markupsafe import Markup

from indexer.catalogue.items import Media, MediaKind, Version
from indexer.catalogue.pictures import TYPES, Picture, PictureRefusal, PictureUse
from web.shown.labels import label

# As `CleanHtml` is written: names in lower case, values between quotation marks.
IMAGE = re.compile(r'<img((?: [a-z]+="[^"]*")*)>')
ATTRIBUTE = re.compile(r' ([a-z]+)="([^"]*)"')
IN_TEXT = "(min-width: 48rem) 44rem, 100vw"
IN_CARD = "(min-width: 48rem) 20rem, 50vw"
IN_GRID = "(min-width: 48rem) 16rem, 50vw"
NARROWEST = 0

COPY = Markup(
    '<picture>{sources}<img src="{src}" srcset="{srcset}" sizes="{sizes}" width="{width}" height="{height}"'
    ' alt="{alt}" loading="lazy" decoding="async"></picture>'
)
SOURCE = Markup('<source type="{type}" srcset="{srcset}" sizes="{sizes}">')
DRAWN = Markup(
    '<span class="no-picture"><img src="{src}" alt="" width="96" height="72" loading="lazy"><span>{words}</span></span>'
)
MADE_BY_MACHINE = Markup('<small class="ai-label" lang="zh-CN">{}</small>')


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One medium with its picture. element: what a page writes in its place; empty where nothing is to be seen."""

    medium: Media
    use: PictureUse | None
    element: Markup

    @property
    def ai_label(self) -> str:
        """The words that say that a machine made it; empty where nothing says so."""
        return machine_label(self.medium, self.use)


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """The text of a piece with our pictures in it, and those of its pictures that stand nowhere in the text."""

    html: Markup
    others: Sequence[Shown]


def machine_label(medium: Media | None, use: PictureUse | None) -> str:
    """Return the words that say that a machine made it: the page's, else the file's; empty where neither says so."""
    kept = use.picture if use is not None else None
    return (medium.ai_label if medium else "") or (kept.ai_label if kept else "")


def address(picture: Picture, width: int, format: str, *, is_absolute: bool = False) -> str:
    """Return where the site serves one copy."""
    return url_for("public.media", name=picture.name(width, format), _external=is_absolute)


def whole_address(picture: Picture) -> str:
    """Return the absolute address of the widest copy, in the format that every program shows."""
    return address(picture, picture.widths[-1], picture.formats[-1], is_absolute=True)


def element(picture: Picture, *, alt: str, sizes: str, is_absolute: bool = False) -> Markup:
    """Return the element that shows a picture as wide as the page has room for, and keeps that room from the start.

    is_absolute: with whole addresses, for programs.
    """
    sets = {
        format: ", ".join(
            f"{address(picture, width, format, is_absolute=is_absolute)} {width}w" for width in picture.widths
        )
        for format in picture.formats
    }
    *better, plain = picture.formats
    sources = Markup("").join(SOURCE.format(type=TYPES[one], srcset=sets[one], sizes=sizes) for one in better)
    return COPY.format(
        sources=sources,
        src=address(picture, picture.widths[NARROWEST], plain, is_absolute=is_absolute),
        srcset=sets[plain],
        sizes=sizes,
        width=picture.width,
        height=picture.height,
        alt=alt,
    )


def drawn(use: PictureUse | None, *, alt: str = "", is_for_editors: bool = False, is_absolute: bool = False) -> Markup:
    """Return what stands in the place of a picture of which there is no copy, with the reason where editors read it."""
    refused = use.refused if use is not None else None
    if refused is PictureRefusal.TOO_SMALL:
        return Markup("{}").format(alt)  # a dot or a line: nothing is missed
    words = _("The picture is still being fetched.") if _waits(use) else _("This picture is not kept here.")
    if is_for_editors and refused is not None:
        words = _("Not kept: %(why)s", why=label(refused))
    if alt:
        words = f"{alt} · {words}"
    return DRAWN.format(src=url_for("static", filename="no-picture.svg", _external=is_absolute), words=words)


def body(
    version: Version, uses: Mapping[int, PictureUse], *, is_for_editors: bool = False, is_absolute: bool = False
) -> Body:
    """Return a version's HTML with our copies in it. uses: by the position of the medium."""
    known = {
        medium.url: (medium, uses.get(position))
        for position, medium in reversed(list(enumerate(version.media)))
        if medium.kind is MediaKind.IMAGE
    }
    placed: set[str] = set()

    def ours(found: re.Match[str]) -> str:
        said = {name: unescape(value) for name, value in ATTRIBUTE.findall(found[1])}
        medium, use = known.get(said.get("src", ""), (None, None))
        placed.add(said.get("src", ""))
        return _in_place(medium, use, said.get("alt", ""), is_for_editors=is_for_editors, is_absolute=is_absolute)

    html = Markup(IMAGE.sub(ours, version.html))  # noqa: S704 - cleaned when it was collected
    others = [
        shown(medium, use, sizes=IN_GRID, is_for_editors=is_for_editors)
        for url, (medium, use) in reversed(known.items())
        if url not in placed
    ]
    return Body(html=html, others=[one for one in others if one.element])


def shown(medium: Media, use: PictureUse | None, *, sizes: str, is_for_editors: bool = False) -> Shown:
    """Return one medium with its picture or the drawing in its place; a film or sound without a cover has neither."""
    if use is not None and use.picture is not None:
        return Shown(medium=medium, use=use, element=element(use.picture, alt=medium.title, sizes=sizes))
    if not medium.picture:
        return Shown(medium=medium, use=None, element=Markup(""))
    return Shown(medium=medium, use=use, element=drawn(use, is_for_editors=is_for_editors))


def _in_place(
    medium: Media | None, use: PictureUse | None, alt: str, *, is_for_editors: bool, is_absolute: bool
) -> Markup:
    if use is None or use.picture is None:
        return drawn(use, alt=alt, is_for_editors=is_for_editors, is_absolute=is_absolute)
    made = element(use.picture, alt=alt, sizes=IN_TEXT, is_absolute=is_absolute)
    words = machine_label(medium, use)
    return made + MADE_BY_MACHINE.format(words) if words else made


def _waits(use: PictureUse | None) -> bool:
    return use is not None and use.refused is None
