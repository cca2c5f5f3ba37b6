"""Check query, path and body of every request before any view or form reads them.

The forms of this site are text fields of a known size; one takes a file, one address takes JSON, and those that
platforms call take what is signed (UPLOADS). Whatever else is sent (another charset, text that the records cannot keep)
is refused here with 400, so that no form and no query has to think of it.
"""

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType
from typing import Any
from urllib.parse import unquote_to_bytes

from flask import Flask, Request, abort, request
from werkzeug.datastructures import ImmutableMultiDict, MultiDict
from werkzeug.formparser import FormDataParser
from werkzeug.wrappers import Response

from config.settings import Settings
from web.app import access
from web.app.site import EXTENSION, site

URL_ENCODED = "application/x-www-form-urlencoded"
FORMS = frozenset({URL_ENCODED, "multipart/form-data"})
READING = frozenset({"GET", "HEAD", "OPTIONS"})
FIELDS, NAME_CHARS, FORM_BYTES = 300, 100, 500_000
JSON = "application/json"
SLACK_BYTES = 64 * 1024
CALLBACK_BYTES = 64 * 1024  # the longest message of a platform, with its cipher, is a tenth of it
REPEATED = frozenset({"chosen", "shown", "tag"})  # the fields that a form may hold more than once
# Control characters, halves of surrogate pairs and non-characters: no keyboard writes them, PostgreSQL or XML refuse
# them. \ufffd stands where bytes were no UTF-8.
UNFIT = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffd-\uffff]")
BROKEN_ESCAPE = re.compile(rb"%(?![0-9A-Fa-f]{2})")


class Upload(StrEnum):
    """What an address takes beside text fields."""

    FILE = "file"  # a form with one file, in the field `page`
    JSON = "json"
    SIGNED_XML = "signed_xml"  # of whatever type it says it is: its platform has signed it


UPLOADS: Mapping[str, Upload] = MappingProxyType(
    {
        "unit.push_page": Upload.FILE,
        "pushes.push": Upload.JSON,
        "callbacks.account": Upload.SIGNED_XML,
        "callbacks.component": Upload.SIGNED_XML,
        "callbacks.component_account": Upload.SIGNED_XML,
    }
)
FILE_FIELD = "page"


class StrictParser(FormDataParser):
    """A parser that says when a body is broken, where Werkzeug's own returns an empty form."""

    def __init__(self, *args: Any, **named: Any) -> None:  # noqa: ANN401  (handed on as they came)
        super().__init__(*args, **{**named, "silent": False})


class CheckedRequest(Request):
    """A request whose query can always be read, also by the page that refuses it."""

    form_data_parser_class = StrictParser

    @cached_property
    def args(self) -> MultiDict[str, str]:
        """The query; nothing where its bytes are no UTF-8."""
        try:
            self.query_string.decode()
        except UnicodeDecodeError:
            return ImmutableMultiDict()
        return super().args


def check() -> Response | None:
    """Refuse what no page of this site would send: 404 for a path, 413 for too much, 400 for anything else.

    A file is looked at for who may send it alone: whoever else asks has the answer of `access.guard`.
    """
    if request.routing_exception is not None:
        return None  # no such page, or not with this method: that answer follows
    if any(UNFIT.search(str(value)) for value in (request.view_args or {}).values()):
        abort(404)
    if not _is_clean(request.query_string) or not _is_fit(request.args):
        abort(400)
    if request.method in READING:
        return None
    if _upload() is Upload.FILE and (elsewhere := access.guard()) is not None:
        return elsewhere
    _check_body()
    return None


def install(app: Flask) -> None:
    """Check every request before the limits, the tokens and the rights are looked at."""
    app.request_class = CheckedRequest
    app.config |= {"MAX_FORM_PARTS": FIELDS, "MAX_FORM_MEMORY_SIZE": FORM_BYTES}
    app.before_request(check)


def uploads(app: Flask) -> Mapping[str, int]:
    """Return the paths that take more than text fields, and how many bytes a server lets through to them.

    More than is taken, so that it is the answer of the site that says what was too large.
    """
    most = upload_bytes(app.extensions[EXTENSION].settings) + SLACK_BYTES
    large = {endpoint for endpoint, upload in UPLOADS.items() if upload is not Upload.SIGNED_XML}
    return {rule.rule: most for rule in app.url_map.iter_rules() if rule.endpoint in large}


def upload_bytes(settings: Settings) -> int:
    """Return the most bytes of an upload: twice a page, since JSON may write a character longer than it is."""
    return 2 * settings.page_bytes + SLACK_BYTES


def _upload() -> Upload | None:
    return UPLOADS.get(request.endpoint or "")


def _check_body() -> None:
    upload = _upload()
    most = _most_bytes(upload)
    request.max_content_length = most
    if (request.content_length or 0) > most:
        abort(413)
    if upload is Upload.SIGNED_XML:
        return  # read where its signature is checked
    if upload is Upload.JSON:
        if request.mimetype != JSON or not _is_plain_utf8():
            abort(415)
        return  # the view reads it
    if not _is_plain_utf8():
        abort(400)
    if request.mimetype not in FORMS:
        if request.mimetype or request.get_data():
            abort(400)
        return  # nothing was sent: the form misses its token and fields
    _check_form(files=(FILE_FIELD,) if upload is Upload.FILE else ())


def _most_bytes(upload: Upload | None) -> int:
    if upload is Upload.SIGNED_XML:
        return CALLBACK_BYTES
    is_small = upload is None or (upload is Upload.FILE and request.mimetype == URL_ENCODED)
    return FORM_BYTES if is_small else upload_bytes(site().settings)


def _is_plain_utf8() -> bool:
    charset = request.mimetype_params.get("charset", "utf-8").lower()
    return (request.content_encoding or "identity").lower() == "identity" and charset in {"utf-8", "utf8"}


def _check_form(*, files: Sequence[str]) -> None:
    if request.mimetype == URL_ENCODED:
        _check_escaped(request.get_data())
    if not _is_form(files=files):
        abort(400)


def _check_escaped(raw: bytes) -> None:
    if raw.count(b"&") >= FIELDS:
        abort(413)
    if not _is_clean(raw):
        abort(400)


def _is_form(*, files: Sequence[str]) -> bool:
    """Tell whether the body is a form, with no other files than one of each of these names."""
    try:
        form, sent = request.form, request.files
    except ValueError:  # the parts of a body without its boundary, without their heads, …
        return False
    single = all(len(set(values)) == 1 for name, values in form.lists() if name not in REPEATED)
    known = all(name in files and len(values) == 1 for name, values in sent.lists())
    return single and known and _is_fit(form)


def _is_fit(fields: MultiDict[str, str]) -> bool:
    return all(
        name is not None and len(name) <= NAME_CHARS and not UNFIT.search(name) and not UNFIT.search(value)
        for name, value in fields.items(multi=True)
    )


def _is_clean(raw: bytes) -> bool:
    """Tell whether escapes are whole, and what they stand for is UTF-8."""
    if BROKEN_ESCAPE.search(raw):
        return False
    try:
        unquote_to_bytes(raw).decode()
    except UnicodeDecodeError:
        return False
    return True
