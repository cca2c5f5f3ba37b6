"""Find telephone and identity numbers and accounts of people in a text."""

import re
from collections.abc import Iterator
from datetime import date

from stdnum.iso7064 import mod_11_2

from config.policy import PersonalRule
from config.rule_fields import Personal
from config.words import Severity
from indexer.base.sought import Sought
from indexer.understanding.policies.accounts import mailboxes, qq_numbers, wechat_ids
from indexer.understanding.policies.names import is_beside_name
from indexer.understanding.policies.near import Nearness
from indexer.understanding.policies.normal import Span
from indexer.understanding.policies.parts import MOST_FINDINGS, Subject, apart, found_in, parts
from indexer.understanding.results import Finding

VERSION = 5  # counts up with every change of what comes out, which is then done again (recipe.py)

GAP = r"(?: ?[.·‐‑–—_~/-] ?| )?"  # between the digits of a number as people write it
# Not a piece of a longer number or of a decimal fraction.
START, END = r"(?<!\d)(?<!\d[.,])", r"(?!\d)(?!\.\d)"
MOBILE = re.compile(rf"{START}(?:\+?86{GAP})?1{GAP}[3-9](?:{GAP}\d){{9}}{END}")
# In its groups of 3, 4 and 4, with one sign between that ends a phrase elsewhere.
GROUPED = re.compile(rf"{START}1[3-9]\d(?P<sign>[,。、;*|+=]) ?\d{{4}}(?P=sign) ?\d{{4}}{END}")
LANDLINE = re.compile(rf"{START}\(?0(?:10|2\d|[3-9]\d{{2}})\)?[ –—-]{{0,2}}[2-9]\d{{2,3}}[ -]?\d{{4}}{END}")
NUMBERS, LANDLINES = Sought((MOBILE, GROUPED)), Sought((LANDLINE,))
BARE = re.compile(r"(?<![\d.,a-z-])[2-9]\d{3}[ -]?\d{3,4}(?![\d.,a-z-])")
NUMERALS = str.maketrans("〇零一幺二三四五六七八九壹贰叁肆伍陆柒捌玖", "001123456789123456789")
# o for 0, l for 1: a number that is hidden from machines.
LOOKALIKE = re.compile(r"(?<![a-z0-9])[1li|][3-9osbzg][0-9olisbzg|]{9}(?![a-z0-9])")
LETTERS = str.maketrans("olisbzg|", "01158291")
LEAST_DIGITS = 4
CODE_BEFORE = re.compile(r"[a-z]+-?$")
SAYS_NUMBER = frozenset(
    {
        "tel",
        "phone",
        "mobile",
        "vx",
        "wx",
        "v",
        "wechat",
        "weixin",
        "call",
        "m",
        "t",
        "tel-",
        "phone-",
        "v-",
        "mob",
        "cell",
    }
)
QUANTITY = re.compile(r"\s*(?:年|个|次|人|元|米|千米|公里|吨|光年|亿|万|倍|克|焦|瓦|赫)")
# What stands before a long number that is none of a telephone, and what makes it one all the same.
OTHER_NUMBER = re.compile(
    r"(?:条形码|条码|编号|学号|工号|考号|准考证|型号|批号|档案|证号|票号|流水号|s/n|sn|id|单号|订单|序列号|货号|账号|卡号|编码|代码|星表|第)[^。；\n]{0,8}$"
)
TELEPHONE = re.compile(r"(?:电话|手机|联系|微信|致电|拨打|宅电|座机|热线|短信)[^。；\n]{0,8}$")
NEAR_CHARS = 12
SENTENCE_END = re.compile(r"[。!?;\n]")
NO_SIGN = re.compile(r"[^\dx]")
DIGITS_ENOUGH = re.compile(r"(?:\d[ ._·/–—-]?){15}")  # of each of them
LONG_ID = re.compile(rf"{START}[1-6](?:[ ._·/–—-]?\d){{16}}[ ._·/–—-]?[\dx](?!\d)")
SHORT_ID = re.compile(rf"{START}\d{{15}}(?!\d)")
_RANGES = ((11, 15), (21, 23), (31, 37), (41, 46), (50, 54), (61, 65))
OLDEST, YOUNGEST = 1890, 2039  # of birth
# First two digits of the mainland's area codes (GB/T 2260).
PROVINCES = frozenset(str(code) for first, last in _RANGES for code in range(first, last + 1))


class PersonalCheck:
    """One `personal` rule."""

    def __init__(self, rule: PersonalRule) -> None:
        self._rule = rule
        self._near = Nearness(rule.near, distance=NEAR_CHARS)

    def findings(self, subject: Subject) -> list[Finding]:
        """Return a finding for each number or account of a person that is not among the allowed ones."""
        return [
            found_in(part, self._rule, span, severity=self._severity(part.folded, span))
            for part in parts(subject, self._rule)
            for span in self._kept(part.folded, subject.hosts)
        ]

    def _kept(self, text: str, hosts: frozenset[str]) -> list[Span]:
        kept = (span for span in self._spans(text, hosts) if _digits(text, span) not in self._rule.allowed)
        return apart(kept)[:MOST_FINDINGS]

    def _severity(self, text: str, span: Span) -> Severity | None:
        return self._rule.beside_name if self._rule.beside_name and is_beside_name(text, span) else None

    def _spans(self, text: str, hosts: frozenset[str]) -> Iterator[Span]:
        match self._rule.looks_for:
            case Personal.PHONE:
                yield from _mobiles(text)
                yield from (match.span() for match in LANDLINES.matches(text))
                yield from self._bare(text)
            case Personal.IDENTITY:
                yield from _identities(text)
            case Personal.EMAIL:
                yield from mailboxes(text, but=(*self._rule.hosts, *hosts))
            case Personal.WECHAT:
                yield from wechat_ids(text)
            case Personal.QQ:
                yield from qq_numbers(text)

    def _bare(self, folded: str) -> Iterator[Span]:
        """Seven or eight digits are a telephone number only beside a word that says so."""
        if not self._rule.near or not (near := self._near.spans(folded)):
            return
        for match in BARE.finditer(folded):
            if self._near.has(match.span(), near) and not _is_other(folded, match.span()) and not _is_date(match[0]):
                yield match.span()


def _mobiles(folded: str) -> Iterator[Span]:
    for text in (folded, folded.translate(NUMERALS)):  # 一三八… and 138零零… are numbers, too
        other = -NEAR_CHARS - 1  # where the last one that is no telephone's ends
        for match in NUMBERS.matches(text):
            span = match.span()
            if _is_other(folded, span) or _is_in_code(folded, span) or _goes_on(folded, other, span):
                other = span[1]
            else:
                yield span
    for match in LOOKALIKE.finditer(folded):
        number = match[0].translate(LETTERS)
        if MOBILE.fullmatch(number) and LEAST_DIGITS <= sum(map(str.isdigit, match[0])) < len(number):
            yield match.span()


def _is_in_code(folded: str, span: Span) -> bool:
    """Letters stand close before or behind, as in the number of a specimen; 手机, tel and vx say otherwise."""
    before = CODE_BEFORE.search(folded[max(0, span[0] - NEAR_CHARS) : span[0]])
    return before is not None and before[0] not in SAYS_NUMBER


def _is_other(folded: str, span: Span) -> bool:
    """A quantity (年, 元), or the number of a parcel, an order or a specimen."""
    if QUANTITY.match(folded, span[1]):
        return True
    before = folded[max(0, span[0] - NEAR_CHARS) : span[0]]
    return OTHER_NUMBER.search(before) is not None and TELEPHONE.search(before) is None


def _goes_on(folded: str, other: int, span: Span) -> bool:
    """Tell whether a number goes on a row of others (编号甲、乙): close behind one, no telephone or name between."""
    between = folded[max(other, 0) : span[0]]
    if not 0 <= span[0] - other <= NEAR_CHARS or SENTENCE_END.search(between):
        return False
    return TELEPHONE.search(between) is None and not is_beside_name(folded, span)


def _is_date(number: str) -> bool:
    """20260917 is a day."""
    return re.fullmatch(r"(?:19|20)\d\d[01]\d[0-3]\d", number) is not None


def _identities(folded: str) -> Iterator[Span]:
    if not DIGITS_ENOUGH.search(folded):
        return
    for match in LONG_ID.finditer(folded):
        if _is_identity(NO_SIGN.sub("", match[0]).upper()):
            yield match.span()
    for match in SHORT_ID.finditer(folded):
        if _is_old_identity(match[0]):
            yield match.span()


def _is_identity(number: str) -> bool:
    """A province, a birthday of somebody who may live, the check digit (GB 11643). Counties come and go: not asked."""
    if number[:2] not in PROVINCES or not OLDEST <= int(number[6:10]) <= YOUNGEST or not mod_11_2.is_valid(number):
        return False
    return _is_day(int(number[6:10]), int(number[10:12]), int(number[12:14]))


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _is_old_identity(number: str) -> bool:
    """The 15 digits of before 1999 have no check digit: the province and the birthday must be real ones."""
    return number[:2] in PROVINCES and _is_day(1900 + int(number[6:8]), int(number[8:10]), int(number[10:12]))


def _digits(folded: str, span: Span) -> str:
    return "".join(char for char in folded[span[0] : span[1]] if char.isascii() and char.isalnum())
