"""WeChat's refusals: what each code means for the people of the account, and whether the call may be made again. Pure.

Codes: WeChat's list of global return codes and the pages of the calls (ACCESS.md, read 2026-11).
"""

import ipaddress
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from crawler.platforms.fields import Object, number, text
from crawler.platforms.troubles import trouble_in
from indexer.catalogue.platform_words import PlatformCase
from indexer.catalogue.troubles import Trouble

RID = re.compile(r"\brid:?\s*([0-9A-Za-z-]{8,64})")
ADDRESS = re.compile(r"[0-9A-Fa-f:.]{3,45}")
TOKEN_CALL = "token"  # noqa: S105 - the name of a call, by which it is counted
MESSAGE_CHARS, SAID_CHARS = 500, 120
UNNAMED = "（平台没有写明）"
C = PlatformCase


class Retry(StrEnum):
    """What the client does after a refusal. never: a person must act, or the call was wrong. later: the next poll."""

    NEVER = "never"
    NEW_TOKEN = "new_token"  # noqa: S105 - once, with a token fetched anew
    NEXT_DAY = "next_day"
    LATER = "later"


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """An answer that says no. message: the platform's own words. rid: its number of the request, to be named to it.

    ip: the address that it refuses, where it names one.
    """

    code: int
    message: str
    rid: str = ""
    ip: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What a code says: for people by its case, for the client by what it does next."""

    case: PlatformCase
    retry: Retry


def _all(case: PlatformCase, retry: Retry, *codes: int) -> dict[int, Meaning]:
    return dict.fromkeys(codes, Meaning(case=case, retry=retry))


MEANINGS: Mapping[int, Meaning] = MappingProxyType(
    {
        **_all(C.BUSY, Retry.LATER, -1, 50005, 61450, 53500, 53501),
        **_all(C.TOKEN_REFUSED, Retry.NEW_TOKEN, 40001, 40014, 41001, 42001),
        **_all(C.APPID_WRONG, Retry.NEVER, 40013, 41002, 61001),
        **_all(C.SECRET_WRONG, Retry.NEVER, 40125, 41004, 40243),
        # 89503 and the like: the administrator of the account has yet to allow the address, or said no.
        **_all(C.IP_NOT_ALLOWED, Retry.NEVER, 40164, 61004, 89501, 89503, 89506, 89507),
        **_all(C.QUOTA_SPENT, Retry.NEXT_DAY, 45009),
        **_all(C.CLEAR_SPENT, Retry.NEVER, 48006),
        **_all(C.RATE_LIMITED, Retry.LATER, 45011),
        **_all(C.NOT_PERMITTED, Retry.NEVER, 48001, 48002, 48004, 48005, 50002, 50004, 50007),
        **_all(C.NOT_GRANTED, Retry.NEVER, 61007),
        **_all(C.AUTHORISATION_WITHDRAWN, Retry.NEVER, 61003),
        **_all(C.AUTHORISATION_ENDED, Retry.NEVER, 61023, 42002, 42007, 40030),
        # Of a code that a person brought back: used, or too old. The component's ticket: none, or too old.
        **_all(C.AUTHORISATION_ENDED, Retry.NEVER, 61009, 61010),
        **_all(C.NO_TICKET, Retry.LATER, 61005, 61006),
        **_all(C.CALL_WRONG, Retry.NEVER, 40002, 40003, 40007, 40035, 40066, 40097, 43001, 43002, 43003, 44001, 44002),
        **_all(C.CALL_WRONG, Retry.NEVER, 45007, 45008, 47001, 53600, 61500, 61501, 61503, 65316),
    }
)
OF_A_TOKEN_CALL: Mapping[int, Meaning] = MappingProxyType(
    _all(C.SECRET_WRONG, Retry.NEVER, 40001)  # "AppSecret error": there is no token yet that could be wrong
)
UNKNOWN = Meaning(case=C.UNKNOWN_CODE, retry=Retry.NEVER)


def refusal_in(answer: Object) -> Refused | None:
    """Return what an answer refuses; None of one that brings what was asked for (`errcode` 0, or none)."""
    code = number(answer.get("errcode"))
    if not code:
        return None
    message = text(answer.get("errmsg"))[:MESSAGE_CHARS]
    rid = RID.search(message)
    is_about_address = MEANINGS.get(code, UNKNOWN).case is C.IP_NOT_ALLOWED
    return Refused(
        code=code, message=message, rid=rid[1] if rid else "", ip=_address(message) if is_about_address else ""
    )


def meaning_of(refused: Refused, *, call: str = "") -> Meaning:
    """Return what a refusal means; call: its name, since of a token's own call a code may mean something else."""
    own = OF_A_TOKEN_CALL.get(refused.code) if call == TOKEN_CALL else None
    return own or MEANINGS.get(refused.code, UNKNOWN)


def trouble_of(refused: Refused, *, call: str) -> Trouble:
    """Return a refusal of a call as the trouble that its unit and its editors are told of."""
    case = meaning_of(refused, call=call).case
    facts = {
        "code": str(refused.code),
        "call": call,
        "said": refused.message[:SAID_CHARS],
        **({"rid": refused.rid} if refused.rid else {}),
        **({"ip": refused.ip or UNNAMED} if case is C.IP_NOT_ALLOWED else {}),
    }
    return trouble_in(case, **facts)


def _address(message: str) -> str:
    """The first network address in the message; the longer one of a mapped pair stands behind it."""
    for found in ADDRESS.finditer(message):
        try:
            return str(ipaddress.ip_address(found[0].strip(".") if "::" not in found[0] else found[0]))
        except ValueError:
            continue
    return ""
