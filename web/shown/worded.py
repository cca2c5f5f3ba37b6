"""Filters typed among the words (领域:航天 单位:天文馆), read as those of the address, by the names people see."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from unicodedata import normalize

from flask_babel import force_locale
from werkzeug.datastructures import MultiDict

from config.taxonomy import District, Taxonomy
from indexer.base.times import month_of
from indexer.catalogue.facets import FACETS, FilterFacet, NamedBy
from indexer.records.database import Transaction
from indexer.records.editions import editions
from indexer.records.suggested import unit_names
from indexer.search.chinese import characters
from web.app.preferences import LOCALES
from web.app.site import site
from web.shown.asked import CLOSED, TEXT_CHARS, VALUES
from web.shown.facets import categories
from web.shown.labels import label

# What readers call a filter beside its name in addresses; one that is not named here is chosen on the page alone.
WORDS: Mapping[str, tuple[str, ...]] = {
    "topic": ("领域", "主题", "话题"),
    "audience": ("适合人群", "人群", "受众"),
    "district": ("地区", "区", "区县", "城区"),
    "action": ("重点行动", "行动"),
    "form": ("形式",),
    "kind": ("类型", "种类", "type"),
    "film": ("视频与直播", "影像"),
    "system": ("系统",),
    "edition": ("届次", "届", "年份", "year"),
    "month": ("月份",),
    "unit": ("单位", "机构"),
}
_EVERY = {name: facet for facet in FACETS for name in (facet.parameter, *WORDS.get(facet.parameter, ()))}
NAMED = {characters(name): facet for name, facet in _EVERY.items() if facet.parameter in WORDS}
_NAMES = "|".join(sorted(NAMED, key=len, reverse=True))
# A filter begins a word: 主办单位:某馆 is a line of an invitation.
FILTER = re.compile(rf'(?<!\S)(?P<name>{_NAMES})\s?[:：]\s?(?:["“](?P<quoted>[^"”]+)["”]|(?P<plain>[^\s"“]+))', re.I)
BETWEEN = re.compile(r"[,，、|]")
MONTH = re.compile(r"([0-9]{4})[-./年]([0-9]{1,2})月?")
LEAST_PART = 2  # characters of a name that tell it
Valued = Callable[[FilterFacet, str], Sequence[str]]


def worded(args: MultiDict[str, str]) -> MultiDict[str, str]:
    """Return the same arguments with the filters that stand among the words as filters.

    One that names nothing that is known stays where it stands: as text, or for search to read (标题:…, an author).
    """
    text = " ".join(args.get("q", "").split())[:TEXT_CHARS]
    if not FILTER.search(text):
        return args
    parts = site()
    with parts.database.reading() as tx:
        rest, chosen = apart(text, lambda facet, name: _values(tx, facet, name, parts.taxonomy))
    made = args.copy()
    made["q"] = rest
    for name, values in chosen.items():
        made.setlist(name, [*dict.fromkeys([*args.getlist(name), *values])])
    return made


def apart(text: str, valued: Valued) -> tuple[str, Mapping[str, Sequence[str]]]:
    """Return the words without the filters that are known, and by parameter what these are. Pure.

    valued: gives the values that have a name, or hold it in theirs.
    """
    chosen: dict[str, list[str]] = {}

    def taken(match: re.Match[str]) -> str:
        facet = NAMED[characters(match["name"])]
        names = [name for name in BETWEEN.split(match["quoted"] or match["plain"]) if characters(name)]
        found = [valued(facet, name) for name in names]
        values = [value for some in found for value in some]
        # More than a filter holds would leave some out: search then narrows by the name itself.
        if not all(found) or not values or len(values) > VALUES:
            return match[0]
        chosen.setdefault(facet.parameter, []).extend(values)
        return " "

    return " ".join(FILTER.sub(taken, text).split()), chosen


def _values(tx: Transaction, facet: FilterFacet, name: str, taxonomy: Taxonomy) -> Sequence[str]:
    """The values that are called so; else those whose name holds it."""
    if facet.named_by is NamedBy.MONTHS:
        return _months(name)
    wanted = characters(name)
    named = [(value, {*map(characters, names)}) for value, names in _named(tx, facet, taxonomy)]
    exact = [value for value, names in named if wanted in names]
    is_part = len(wanted) >= LEAST_PART
    return exact or [value for value, names in named if is_part and any(wanted in one for one in names)]


def _months(name: str) -> Sequence[str]:
    found = MONTH.fullmatch(normalize("NFKC", name))
    month = f"{found[1]}-{int(found[2]):02}" if found else ""
    return [month] if month_of(month) else []


def _named(tx: Transaction, facet: FilterFacet, taxonomy: Taxonomy) -> Iterable[tuple[str, Sequence[str]]]:
    match facet.named_by:
        case NamedBy.TAXONOMY:
            return [
                (one.id, one.every_name if isinstance(one, District) else (one.id, one.label, one.label_en))
                for one in categories(taxonomy, facet)
            ]
        case NamedBy.SYSTEMS:
            return [(value, (value,)) for value in CLOSED[facet.parameter]]
        case NamedBy.KINDS | NamedBy.FILMS:
            return [(value, (value, *_labels(value))) for value in CLOSED[facet.parameter]]
        case NamedBy.EDITIONS:
            return [(one.id, (one.id, one.label)) for one in editions(tx)]
        case NamedBy.UNITS:
            return [(unit, (unit, full, short)) for unit, full, short in unit_names(tx)]
        case _:  # months, which are read and not looked up, and what WORDS does not name
            return ()


@cache
def _labels(value: str) -> tuple[str, ...]:
    """What a value of a closed set is called in every language of the site."""
    found = []
    for locale in LOCALES.values():
        with force_locale(locale):
            found.append(str(label(value)))
    return tuple(found)
