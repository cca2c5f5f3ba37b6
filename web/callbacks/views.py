"""What WeChat calls: an account's own address, the component's, and those of accounts that authorised it."""

import re

import structlog
from flask import Blueprint, Response, abort, make_response, request

from indexer.base import times
from indexer.connections.receiving import keep
from web.app.site import site
from web.callbacks.check import received

blueprint = Blueprint("callbacks", __name__, url_prefix="/callbacks")
ECHO = re.compile(r"[\w+/=.-]{1,400}", re.ASCII)
DONE = "success"  # anything else, and the platform sends it again, or tells the account's readers of a fault
log = structlog.get_logger()


def answer(account: str = "") -> Response:
    """Of a trial of the address: what it asks to hear. Of all else: that it was received, after it was kept."""
    if request.method != "POST":
        echo = request.args.get("echostr", "")
        return _text(echo) if ECHO.fullmatch(echo) else abort(make_response("", 403))
    told = received()
    is_new = keep(site().database, site().settings, told, now=times.now())
    log.info("callback_received", account=account, kind=told.event.name[:40], kept=is_new)
    return _text(DONE)


def _text(words: str) -> Response:
    return make_response(words, 200, {"Content-Type": "text/plain; charset=utf-8"})


for endpoint, rule in (
    ("account", "/wechat/<account>"),
    ("component", "/component"),
    ("component_account", "/component/<account>"),
):
    blueprint.add_url_rule(rule, endpoint=endpoint, view_func=answer, methods=["GET", "POST"])
