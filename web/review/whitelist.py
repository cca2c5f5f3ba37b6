"""The whitelist as editors keep it: the status of channels, and which WeChat account a channel is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from config.units.options import option_faults, own_options
from config.words import WhitelistStatus
from indexer.base import times
from indexer.base.ids import ChannelId, UnitId
from indexer.records import channels, seen_accounts
from indexer.records.database import Transaction
from indexer.records.seen_accounts import SeenAccount
from indexer.review.reasons import is_reason
from indexer.whitelist import desk as use_cases
from indexer.whitelist.records import Channel, Unit, WhitelistChange
from indexer.whitelist.states import ALLOWED, TOWARDS, WhitelistMove, WhitelistRefused, open_moves
from indexer.whitelist.wechat_accounts import WechatAccount, account_of
from web.app.access import is_local, signed_in
from web.app.forms import AccountForm, StatusForm
from web.app.rendering import moment
from web.app.site import site
from web.public.whitelist import NAME_CHARS, matching
from web.shown import filed
from web.shown.labels import label, whitelist_refusal
from web.shown.pager import asked_page, pager

PAGE_SIZE = 30
REFUSED, STALE = 400, 409


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A channel, its unit, the steps of its status, and the steps that are open now.

    account: the WeChat account that it is known to be. seen: those that wait to be confirmed. options: of its source,
    as they are written. wrong: names of those that the source cannot use.
    """

    channel: Channel
    unit: Unit
    changes: Sequence[WhitelistChange]
    moves: Sequence[tuple[WhitelistStatus, str]]
    account: WechatAccount | None
    seen: Sequence[SeenAccount]
    options: Mapping[str, str]
    wrong: Sequence[str]


def show() -> str:
    """The channels, filtered by name and status."""
    name, page = request.args.get("name", "")[:NAME_CHARS].strip(), asked_page()
    status = request.args.get("status", "")
    with site().database.reading() as tx:
        units = {unit.id: unit for unit in channels.units(tx)}
        every = channels.channels(tx)
        if name:
            wanted = {view.unit.id for view in matching(name, list(units.values()), every, limit=len(units))}
            every = [channel for channel in every if channel.unit in wanted]
        fitting = [channel for channel in every if status in ("", channel.status)]
        rows = _rows(tx, fitting[(page - 1) * PAGE_SIZE :][:PAGE_SIZE], units)
    pages = pager(len(fitting), size=PAGE_SIZE, page=page)
    return _page(rows, name=name, chosen=status, total=len(fitting), pager=pages, back=request.full_path)


def change(channel: str) -> ResponseReturnValue:
    """Make one step of a channel's status, from the status that its editor saw."""
    form, wanted = StatusForm(), ChannelId(channel)
    known = _known(wanted)
    form.validate()
    if "status" in form.errors or "after" in form.errors or "csrf_token" in form.errors:
        abort(REFUSED)
    if form.errors or not is_reason(form.why.data or ""):
        return _again(wanted, form, _("Say why the status changes. Nothing was changed."), code=REFUSED)
    seen, after = WhitelistStatus(form.status.data), WhitelistStatus(form.after.data)
    licence = (form.licence.data or "").strip() or None
    try:
        use_cases.step(
            site().database,
            wanted,
            TOWARDS[after],
            who=signed_in().actor,
            why=form.why.data,
            now=times.now(),
            licence=licence if after is WhitelistStatus.APPROVED else None,
            seen=seen,
        )
    except use_cases.WhitelistStale as stale:
        return _again(wanted, form, _meanwhile(stale), code=STALE)
    except WhitelistRefused as refused:
        return _again(wanted, form, whitelist_refusal(refused.problem), code=REFUSED)
    flash(_("%(name)s is now: %(status)s.", name=known.name, status=label(after)), "done")
    return redirect(_back(form))


def confirm(channel: str) -> ResponseReturnValue:
    """Confirm which WeChat account a channel is, as its editor saw it on the page."""
    form, wanted = AccountForm(), ChannelId(channel)
    known = _known(wanted)
    if not form.validate():
        abort(REFUSED)
    account = WechatAccount(biz=form.biz.data or "", original_id=form.original_id.data or "", name=form.name.data or "")
    try:
        use_cases.confirm_account(site().database, wanted, account, who=signed_in().actor, now=times.now())
    except use_cases.WhitelistStale as stale:
        return _again(wanted, None, _meanwhile(stale), code=STALE)
    except WhitelistRefused as refused:
        return _again(wanted, None, whitelist_refusal(refused.problem), code=REFUSED)
    words = _("The account of %(name)s is %(account)s. Push its articles again.", name=known.name, account=str(account))
    flash(words, "done")
    return redirect(_back(form))


def moves(status: WhitelistStatus) -> list[tuple[WhitelistStatus, str]]:
    """Return the steps from a status, each with the word on its button."""
    words = {
        WhitelistMove.APPROVE: _("Approve channel"),
        WhitelistMove.SUSPEND: _("Suspend"),
        WhitelistMove.REVOKE: _("Revoke"),
    }
    return [(ALLOWED[status, move].after, words[move]) for move in open_moves(status)]


def _known(wanted: ChannelId) -> Channel:
    with site().database.reading() as tx:
        known = channels.channel(tx, wanted)
    return known or abort(404)


def _rows(tx: Transaction, shown: Sequence[Channel], units: Mapping[UnitId, Unit]) -> list[Row]:
    ids = [channel.id for channel in shown]
    options = {channel.id: own_options(channel.options) for channel in shown}
    changes, seen = channels.status_changes_of(tx, ids), seen_accounts.seen_of_each(tx, ids)
    return [
        Row(
            channel=channel,
            unit=units[channel.unit],
            changes=changes.get(channel.id, ()),
            moves=moves(channel.status),
            account=account_of(channel),
            seen=seen.get(channel.id, ()),
            options=options[channel.id],
            wrong=[name for name, *_ in option_faults(channel.source, options[channel.id])],
        )
        for channel in shown
    ]


def _page(rows: Sequence[Row], **values: object) -> str:
    plain: dict[str, object] = {"name": "", "chosen": "", "total": len(rows), "typed": None}
    plain["pager"] = pager(len(rows), size=PAGE_SIZE, page=1)
    with site().database.reading() as tx:
        plain["tries"] = filed.tried(tx)
    return render_template("review/whitelist.html", rows=rows, statuses=list(WhitelistStatus), **plain | values)


def _again(wanted: ChannelId, form: StatusForm | None, words: str, *, code: int) -> ResponseReturnValue:
    """The channel as it stands now, with what was typed still in its form, and why nothing was changed."""
    with site().database.reading() as tx:
        channel = channels.channel(tx, wanted) or abort(404)
        rows = _rows(tx, [channel], channels.units_by_id(tx, [channel.unit]))
    typed = {"licence": form.licence.data or "", "why": form.why.data or ""} if form else None
    return _page(rows, typed=typed, trouble=words, back=_back(form)), code


def _meanwhile(stale: use_cases.WhitelistStale) -> str:
    """Who did what to the channel while this person looked at an older page."""
    now = _("%(name)s is now: %(status)s.", name=stale.channel.name, status=label(stale.channel.status))
    parts = [_("The channel changed after you opened it. Nothing was changed."), now]
    if last := stale.last:
        parts.append(_("%(who)s, %(when)s: %(why)s.", who=last.who, when=moment(last.at), why=last.why))
    return " ".join(parts)


def _back(form: StatusForm | AccountForm | None) -> str:
    asked = form.back.data if form else None
    return asked if asked and is_local(asked) else url_for("review.whitelist")
