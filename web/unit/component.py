"""WeChat by authorisation of our third-party platform: the way there by a code, the way back by a state."""

import re
from dataclasses import dataclass
from datetime import datetime

import structlog
from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from indexer.base import times
from indexer.connections.authorising import HOST, authorising_path
from indexer.connections.desk import SEALED, ConnectRefused, file_in
from indexer.connections.receiving import component_keys
from indexer.connections.records import Platform
from indexer.records import inbox
from indexer.records.database import Transaction
from indexer.records.inbox import Filed, InboxKind
from indexer.records.sealing import seal, unseal
from indexer.whitelist.records import Channel
from web.app import states
from web.app.access import desk_of, signed_in
from web.app.limits import CONNECT, limiter
from web.app.site import site
from web.app.states import StateRefused
from web.shown.connections import STATE_PROBLEMS, ShownConnecting, connecting
from web.unit.owning import own_channel

COMPONENT = Platform.COMPONENT.value
log = structlog.get_logger()
CODE = re.compile(r"[\x21-\x7e]{1,512}")  # what WeChat calls auth_code; never longer than a line


@dataclass(frozen=True, slots=True, kw_only=True)
class ComponentBox:
    """How the way by authorisation stands. asked: by this person, last. there: where to go now, or empty."""

    asked: ShownConnecting | None
    there: str


def box(tx: Transaction, channel: Channel) -> ComponentBox | None:
    """Return the box of a channel's page; None where this site has no third-party platform."""
    settings = site().settings
    if component_keys(settings) is None or settings.wechat_component_secret is None:
        return None
    found = inbox.newest(tx, InboxKind.AUTHORISE, channels=[channel.id], limit=1)
    mine = [one for one in found if one.who == signed_in().name]
    now = times.now()
    code = _code(mine[0], now=now) if mine else ""
    there = _there(channel, code, now=now) if code else ""
    return ComponentBox(asked=connecting(mine[0], now=now) if mine else None, there=there)


@limiter.limit(CONNECT)
def authorise(channel: str) -> ResponseReturnValue:
    """Have the collector get a code with which this person may be sent."""
    own = own_channel(channel)
    with site().database.transaction() as tx:
        if box(tx, own) is None:
            abort(404)
        try:
            by, kind = signed_in().actor, InboxKind.AUTHORISE
            file_in(tx, Platform.COMPONENT, channel=own.id, fields={}, by=by, now=times.now(), kind=kind)
        except ConnectRefused:
            abort(404)
    return redirect(url_for("unit.connect", channel=own.id, _anchor="component"), 303)


@limiter.limit(CONNECT)
def come_back() -> ResponseReturnValue:
    """Take the person back from WeChat: file the code that they bring, sealed, for the collector to exchange."""
    now = times.now()
    try:
        with site().database.transaction() as tx:
            taken = states.take(tx, request.args.get("state", ""), COMPONENT, states.own_session(), now=now)
            own = own_channel(taken.channel)
            _file(tx, own, request.args.get("auth_code", ""), now=now)
    except StateRefused as refused:
        log.warning("return_refused", way=COMPONENT, problem=refused.problem, address=request.remote_addr)
        flash(STATE_PROBLEMS[refused.problem], "error")
        return redirect(desk_of(signed_in()), 303)
    except ValueError:
        flash(_("WeChat led back without a code. Nothing was connected; try again."), "error")
        return redirect(url_for("unit.connect", channel=own.id), 303)
    return redirect(url_for("unit.connect", channel=own.id), 303)


def _file(tx: Transaction, channel: Channel, code: str, *, now: datetime) -> None:
    """Raises ValueError where there is no code."""
    if CODE.fullmatch(code) is None:
        raise ValueError("no code")
    fields = {SEALED: seal(site().settings, code)}
    try:
        file_in(tx, Platform.COMPONENT, channel=channel.id, fields=fields, by=signed_in().actor, now=now)
    except ConnectRefused:
        abort(404)  # it is no WeChat account by now


def _code(filed: Filed, *, now: datetime) -> str:
    """The code that came of it, while it is good; empty else."""
    outcome = filed.outcome
    if outcome is None or not outcome.published or datetime.fromisoformat(outcome.published) <= now:
        return ""
    return unseal(site().settings, outcome.text) or ""


def _there(channel: Channel, code: str, *, now: datetime) -> str:
    """Where this person authorises; with the way back, which counts once, for this session and this channel."""
    settings = site().settings
    state = states.sign(channel.id, COMPONENT, states.own_session(), now=now)
    back = url_for("unit.component_return", state=state, _external=True)
    return settings.origin_of(HOST) + authorising_path(settings.wechat_component_appid, code=code, back=back)
