"""Errors of Weibo: what each code means for the unit, and when the call may be made again. Pure.

Codes: open.weibo.com/wiki/Error_code and the pages on OAuth 2.0; limits: /wiki/Rate-limiting; both read 2026-11.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from crawler.platforms.fields import Object, number
from crawler.platforms.troubles import trouble_in
from crawler.platforms.weibo.values import line_in
from indexer.catalogue.platform_words import PlatformCase
from indexer.catalogue.troubles import Trouble

MESSAGE_CHARS, SAID_CHARS = 300, 120
CODED = re.compile(r"\s*(\d{5})\b")  # of old: the code stands before the words
C = PlatformCase


class Retry(StrEnum):
    """When a call that was refused may be made again by itself. never: a person must act, or the call was wrong."""

    NEVER = "never"
    AFTER_THE_HOUR = "after the hour"
    AFTER_A_NEW_AUTHORISATION = "after a new authorisation"
    LATER = "later"


def _all(case: PlatformCase, *codes: int) -> dict[int, PlatformCase]:
    return dict.fromkeys(codes, case)


CASES: Mapping[int, PlatformCase] = MappingProxyType(
    {
        **_all(C.AUTHORISATION_ENDED, 21301, 21314, 21315, 21317, 21325, 21327, 21332),
        **_all(C.AUTHORISATION_WITHDRAWN, 21316, 21319),
        **_all(C.FOREIGN_USER, 21335),
        **_all(C.RATE_LIMITED, 10022, 10023, 10024),
        **_all(C.BUSY, 10001, 10002, 10003, 10009, 10010, 10011, 21331),
        # The app as such may not: its level, its review, the addresses that it is bound to.
        **_all(C.APP_NOT_PERMITTED, 10004, 10005, 10014, 21321),
        **_all(C.APP_REFUSED, 10006, 21311, 21312, 21322, 21324, 21326),
        **_all(C.CALL_WRONG, 10007, 10008, 10012, 10013, 10016, 10017, 10018, 10020, 10021),
        **_all(C.CALL_WRONG, 21305, 21306, 21313, 21320, 21323, 21328, 21329),
    }
)
RETRIES: Mapping[PlatformCase, Retry] = MappingProxyType(
    {
        C.AUTHORISATION_ENDED: Retry.AFTER_A_NEW_AUTHORISATION,
        C.AUTHORISATION_WITHDRAWN: Retry.AFTER_A_NEW_AUTHORISATION,
        C.RATE_LIMITED: Retry.AFTER_THE_HOUR,
        C.BUSY: Retry.LATER,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class WeiboError:
    """An error as Weibo words it. code: 0 where it names none. request: the path that was called."""

    code: int
    error: str
    request: str

    @property
    def case(self) -> PlatformCase:
        """What it says."""
        return CASES.get(self.code, C.UNKNOWN_CODE)

    @property
    def retry(self) -> Retry:
        """When the call may be made again."""
        return RETRIES.get(self.case, Retry.NEVER)


def error_of(answer: Object) -> WeiboError | None:
    """Return the error that an answer is; None where it is none. The code may come as a number or as text."""
    if "error_code" not in answer and "error" not in answer:
        return None
    message = line_in(answer.get("error"))[:MESSAGE_CHARS]
    coded = CODED.match(message)
    code = number(answer.get("error_code")) or (int(coded[1]) if coded else 0)
    return WeiboError(code=code, error=message, request=line_in(answer.get("request"))[:MESSAGE_CHARS])


def trouble_of(error: WeiboError, *, call: str) -> Trouble:
    """Return an error of a call as the trouble that its unit and its editors are told of."""
    return trouble_in(error.case, code=str(error.code), call=call, said=error.error[:SAID_CHARS])
