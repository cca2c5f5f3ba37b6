"""Calls of platforms: whose signature each needs, checked before its view, which learns what was said."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NoReturn

import structlog
from flask import abort, g, make_response, request
from limits import parse

from indexer.base import times
from indexer.connections.receiving import (
    CallbackProblem,
    CallbackRefused,
    Received,
    Receiver,
    account_receiver,
    check_address,
    component_receiver,
    open_callback,
)
from web.app.limits import REFUSED_CALLBACKS, client, limiter
from web.app.site import site

NO_SUCH, NOT_TAKEN = 404, 403
ACCOUNT_CHARS = 60  # an app id has 18
MOST = parse(REFUSED_CALLBACKS)
log = structlog.get_logger()


def _account() -> Receiver:
    return account_receiver(site().database, site().settings, _named())


def _component() -> Receiver:
    return component_receiver(site().database, site().settings)


def _component_account() -> Receiver:
    return component_receiver(site().database, site().settings, _named())


RECEIVERS: Mapping[str, Callable[[], Receiver]] = MappingProxyType(
    {
        "callbacks.account": _account,
        "callbacks.component": _component,
        "callbacks.component_account": _component_account,
    }
)


def check() -> None:
    """Refuse what the platform has not signed for the receiver of this address; else `received` is what it says.

    Refused is without a word: 404 where nobody can be called, 403 where the call is not right. Only refused ones are
    counted, since an account with many readers is called often.
    """
    if limiter.enabled and not limiter.limiter.test(MOST, "callbacks", client()):
        abort(make_response("", 429, {"Retry-After": str(MOST.get_expiry())}))
    try:
        receiver = RECEIVERS[request.endpoint or ""]()
        if request.method == "POST":
            g.received = _opened(receiver)
        else:
            _check_address(receiver)
    except CallbackRefused as refused:
        _refuse(refused)


def received() -> Received:
    """Return what the present request says. Only for POST views that `access.guard` lets nobody else into."""
    opened: Received = g.received
    return opened


def _check_address(receiver: Receiver) -> None:
    asked = request.args
    check_address(
        receiver,
        timestamp=asked.get("timestamp", ""),
        nonce=asked.get("nonce", ""),
        signature=asked.get("signature", ""),
        now=times.now(),
    )


def _opened(receiver: Receiver) -> Received:
    """What is not encrypted (明文模式) is not signed either: `msg_signature` alone covers the body."""
    asked = request.args
    return open_callback(
        receiver,
        request.get_data(cache=True),
        timestamp=asked.get("timestamp", ""),
        nonce=asked.get("nonce", ""),
        signature=asked.get("msg_signature", ""),
        now=times.now(),
    )


def _refuse(refused: CallbackRefused) -> NoReturn:
    if limiter.enabled:
        limiter.limiter.hit(MOST, "callbacks", client())
    log.warning(
        "callback_refused",
        problem=refused.problem,
        detail=refused.detail,
        endpoint=request.endpoint,
        account=_named(),
        address=request.remote_addr,
    )
    abort(make_response("", NO_SUCH if refused.problem is CallbackProblem.NO_RECEIVER else NOT_TAKEN))


def _named() -> str:
    return str((request.view_args or {}).get("account", ""))[:ACCOUNT_CHARS]
