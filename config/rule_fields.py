"""What fields of rules may hold: closed sets, and words, expressions and hosts as a policy's file writes them."""

import re
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints, ValidationInfo

from config.files.expressions import LIST_NAME, compiled, named_words
from config.files.faults import fault


class Where(StrEnum):
    """The part of an item that a rule reads; the tail is where adverts sit."""

    TITLE = "title"
    TEXT = "text"
    TAIL = "tail"


class Personal(StrEnum):
    """What a `personal` rule looks for."""

    PHONE = "phone"
    IDENTITY = "identity"
    EMAIL = "email"
    WECHAT = "wechat"
    QQ = "qq"


class Disguise(StrEnum):
    """How a listed word is hidden from those who look for it, and still read by people."""

    SPACED = "spaced"
    LOOK = "look"
    SOUND = "sound"


class Marked(StrEnum):
    """What an editor sees marked: what was found, to the end of its phrase, or what stands around it."""

    FOUND = "found"
    PHRASE = "phrase"
    CLAUSE = "clause"
    SENTENCE = "sentence"
    PARAGRAPH = "paragraph"


class Lack(StrEnum):
    """What a `structure` rule looks for."""

    NO_DATE = "no-date"
    EMPTY_BODY = "empty-body"
    TITLE_UNLIKE_BODY = "title-unlike-body"
    QR_CODE = "qr-code"


def _expression(value: object, info: ValidationInfo) -> object:
    if isinstance(value, re.Pattern):
        return value
    if not isinstance(value, str):
        raise fault(f"{value!r} is no text", "Write it in quotation marks.")
    return compiled(value.strip(), info.context or {})


def _with_lists(value: object, info: ValidationInfo) -> object:
    """The words, those of a list for each `<name>` among them."""
    if not isinstance(value, list | tuple):
        return value
    named = [LIST_NAME.fullmatch(word) if isinstance(word, str) else None for word in value]
    pairs = zip(value, named, strict=True)
    return [one for word, name in pairs for one in (named_words(name[1], info.context or {}) if name else (word,))]


def _host(host: str) -> str:
    if "/" in host or ":" in host or host != host.lower() or "." not in host:
        raise fault(f"'{host[:60]}' is no host name", "Write the host alone, in lower case: www.example.cn.")
    return host


Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,59}$")]
Word = Annotated[str, StringConstraints(min_length=1, max_length=100)]
Words = Annotated[tuple[Word, ...], BeforeValidator(_with_lists), Field(max_length=20_000)]
Digits = Annotated[str, StringConstraints(pattern=r"^[0-9]{3,20}$")]
Host = Annotated[str, AfterValidator(_host)]
Distance = Annotated[int, Field(ge=0, le=2000)]
Expression = Annotated[re.Pattern[str], BeforeValidator(_expression)]
