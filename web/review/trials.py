"""Trying a site before it is a channel: its editor sees what the collector reads, corrects it, and saves it."""

from collections.abc import Mapping

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from pydantic import ValidationError
from wtforms import StringField
from wtforms.validators import DataRequired, Length

from config.units.entries import ChannelEntry
from config.units.options import OPTIONS
from config.words import ChannelKind
from indexer.base import times
from indexer.base.ids import UnitId
from indexer.records import channels, inbox
from indexer.records.database import Transaction
from indexer.records.inbox import InboxKind
from indexer.whitelist import desk as use_cases
from indexer.whitelist.states import WhitelistRefused
from indexer.whitelist.trials import Proposal
from web.app.access import signed_in
from web.app.limits import PUSH, limiter
from web.app.site import site
from web.review.proposing import TrialForm, trouble_of, typed_proposal, with_own_host
from web.shown import trials
from web.shown.labels import whitelist_refusal
from web.shown.trials import ShownTrial, options_in_form, source_words

REFUSED, TAKEN = 400, 409
NAME_CHARS = 100
WHY = "试采之后登记"  # of the whitelist's row, which is kept in Chinese
Units = Mapping[UnitId, str]
"""Short names of all units, read once for a page."""


class SaveForm(FlaskForm):  # type: ignore[misc]
    """What the channel is called; all else is what was tried."""

    name = StringField(validators=[DataRequired(), Length(max=NAME_CHARS)])


def show() -> str:
    """The form, and the trials asked for last."""
    with site().database.reading() as tx:
        return _start(tx, Proposal(address=""))


@limiter.limit(PUSH)
def file() -> ResponseReturnValue:
    """File the trial for the collector; its page waits for what is found."""
    form = TrialForm()
    proposal = typed_proposal(form)
    with site().database.reading() as tx:
        is_known = channels.unit(tx, proposal.unit or UnitId("")) is not None
        if trouble := trouble_of(form, proposal, is_known=is_known):
            return _start(tx, proposal, trouble=trouble), REFUSED
    payload, who = with_own_host(proposal).flat(), signed_in().name
    with site().database.transaction() as tx:
        filed = inbox.file(tx, InboxKind.TRY_CHANNEL, channel=None, payload=payload, who=who, at=times.now())
    return redirect(url_for("review.trial", trial=filed), 303)


def look(trial: str) -> str:
    """One trial: waiting, or what was found, with its form to correct and to save."""
    with site().database.reading() as tx:
        units = channels.unit_names(tx)
        return _page(_known(tx, trial, units), units)


def save(trial: str) -> ResponseReturnValue:
    """Save as a channel what was tried, with the status applied."""
    form = SaveForm()
    with site().database.reading() as tx:
        units = channels.unit_names(tx)
        known = _known(tx, trial, units)
    unit = known.proposal.unit
    if not known.can_be_saved or unit is None:
        return _page(known, units, trouble=_("Nothing was read that could be collected. Try it again first.")), REFUSED
    if not form.validate():
        return _page(known, units, trouble=_("Enter the name of the channel, up to 100 characters.")), REFUSED
    name = form.name.data.strip()
    try:
        entry = _entry(known, name)
    except ValidationError:
        words = _("This cannot be registered as it stands. Correct address and hosts, and try it again.")
        return _page(known, units, trouble=words, name=name), REFUSED
    try:
        made = use_cases.apply_for(site().database, unit, entry, who=signed_in().actor, why=WHY, now=times.now())
    except WhitelistRefused as refused:
        return _page(known, units, trouble=whitelist_refusal(refused.problem), name=name), TAKEN
    flash(
        _("%(name)s is saved. Its status is applied: approve it here once the licence is recorded.", name=made.name),
        "done",
    )
    return redirect(url_for("review.whitelist", name=known.unit), 303)


def _entry(known: ShownTrial, name: str) -> ChannelEntry:
    """What a whitelist file would say of the channel; of a WeChat account no address: its articles are pushed."""
    kind = known.trial.kind if known.trial else ChannelKind.SITE
    tried = known.tried
    return ChannelEntry(
        kind=kind,
        name=name,
        source=tried.source,
        address=tried.address if kind is ChannelKind.SITE else None,
        hosts=tried.hosts,
        path=tried.path,
        options=tried.options,
    )


def _known(tx: Transaction, trial: str, units: Units) -> ShownTrial:
    return trials.shown(tx, trial, units, now=times.now()) or abort(404)


def _start(tx: Transaction, typed: Proposal, *, trouble: str = "") -> str:
    units = channels.unit_names(tx)
    newest = trials.newest(tx, units, now=times.now())
    return render_template("review/trials.html", newest=newest, trouble=trouble, **_form(typed, units))


def _page(known: ShownTrial, units: Units, *, trouble: str = "", name: str = "") -> str:
    name = name or f"{known.unit}网站"
    rows = known.trial.rows[: trials.SHOWN_ROWS] if known.trial else ()
    form = _form(known.tried, units, found=known.trial.selector if known.trial else "")
    return render_template("review/trial.html", known=known, rows=rows, name=name, trouble=trouble, **form)


def _form(typed: Proposal, units: Units, *, found: str = "") -> Mapping[str, object]:
    return {
        "typed": typed,
        "units": units,
        "sources": [(kind, source_words(kind)) for kind in OPTIONS],
        "options": options_in_form(typed.source, typed.options, found=found),
        "source_words": source_words,
    }
