"""Find the headline: what several places of a page agree on, without the names of site and section."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from crawler.extract.body.blocks import Block, squeeze, tidy
from crawler.extract.fields.headings import (
    HEADING,
    SEPARATOR,
    SHORTEST,
    TEMPLATE,
    TITLE_CHARS,
    is_section,
    is_site,
    read_headings,
    section_names,
)
from crawler.extract.fields.meta import Declared
from indexer.base.text import unescaped

MAX_CLAIMS = 200
FOOT_BLOCKS = 8  # last ones of the page
SITE_ENDING = re.compile(
    r"(?:网|网站|频道|新闻中心|门户|官网|日报|晚报|客户端|news|times|\.(?:com|cn|net|org)\S*)$", re.IGNORECASE
)
# How much a place's word counts.
DECLARED, PART, OF_SECTION, OF_SITE, OF_SITE_ALONE = 2.0, 0.4, -2.0, -3.0, -4.0
OF_SECOND_LINE, SECOND_LINE = -2.5, re.compile(r"[—–-]{2}")  # ——记一次校园实验
OF_SECTION_ALONE = -3.5  # named by the title element and nothing with it
WITH_NAMES, CUT_SHORT = -1.0, -1.0  # of a text that stands nowhere but in the title element; where another has it whole
QUOTES = frozenset("\"'“”‘’")
NAMED_END = re.compile(r"[\s,，、]{1,5}(\S{2,16})$")  # a blank or comma before what may be the site
MOST_CUTS = 4
CUT_IN = re.compile(r"([^…]{1,200}?)(?:…+|\.{3,})(?=$|[-_|—–])")
CUT = re.compile(r"(?:…+|\.{2,})$")


@dataclass(frozen=True, slots=True)
class _Claim:
    text: str
    plain: str
    weight: float


def read_title(blocks: Sequence[Block], declared: Declared, *, start: int) -> str:
    """Return the headline, or nothing. start: place of the article's first block among the blocks."""
    claims = [_claim(text, DECLARED / (1 + place * 0.3)) for place, text in enumerate(declared.titles)]
    whole = squeeze(declared.page_title)
    found = read_headings(blocks, start=start, whole=whole, chinese=declared.is_chinese)
    shown = [_claim(each.text, each.weight) for each in islice(found, MAX_CLAIMS)]
    claims = _together([*claims, *shown, *_in_two_lines(shown, whole)])
    foot = squeeze("".join(block.text[:TITLE_CHARS] for block in blocks[-FOOT_BLOCKS:]))
    parts = [_claim(part, PART) for part in _parts(declared.page_title, foot)]
    candidates = [
        claim for claim in [*claims, *parts] if _is_long_enough(claim, whole) and len(claim.text) <= TITLE_CHARS
    ]
    if not candidates:
        return declared.page_title[:TITLE_CHARS]
    sites = {squeeze(site) for site in declared.sites}
    menu, seen = section_names(blocks), {claim.plain for claim in claims}
    whole = declared.page_title

    def rank(claim: _Claim) -> float:
        if claim.plain in seen:
            named = 0.0
        else:
            named = WITH_NAMES if is_site(claim.text) or _has_names(claim.text, menu, foot) else 0.0
        return _score(claim, claims, whole, sites) + _fault(claim.text, whole, menu) + named

    return max(candidates, key=rank).text


def _has_names(text: str, menu: frozenset[str], foot: str) -> bool:
    """Whether a text begins or ends with a site or section that a separator parts from the rest."""
    if _before_site(text, foot):
        return True
    parts = [part.strip() for part in SEPARATOR.split(text)]
    return len(parts) > 1 and any(is_site(part) or is_section(part, menu) for part in (parts[0], parts[-1]))


def _is_long_enough(claim: _Claim, whole: str) -> bool:
    """Whether a text is long enough for a headline: shorter ones (雾与霾) are headings that begin the title."""
    if len(claim.plain) >= SHORTEST:
        return True
    return len(claim.plain) > 1 and claim.weight >= HEADING and whole.startswith(claim.plain)


def _in_two_lines(shown: Sequence[_Claim], whole: str) -> Iterator[_Claim]:
    """The headlines that a page sets in two lines, as its title element has them in one."""
    for first, second in pairwise(shown):
        if first.plain and second.plain and first.plain + second.plain in whole:
            yield _Claim(first.text + second.text, first.plain + second.plain, first.weight + second.weight)


def _together(claims: Sequence[_Claim]) -> list[_Claim]:
    """Each text once, with the weight of all its places."""
    found: dict[str, _Claim] = {}
    for claim in claims:
        held = found.get(claim.plain)
        found[claim.plain] = _Claim(held.text, held.plain, held.weight + claim.weight) if held else claim
    return list(found.values())


def _fault(text: str, whole: str, menu: frozenset[str]) -> float:
    """What a text loses that names a section, or the site at the end of a title element or beside a section."""
    is_of_site = is_site(text) and (whole.strip().endswith(text) or is_section(whole, menu))
    if is_of_site or TEMPLATE.fullmatch(text):
        return OF_SITE_ALONE
    if not is_section(text, menu):
        return OF_SECOND_LINE if SECOND_LINE.match(text) else 0.0
    return OF_SECTION_ALONE if squeeze(text) == squeeze(whole) else OF_SECTION


def _claim(text: str, weight: float) -> _Claim:
    text = tidy(unescaped(text))
    return _Claim(text, squeeze(text), weight)


def _before_site(text: str, foot: str) -> str:
    """What stands before a blank or comma and the name of the site, which the page's foot has too; else nothing."""
    named = NAMED_END.search(text)
    return text[: named.start()] if named and is_site(named[1]) and squeeze(named[1]) in foot else ""


def _parts(title: str, foot: str) -> Iterator[str]:
    """The title element's text cut before each of its separators, and what stands behind the first ones."""
    yield _before_site(title, foot)
    yield title
    for found in SEPARATOR.finditer(title):
        yield title[: found.start()]
        yield title[found.end() :]
    head = title
    for _ in range(MOST_CUTS):  # one hyphen at a time: 标题-栏目-单位
        head, hyphen, _rest = head.rpartition("-")
        if not hyphen:
            break
        yield head


def _score(claim: _Claim, claims: Sequence[_Claim], whole: str, sites: set[str]) -> float:
    score = sum(other.weight * _support(claim.plain, other.plain) for other in claims)
    # A text that stands nowhere but in the title element may still carry a site's name.
    is_seen = any(other.plain == claim.plain for other in claims)
    score += (2.5 if is_seen else 1.6) * _place_in(claim.plain, whole)
    stem = CUT.sub("", claim.plain)
    if stem != claim.plain and any(
        len(other.plain) > len(claim.plain) and other.plain.startswith(stem) for other in claims
    ):
        score += CUT_SHORT
    if any(site and claim.plain.endswith(site) and len(claim.plain) - len(site) >= SHORTEST for site in sites):
        score -= 1.5
    if claim.plain in sites or (len(claim.plain) < 12 and SITE_ENDING.search(claim.text)):
        score += OF_SITE
    return score


def _support(claim: str, other: str) -> float:
    """How far one place's text speaks for another's: equal, cut short, or with something added."""
    if claim == other:
        return 1.0
    stem = CUT.sub("", other)
    if len(stem) >= SHORTEST and claim.startswith(stem):
        return 0.6 * len(stem) / len(claim)  # the other is cut: at a quotation mark, or with dots
    if other.startswith(claim) or other.endswith(claim):
        return 0.7 * len(claim) / len(other)  # the other has a site name added
    return 0.0


def _place_in(claim: str, title: str) -> float:
    """How well the claim fits the title element, which begins with the headline and ends with names of the site."""
    whole, stem = squeeze(title), CUT.sub("", claim)
    if (cut := CUT_IN.match(whole)) and len(cut[1]) >= SHORTEST and claim.startswith(cut[1]):
        return 1.0  # the title element has it shortened
    if not stem or stem not in whole:
        return 0.0
    at = whole.index(stem)
    begins = 1.0 if at == 0 else 0.6
    # The whole title is right only where nothing of it is a site's name: a shade less than a clean part.
    share = min(1.0, len(stem) / len(whole) + 0.35)
    return begins * share * _clean_end(title, at + len(stem))


def _clean_end(title: str, chars: int) -> float:
    """Whether the headline may end behind so many characters, blanks not counted, of the title element."""
    rest, left = title, chars
    while left and rest:
        left -= not rest[0].isspace()
        rest = rest[1:]
    if not rest:
        return 1.0
    if rest[0] in QUOTES:
        return 0.2  # a broken page: the attribute ended at the quotation mark inside the headline
    if rest[0].isspace():
        # A blank parts headline and site only where no other separator comes.
        return 1.0 if SEPARATOR.match(rest) else 0.55 if SEPARATOR.search(rest) else 0.85
    return 0.55 if rest[0].isalnum() else 1.0
