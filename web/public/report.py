"""Telling the editors what is wrong with an item, and looking a ticket up: no account, nothing personal shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from wtforms import SelectField, StringField
from wtforms.validators import InputRequired, Length

from indexer.base import times
from indexer.base.ids import ItemId
from indexer.catalogue.items import Version
from indexer.records import public
from indexer.records import reports as records
from indexer.records.database import Transaction
from indexer.reports import desk as reports
from indexer.reports.desk import CONTACT_CHARS, WORDS_CHARS, ReportProblem, ReportRefused, Told
from indexer.reports.tickets import ReportKind, ReportState, Ticket, read_ticket, shown_ticket
from web.app.limits import REPORT, TICKET, limiter
from web.app.site import site
from web.shown.labels import report_refusal

TRAP = "homepage"  # a field that people do not see: what fills it in is a machine
STATUSES = {ReportProblem.NOT_PUBLIC: 404, ReportProblem.TOO_MANY: 429}


class ReportForm(FlaskForm):  # type: ignore[misc] # Flask-WTF carries no types
    """What a reader says of an item. Twice the length is read, so that a text that is too long is refused in words."""

    kind = SelectField(choices=[str(kind) for kind in ReportKind], validators=[InputRequired()])
    words = StringField(validators=[Length(max=WORDS_CHARS * 10)])
    contact = StringField(validators=[Length(max=CONTACT_CHARS * 10)])


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """What the holder of a ticket may know. steps: state, moment and answer of each. title: None unless public now."""

    ticket: str
    kind: ReportKind
    state: ReportState
    steps: Sequence[tuple[ReportState, datetime, str]]
    item: ItemId
    title: str | None


@limiter.limit(REPORT, methods=["POST"])
def report(item: str) -> ResponseReturnValue:
    """The form, and what comes back from it; a report that was taken leads to its ticket."""
    wanted = ItemId(item)
    with site().database.reading() as tx:
        found = public.public_item(tx, wanted)
    if found is None:
        abort(404)
    version = found[1]
    if request.method != "POST":
        return _form(version)
    form = ReportForm(request.form)
    if request.form.get(TRAP):
        abort(400)
    if not form.validate():
        return _form(version, problem=_("Choose what is wrong and say it in a few words."), status=400)
    told = Told(kind=ReportKind(form.kind.data), words=form.words.data or "", contact=form.contact.data or "")
    try:
        taken = reports.hand_in(site().database, item=wanted, told=told, now=times.now())
    except ReportRefused as refused:
        return _form(version, problem=report_refusal(refused.problem), status=STATUSES.get(refused.problem, 400))
    return redirect(url_for("public.reports", ticket=shown_ticket(taken.ticket)), 303)


@limiter.limit(TICKET)
def look_up() -> ResponseReturnValue:
    """How far the report of a ticket has come."""
    typed = request.args.get("ticket", "")[:40].strip()
    ticket = read_ticket(typed)
    progress = None
    if ticket is not None:
        with site().database.reading() as tx:
            progress = progress_of(tx, ticket)
    is_unknown = bool(typed) and progress is None
    page = render_template("public/reports.html", typed=typed, progress=progress, is_unknown=is_unknown)
    return page, 404 if is_unknown else 200


def progress_of(tx: Transaction, ticket: Ticket) -> Progress | None:
    """Return how far the report of a ticket has come, also where its item is not public any more; None if unknown."""
    found = records.by_ticket(tx, ticket)
    if found is None:
        return None
    shown = public.public_item(tx, found.item)
    taken = (ReportState.RECEIVED, found.at, "")
    steps = [(step.after, step.at, step.answer) for step in records.steps(tx, [found.id])[found.id]]
    return Progress(
        ticket=shown_ticket(ticket),
        kind=found.kind,
        state=found.state,
        steps=[taken, *steps],
        item=found.item,
        title=shown[1].title if shown else None,
    )


def _form(version: Version, *, problem: str | None = None, status: int = 200) -> tuple[str, int]:
    page = render_template(
        "public/report.html",
        version=version,
        kinds=list(ReportKind),
        typed={name: request.form.get(name, "") for name in ("kind", "words", "contact")},
        problem=problem,
        trap=TRAP,
        words_chars=WORDS_CHARS,
        contact_chars=CONTACT_CHARS,
    )
    return page, status
