"""The whitelist as editors keep it: the status of channels, and which WeChat account a channel is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import assert_never

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from indexer import times
from indexer import whitelist as use_cases
from indexer.items import Channel, ChannelId, Unit, WhitelistChange, WhitelistStatus
from indexer.reasons import is_reason
from indexer.records import channels, seen_accounts
from indexer.records.database import Transaction
from indexer.records.seen_accounts import SeenAccount
from indexer.wechat_accounts import WechatAccount, account_of
from web.access import is_local, signed_in
from web.forms import AccountForm, StatusForm
from web.labels import label
from web.pager import asked_page, pager
from web.public.whitelist import NAME_CHARS, matching
from web.rendering import moment
from web.site import site

PAGE_SIZE = 30
REFUSED, STALE = 400, 409
S = WhitelistStatus
STEPS: Mapping[WhitelistStatus, tuple[WhitelistStatus, ...]] = {
    S.APPLIED: (S.APPROVED, S.REVOKED),
    S.APPROVED: (S.SUSPENDED, S.REVOKED),
    S.SUSPENDED: (S.APPROVED, S.REVOKED),
    S.REVOKED: (S.APPROVED,),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A channel, its unit, the steps of its status, and the steps that are open now.

    account: the WeChat account that it is known to be. seen: those that wait to be confirmed.
    """

    channel: Channel
    unit: Unit
    changes: Sequence[WhitelistChange]
    moves: Sequence[tuple[WhitelistStatus, str]]
    account: WechatAccount | None
    seen: Sequence[SeenAccount]


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
        rows = [_row(tx, channel, units[channel.unit]) for channel in fitting[(page - 1) * PAGE_SIZE :][:PAGE_SIZE]]
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
    if after not in STEPS[seen]:
        return _again(wanted, form, _("That step is not open from this status. Nothing was changed."), code=REFUSED)
    licence = (form.licence.data or "").strip() or None
    if after is WhitelistStatus.APPROVED and not (licence or known.licence):
        words = _("A channel is approved with its licence. Enter the licence's reference.")
        return _again(wanted, form, words, code=REFUSED)
    try:
        take_step(wanted, seen=seen, after=after, why=form.why.data.strip(), licence=licence)
    except use_cases.WhitelistStale as stale:
        return _again(wanted, form, _meanwhile(stale), code=STALE)
    except use_cases.WhitelistRefused as refused:
        return _again(wanted, form, _("The status was not changed: %(why)s", why=str(refused)), code=REFUSED)
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
        use_cases.confirm_account(site().database, wanted, account, who=signed_in().name, now=times.now())
    except use_cases.WhitelistStale as stale:
        return _again(wanted, None, _meanwhile(stale), code=STALE)
    except use_cases.WhitelistRefused as refused:
        return _again(wanted, None, _("The account was not confirmed: %(why)s", why=str(refused)), code=REFUSED)
    words = _("The account of %(name)s is %(account)s. Push its articles again.", name=known.name, account=str(account))
    flash(words, "done")
    return redirect(_back(form))


def take_step(
    channel: ChannelId, *, seen: WhitelistStatus, after: WhitelistStatus, why: str, licence: str | None
) -> None:
    """Make the step in the name of the person who asks. Raises WhitelistRefused, WhitelistStale."""
    database, who, now = site().database, signed_in().name, times.now()
    match after:
        case WhitelistStatus.APPROVED:
            use_cases.approve(database, channel, who=who, why=why, now=now, licence=licence, seen=seen)
        case WhitelistStatus.SUSPENDED:
            use_cases.suspend(database, channel, who=who, why=why, now=now, seen=seen)
        case WhitelistStatus.REVOKED:
            use_cases.revoke(database, channel, who=who, why=why, now=now, seen=seen)
        case WhitelistStatus.APPLIED:
            raise use_cases.WhitelistRefused("a channel does not go back to `applied`")
        case _:
            assert_never(after)


def moves(status: WhitelistStatus) -> list[tuple[WhitelistStatus, str]]:
    """Return the steps from a status, each with the word on its button."""
    words = {
        WhitelistStatus.APPROVED: _("Approve channel"),
        WhitelistStatus.SUSPENDED: _("Suspend"),
        WhitelistStatus.REVOKED: _("Revoke"),
    }
    return [(after, words[after]) for after in STEPS[status]]


def _known(wanted: ChannelId) -> Channel:
    with site().database.reading() as tx:
        known = channels.channel(tx, wanted)
    return known or abort(404)


def _row(tx: Transaction, channel: Channel, unit: Unit) -> Row:
    return Row(
        channel=channel,
        unit=unit,
        changes=channels.status_changes(tx, channel.id),
        moves=moves(channel.status),
        account=account_of(channel),
        seen=seen_accounts.seen_of(tx, channel.id),
    )


def _page(rows: Sequence[Row], **values: object) -> str:
    plain: dict[str, object] = {"name": "", "chosen": "", "total": len(rows), "typed": None}
    plain["pager"] = pager(len(rows), size=PAGE_SIZE, page=1)
    return render_template("review/whitelist.html", rows=rows, statuses=list(WhitelistStatus), **plain | values)


def _again(wanted: ChannelId, form: StatusForm | None, words: str, *, code: int) -> ResponseReturnValue:
    """The channel as it stands now, with what was typed still in its form, and why nothing was changed."""
    with site().database.reading() as tx:
        channel = channels.channel(tx, wanted) or abort(404)
        rows = [_row(tx, channel, unit) for unit in channels.units(tx) if unit.id == channel.unit]
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
