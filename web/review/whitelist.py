"""The whitelist as editors keep it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import assert_never

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from indexer import times
from indexer import whitelist as use_cases
from indexer.items import Channel, ChannelId, Unit, WhitelistChange, WhitelistStatus
from indexer.records import channels
from web.access import is_local, signed_in
from web.forms import StatusForm
from web.labels import label
from web.pager import asked_page, pager
from web.public.whitelist import NAME_CHARS, matching
from web.site import site

PAGE_SIZE = 30
S = WhitelistStatus
STEPS: Mapping[WhitelistStatus, tuple[WhitelistStatus, ...]] = {
    S.APPLIED: (S.APPROVED, S.REVOKED),
    S.APPROVED: (S.SUSPENDED, S.REVOKED),
    S.SUSPENDED: (S.APPROVED, S.REVOKED),
    S.REVOKED: (S.APPROVED,),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A channel, its unit, the steps of its status, and the steps that are open now."""

    channel: Channel
    unit: Unit
    changes: Sequence[WhitelistChange]
    moves: Sequence[tuple[WhitelistStatus, str]]


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
        shown = fitting[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
        rows = [
            Row(
                channel=channel,
                unit=units[channel.unit],
                changes=channels.status_changes(tx, channel.id),
                moves=moves(channel.status),
            )
            for channel in shown
        ]
    return render_template(
        "review/whitelist.html",
        rows=rows,
        name=name,
        chosen=status,
        statuses=list(WhitelistStatus),
        total=len(fitting),
        pager=pager(len(fitting), size=PAGE_SIZE, page=page),
    )


def change(channel: str) -> ResponseReturnValue:
    """Make one step of a channel's status."""
    form, wanted = StatusForm(), ChannelId(channel)
    back = form.back.data if is_local(form.back.data) else url_for("review.whitelist")
    with site().database.reading() as tx:
        known = channels.channel(tx, wanted)
    if known is None:
        abort(404)
    if not form.validate():
        flash(_("Say why the status changes. Nothing was changed."), "error")
        return redirect(back)
    after = WhitelistStatus(form.after.data)
    licence = (form.licence.data or "").strip() or None
    if after is WhitelistStatus.APPROVED and not (licence or known.licence):
        flash(_("A channel is approved with its licence. Enter the licence's reference."), "error")
        return redirect(back)
    try:
        take_step(wanted, after=after, why=form.why.data.strip(), licence=licence)
    except use_cases.WhitelistRefused as refused:
        flash(_("The status was not changed: %(why)s", why=str(refused)), "error")
        return redirect(back)
    flash(_("%(name)s is now: %(status)s.", name=known.name, status=label(after)), "done")
    return redirect(back)


def take_step(channel: ChannelId, *, after: WhitelistStatus, why: str, licence: str | None) -> None:
    """Make the step in the name of the person who asks. Raises WhitelistRefused."""
    database, who, now = site().database, signed_in().name, times.now()
    match after:
        case WhitelistStatus.APPROVED:
            use_cases.approve(database, channel, who=who, why=why, now=now, licence=licence)
        case WhitelistStatus.SUSPENDED:
            use_cases.suspend(database, channel, who=who, why=why, now=now)
        case WhitelistStatus.REVOKED:
            use_cases.revoke(database, channel, who=who, why=why, now=now)
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
