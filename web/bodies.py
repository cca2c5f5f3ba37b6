"""What may come in: the one check of query, path and body before any view or form reads them.

The forms of this site are text fields of a known size. Whatever else is sent (JSON, files, another charset, text that
the records cannot keep) is refused here with 400, so that no form and no query has to think of it.
"""

import re
from functools import cached_property
from typing import Any
from urllib.parse import unquote_to_bytes

from flask import Flask, Request, abort, request
from werkzeug.datastructures import ImmutableMultiDict, MultiDict
from werkzeug.formparser import FormDataParser

URL_ENCODED = "application/x-www-form-urlencoded"
FORMS = frozenset({URL_ENCODED, "multipart/form-data"})
READING = frozenset({"GET", "HEAD", "OPTIONS"})
FIELDS, NAME_CHARS, FORM_BYTES = 300, 100, 500_000
REPEATED = frozenset({"chosen", "shown"})  # the fields that a form may hold more than once
# Control characters, halves of surrogate pairs and non-characters: no keyboard writes them, PostgreSQL or XML refuse
# them. \ufffd stands where bytes were no UTF-8.
UNFIT = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffd-\uffff]")
BROKEN_ESCAPE = re.compile(rb"%(?![0-9A-Fa-f]{2})")


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


def check() -> None:
    """Refuse what no page of this site would send: 404 for a path, 413 for too much, 400 for anything else."""
    if request.routing_exception is not None:
        return  # no such page, or not with this method: that answer follows
    if any(UNFIT.search(str(value)) for value in (request.view_args or {}).values()):
        abort(404)
    if not _is_clean(request.query_string) or not _is_fit(request.args):
        abort(400)
    if request.method not in READING:
        _check_body()


def install(app: Flask) -> None:
    """Check every request before the limits, the tokens and the roles look at it."""
    app.request_class = CheckedRequest
    app.config |= {"MAX_FORM_PARTS": FIELDS, "MAX_FORM_MEMORY_SIZE": FORM_BYTES}
    app.before_request(check)


def _check_body() -> None:
    if (request.content_length or 0) > FORM_BYTES:
        abort(413)
    encoding, charset = request.content_encoding or "identity", request.mimetype_params.get("charset", "utf-8")
    if encoding.lower() != "identity" or charset.lower() not in {"utf-8", "utf8"}:
        abort(400)
    if request.mimetype not in FORMS:
        if request.mimetype or request.get_data():
            abort(400)
        return  # nothing was sent: the form misses its token and fields
    if request.mimetype == URL_ENCODED:
        _check_escaped(request.get_data())
    if not _is_form():
        abort(400)


def _check_escaped(raw: bytes) -> None:
    if raw.count(b"&") >= FIELDS:
        abort(413)
    if not _is_clean(raw):
        abort(400)


def _is_form() -> bool:
    try:
        form, files = request.form, request.files
    except ValueError:  # the parts of a body without its boundary, without their heads, …
        return False
    single = all(len(set(values)) == 1 for name, values in form.lists() if name not in REPEATED)
    return single and not files and _is_fit(form)


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
