"""Errors of Weibo: code, what it means for the collector, and when the call may be made again.

Codes: open.weibo.com/wiki/Error_code and the OAuth 2.0 page, read 2026-11; limits: /wiki/Rate-limiting.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from crawler.platforms.weibo.values import Json, number_in, text_in

WORDS_CHARS = 300
CODED = re.compile(r"\s*(\d{5})\b")  # of old: the code stands before the words


class Retry(StrEnum):
    """When a call that was refused may be made again by itself. NEVER: a person must act, or the call was wrong."""

    NEVER = "never"
    AFTER_THE_HOUR = "after the hour"
    AFTER_A_NEW_AUTHORISATION = "after a new authorisation"
    LATER = "later"


class Meaning(StrEnum):
    """What an error says; the names are those of the cases of a platform's trouble."""

    AUTHORISATION_ENDED = "authorisation_ended"
    AUTHORISATION_WITHDRAWN = "authorisation_withdrawn"
    FOREIGN_USER = "foreign_user"
    RATE_LIMITED = "rate_limited"
    BUSY = "busy"
    NOT_PERMITTED = "not_permitted"
    SECRET_WRONG = "secret_wrong"  # noqa: S105  (a name of a case)
    CALL_WRONG = "call_wrong"
    UNKNOWN_CODE = "unknown_code"


MEANINGS: Mapping[int, Meaning] = MappingProxyType(
    {
        code: meaning
        for meaning, codes in {
            Meaning.AUTHORISATION_ENDED: (21301, 21314, 21315, 21317, 21325, 21327, 21332),
            Meaning.AUTHORISATION_WITHDRAWN: (21316, 21319, 21330),
            Meaning.FOREIGN_USER: (21335,),
            Meaning.RATE_LIMITED: (10022, 10023, 10024),
            Meaning.BUSY: (10001, 10002, 10003, 10009, 10010, 10011, 21331),
            # The app as such may not: its level, its review, the addresses that it is bound to.
            Meaning.NOT_PERMITTED: (10004, 10005, 10014, 21321),
            Meaning.SECRET_WRONG: (21311, 21312, 21324, 21326),
            Meaning.CALL_WRONG: (
                *(10006, 10007, 10008, 10012, 10013, 10016, 10017, 10018, 10020, 10021),
                *(21305, 21306, 21313, 21320, 21322, 21323, 21328, 21329),
            ),
        }.items()
        for code in codes
    }
)
RETRIES: Mapping[Meaning, Retry] = MappingProxyType(
    {
        Meaning.AUTHORISATION_ENDED: Retry.AFTER_A_NEW_AUTHORISATION,
        Meaning.AUTHORISATION_WITHDRAWN: Retry.AFTER_A_NEW_AUTHORISATION,
        Meaning.RATE_LIMITED: Retry.AFTER_THE_HOUR,
        Meaning.BUSY: Retry.LATER,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class WeiboError:
    """An error as Weibo words it. code: 0 where it names none. request: the path that was called."""

    code: int
    error: str
    request: str

    @property
    def meaning(self) -> Meaning:
        """What it says."""
        return MEANINGS.get(self.code, Meaning.UNKNOWN_CODE)

    @property
    def retry(self) -> Retry:
        """When the call may be made again."""
        return RETRIES.get(self.meaning, Retry.NEVER)


def error_of(answer: Json) -> WeiboError | None:
    """Return the error that an answer is; None where it is none. The code may come as a number or as text."""
    if "error_code" not in answer and "error" not in answer:
        return None
    error = text_in(answer.get("error"))[:WORDS_CHARS]
    coded = CODED.match(error)
    code = number_in(answer.get("error_code")) or (int(coded[1]) if coded else 0)
    return WeiboError(code=code, error=error, request=text_in(answer.get("request"))[:WORDS_CHARS])
