"""Show every refusal in one shape: a page for people, JSON for programs."""

import time
from math import ceil
from typing import NoReturn

import structlog
from flask import Flask, abort, g, jsonify, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import AnonymousUserMixin
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, InternalServerError

from indexer.records.database import RecordsDown, RecordsRefused
from indexer.search.port import IndexDown
from web.app.limits import limiter

log = structlog.get_logger()
TOO_MANY = 429
NAMES = {
    400: "bad_request",
    401: "unauthorized",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
    409: "conflict",
    410: "gone",
    413: "too_large",
    415: "unsupported_type",
    422: "unfit",
    429: "too_many",
    500: "internal",
    503: "unavailable",
}


def words(code: int) -> tuple[str, str]:
    """Return heading and advice for a status code, in the reader's language."""
    known = {
        403: (_("This page is not open to you"), _("Your account does not have the role that this page needs.")),
        404: (_("There is nothing here"), _("The address is wrong, or what stood here is not public any more.")),
        405: (_("That cannot be done here"), _("Go back and use the buttons of the page.")),
        409: (_("That was asked for otherwise before"), _("Look at what stands here now, then try again.")),
        413: (_("That is too much at once"), _("What was sent is larger than this site accepts.")),
        415: (_("That type is not taken"), _("Send JSON in UTF-8, not packed: Content-Type: application/json.")),
        429: (_("Too many requests"), _("Please wait a minute and try again.")),
        500: (_("Something went wrong on our side"), _("It has been recorded. Please try again later.")),
        503: (_("The search is resting"), _("Please try again in a minute. Nothing is lost.")),
    }
    return known.get(code, (_("That could not be understood"), _("Go back, load the page anew and try again.")))


def refuse(code: int, *, heading: str | None = None, advice: str | None = None) -> ResponseReturnValue:
    """Return the page or the JSON of a refusal."""
    usual, general = words(code)
    heading, text = heading or usual, advice or general
    if request.path.startswith("/api/"):
        name = NAMES.get(code, "refused")
        return jsonify(error={"code": code, "name": name, "message": f"{heading} {text}"}), code
    return render_template("error.html", code=code, heading=heading, advice=text), code


def refuse_with(code: int, *, heading: str | None = None, advice: str | None = None, **headers: str) -> NoReturn:
    """End the request with a refusal; headers: by name, `_` for a hyphen."""
    response = make_response(refuse(code, heading=heading, advice=advice))
    response.headers.update({name.replace("_", "-"): value for name, value in headers.items()})
    abort(response)


def _csrf(_error: CSRFError) -> ResponseReturnValue:
    return refuse(400, advice=_("This form is too old or did not come from this site. Load the page anew."))


def _http(error: HTTPException) -> ResponseReturnValue:
    if error.response is not None or error.code is None:
        return error
    if error.code == TOO_MANY and (limit := limiter.current_limit) is not None:
        response = make_response(refuse(TOO_MANY))
        response.headers["Retry-After"] = str(max(1, ceil(limit.reset_at - time.time())))
        return response
    return refuse(error.code)


def _index_down(_error: IndexDown) -> ResponseReturnValue:
    return refuse(503)


def _records_down(error: RecordsDown | RecordsRefused) -> ResponseReturnValue:
    """The disk is full, or the records are locked or gone; a transaction is whole or nothing: nothing is half done."""
    log.error("records_down", error=str(error))
    if "_login_user" not in g:  # Flask-Login's own place: the page must not ask the records who is signed in
        g._login_user = AnonymousUserMixin()
    return refuse(
        503,
        heading=_("Nothing can be saved at the moment"),
        advice=_("What you sent was not saved, and nothing was changed. Please tell whoever runs this site."),
    )


def _broken(_error: InternalServerError) -> ResponseReturnValue:
    return refuse(500)  # Flask has logged the cause before it calls this


def install(app: Flask) -> None:
    """Answer every refusal of this application in its one shape."""
    app.register_error_handler(CSRFError, _csrf)
    app.register_error_handler(InternalServerError, _broken)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(IndexDown, _index_down)
    for kind in (RecordsDown, RecordsRefused):
        app.register_error_handler(kind, _records_down)
