"""Requests that a program of a unit signs with its key: checked before the view, which learns whose key it is."""

from collections.abc import Mapping
from types import MappingProxyType

import structlog
from flask import g, request
from flask_babel import LazyString
from flask_babel import lazy_gettext as _
from limits import parse

from indexer.base import times
from indexer.people.push_keys import SignatureProblem, SignatureRefused, admit
from indexer.people.signatures import SCHEME, Message
from indexer.records.push_keys import PushKey
from web.app.errors import refuse_with
from web.app.limits import SIGNED, client, limiter
from web.app.site import site

ONCE = "Idempotency-Key"
NOT_SIGNED = _("This request is not signed by a key that counts here.")
P = SignatureProblem
ADVICE: Mapping[SignatureProblem, LazyString] = MappingProxyType(
    {
        P.UNREAD: _("Sign it in the header Authorization, written as docs/api.md says."),
        P.UNKNOWN: _("No such key is known here, or it cannot be checked any more. Make a new one on the unit desk."),
        P.WRONG: _(
            "The signature does not fit. Check the secret, and sign method, path, time, nonce and body as sent."
        ),
        P.REVOKED: _("The key is revoked. Make a new one on the unit desk."),
        P.STALE: _("The time of the signature is not within five minutes of ours. Set the clock, then sign anew."),
        P.REPLAYED: _("The nonce was used before. Sign each request anew, with a nonce of its own."),
    }
)
MOST = parse(SIGNED)
log = structlog.get_logger()


def check() -> None:
    """Refuse with 401 what no key of a unit has signed; else `signer` is the key."""
    if limiter.enabled and not limiter.limiter.hit(MOST, "signed", client()):
        refuse_with(429, Retry_After=str(MOST.get_expiry()))
    message = Message(
        method=request.method, path=_path(), once=request.headers.get(ONCE, ""), body=request.get_data(cache=True)
    )
    parts = site()
    try:
        g.signer = admit(
            parts.database, parts.settings, request.headers.get("Authorization", ""), message, now=times.now()
        )
    except SignatureRefused as refused:
        log.warning("signature_refused", problem=refused.problem, address=request.remote_addr)
        advice = str(ADVICE[refused.problem])
        refuse_with(401, heading=str(NOT_SIGNED), advice=advice, WWW_Authenticate=SCHEME)


def signer() -> PushKey:
    """Return the key that signed the present request. Only for views that `access.guard` lets nobody else into."""
    key: PushKey = g.signer
    return key


def of_signer() -> str:
    """Return who asks, as limits count them: the key."""
    return f"key {signer().id}"


def _path() -> str:
    query = request.query_string.decode("ascii", "replace")
    return f"{request.path}?{query}" if query else request.path
