"""The body of a push, read strictly: what is no JSON is answered 400, what says something else than a push 422."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated

from flask_babel import LazyString, lazy_gettext
from flask_babel import gettext as _
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from indexer.base.ids import ChannelId
from indexer.catalogue.items import URL_CHARS
from web.app.bodies import UNFIT
from web.app.errors import refuse_with
from web.app.forms import ID_CHARS

TITLE_CHARS, NAMED_CHARS = 300, 60
NO_OBJECT = frozenset({"json_invalid", "model_type"})
WORDS: Mapping[str, LazyString] = MappingProxyType(
    {
        "missing": lazy_gettext("The field “%(field)s” is missing."),
        "extra_forbidden": lazy_gettext("There is no field “%(field)s”: the fields are channel, url, html and title."),
        "string_type": lazy_gettext("The field “%(field)s” must be text."),
        "string_too_short": lazy_gettext("The field “%(field)s” is empty."),
        "string_too_long": lazy_gettext("The field “%(field)s” is too long."),
        "unfit": lazy_gettext("The field “%(field)s” holds characters that no text has."),
    }
)


def _fit(text: str) -> str:
    if UNFIT.search(text):
        raise PydanticCustomError("unfit", "characters that no text has")
    return text


class AskedPush(BaseModel):
    """One article. html: the page as it was saved, HTML or MHTML; without it the collector fetches the address."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    channel: Annotated[ChannelId, Field(min_length=1, max_length=ID_CHARS), AfterValidator(_fit)]
    url: Annotated[str, Field(min_length=1, max_length=URL_CHARS), AfterValidator(_fit)]
    html: str | None = None
    title: Annotated[str, Field(max_length=TITLE_CHARS), AfterValidator(_fit)] = ""


def read_push(body: bytes) -> AskedPush:
    """Return the push that a body asks for; ends the request with 400 or 422 for any other body."""
    try:
        return AskedPush.model_validate_json(body)
    except ValidationError as error:
        faults = error.errors(include_url=False, include_input=False, include_context=False)
    if any(fault["type"] in NO_OBJECT for fault in faults):
        refuse_with(400, heading=_("The body is no JSON object."), advice=_("Send one object in UTF-8."))
    refuse_with(422, heading=_("Nothing was pushed."), advice=" ".join(_told(fault) for fault in faults[:5]))


def _told(fault: ErrorDetails) -> str:
    name = UNFIT.sub("", ".".join(str(step) for step in fault["loc"]))[:NAMED_CHARS]
    return str(WORDS.get(fault["type"], lazy_gettext("The field “%(field)s” is not as it must be."))) % {"field": name}
