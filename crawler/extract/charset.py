"""Decode the bytes of a page, also where its labels name a wrong encoding.

A label is only a claim: UTF-8 under a GBK label and two labels that disagree are common. So every claimed encoding is
tried beside the three that Chinese pages use, and the one that breaks least wins; claims break ties.
"""

import codecs
import re
from collections.abc import Iterator

from charset_normalizer import from_bytes

SAMPLE_BYTES = 400_000
HEAD_BYTES = 65_536  # some sites put the label behind long scripts
BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Browsers' readings: a wider table under the name of the narrower one.
WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "iso8859-1": "cp1252", "ascii": "cp1252", "big5": "big5hkscs"}
CHINESE = ("gb18030", "big5hkscs")
# Python's own: of names, of escapes, or none at all. No page is written in one, and some fail or take for ever.
NOT_OF_PAGES = frozenset(
    ["idna", "mbcs", "oem", "palmos", "punycode", "raw-unicode-escape", "undefined", "unicode-escape"]
)
UTF8_BROKEN = 0.02  # share of characters: a page cut in the middle or with one bad include is still UTF-8
COMMON = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所"
    "民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那"
    "社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并"
    "提直题程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西"
    "的這個國們來時為會對發動過說產種後學經進著電裡現實體機當點從業與應開還間樣關線數氣變條沒結問無軍題員總設長頭資邊圖統級較將組見計"
    "，。、：；！？（）《》“”"
)
LABEL = re.compile(rb"""<meta[^>]{0,300}?charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
XML_LABEL = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
HEADER_LABEL = re.compile(r"""charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)


def decode(body: bytes, content_type: str | None = None) -> str:
    """Return the text of a page; bytes that fit no encoding become U+FFFD. content_type: the HTTP header, if any."""
    for mark, name in BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, errors="replace")
    return body.decode(find_encoding(body, content_type), errors="replace")


def find_encoding(body: bytes, content_type: str | None = None) -> str:
    """Return the Python name of the encoding that fits the bytes best."""
    if _is_sound_utf8(body):
        return "utf-8"
    # Long scripts may hide the first foreign letter.
    first = next(
        (place for place in range(0, len(body), HEAD_BYTES) if not body[place : place + HEAD_BYTES].isascii()), 0
    )
    sample = body[first : first + SAMPLE_BYTES]
    if _broken_share(sample, "utf-8") <= UTF8_BROKEN:
        return "utf-8"
    claims = [name for name in dict.fromkeys(_claims(body, content_type)) if not name.startswith("utf")]
    tried = list(dict.fromkeys([*claims, *CHINESE]))
    scores = {name: _fit(sample, name, is_claimed=name in claims) for name in tried}
    best = max(tried, key=lambda name: scores[name])
    if scores[best] > 0:
        return best
    guess = from_bytes(sample[:HEAD_BYTES]).best()
    return guess.encoding if guess else (claims or ["utf-8"])[0]


def _claims(body: bytes, content_type: str | None) -> Iterator[str]:
    labels = [found.group(1) for found in [HEADER_LABEL.search(content_type or "")] if found]
    head = body[:HEAD_BYTES]
    labels += [found.decode("ascii") for found in [*XML_LABEL.findall(head), *LABEL.findall(head)]]
    for label in labels:
        try:
            name = codecs.lookup(label).name
            b"a".decode(name)  # a codec such as base64 is none of text
        except (LookupError, ValueError):
            continue
        if name in NOT_OF_PAGES:
            continue
        yield WIDER.get(name, name)


def _is_sound_utf8(body: bytes) -> bool:
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _broken_share(sample: bytes, name: str) -> float:
    text = sample.decode(name, errors="replace")
    foreign = len(text) - len(text.encode("ascii", "ignore"))
    # A character cut at the end of the sample is no fault.
    broken = text.count("�") - text[-3:].count("�")
    return broken / foreign if foreign else 0.0


def _fit(sample: bytes, name: str, *, is_claimed: bool) -> float:
    """Score from -1 (broken) to about 1: few faults, and of a Chinese reading that its characters are common ones."""
    text = sample.decode(name, errors="replace")
    foreign = [char for char in text if not char.isascii()]
    if not foreign:
        return 0.1
    broken = foreign.count("�") / len(foreign)
    if broken > 0.05:
        return -1.0
    bonus = 0.15 if is_claimed else 0.0
    if name in CHINESE:
        usual = sum(char in COMMON for char in foreign) / len(foreign)
        return usual + bonus - broken * 4 - 0.15
    return 0.05 + bonus - broken * 4 if is_claimed else -1.0
