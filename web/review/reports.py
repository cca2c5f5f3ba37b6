"""Readers' reports as editors see them: beside the item, and all that are open in one list."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from wtforms import SelectField, StringField
from wtforms.validators import InputRequired, Length, Optional

from indexer.base import times
from indexer.base.ids import ItemId
from indexer.records import reports as records
from indexer.records.database import Transaction
from indexer.reports import desk as reports
from indexer.reports.desk import ANSWER_CHARS, STEPS, ReportProblem, ReportRefused
from indexer.reports.tickets import Report, ReportId, ReportState, ReportStep, shown_ticket
from web.app.access import is_local, signed_in
from web.app.rendering import moment
from web.app.site import site
from web.shown.labels import label, report_refusal
from web.shown.pager import asked_page, pager

PAGE_SIZE, BESIDE_ITEM = 30, 20


class StepForm(FlaskForm):  # type: ignore[misc] # Flask-WTF carries no types
    """A step of a report from the state that the editor saw."""

    state = SelectField(choices=[str(state) for state in ReportState], validators=[InputRequired()])
    after = SelectField(choices=[str(ReportState.SEEN), str(ReportState.RESOLVED)], validators=[InputRequired()])
    answer = StringField(validators=[Optional(), Length(max=ANSWER_CHARS * 10)])
    back = StringField(validators=[Optional(), Length(max=2000)])


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A report with its steps, the title of the version it was made on, and the steps that are open now."""

    report: Report
    ticket: str
    title: str
    steps: Sequence[ReportStep]
    moves: Sequence[ReportState]


def show() -> str:
    """The open reports, oldest first; by `?state=resolved` those that were answered."""
    return _list()


def step(report: str) -> ResponseReturnValue:
    """Take a report on: note that it was seen, or answer it. A refusal shows what was typed again."""
    wanted, form = ReportId(report), StepForm(request.form)
    with site().database.reading() as tx:
        if records.report(tx, wanted) is None:
            abort(404)
    if not form.validate():
        return _list(wanted=wanted, problem=_("The form was not complete. Nothing was done.")), 400
    after = ReportState(form.after.data)
    try:
        reports.take_step(
            site().database,
            wanted,
            seen=ReportState(form.state.data),
            after=after,
            who=signed_in().name,
            answer=form.answer.data or "",
            now=times.now(),
        )
    except ReportRefused as refused:
        status = 409 if refused.problem is ReportProblem.STALE else 400
        return _list(wanted=wanted, problem=problem_words(refused)), status
    flash(_("The report is now: %(state)s.", state=label(after)), "done")
    return redirect(form.back.data if is_local(form.back.data) else url_for("review.reports"))


def problem_words(refused: ReportRefused) -> str:
    """Return why a step was not made; of a stale one, who did what meanwhile."""
    words, latest = report_refusal(refused.problem), refused.latest
    if latest is None:
        return words
    return f"{words} {latest.who} · {moment(latest.at)} · {label(latest.after)} {latest.answer}".strip()


def rows_of(tx: Transaction, found: Sequence[Report]) -> list[Row]:
    """Return reports as the desk shows them."""
    steps = records.steps(tx, [one.id for one in found])
    titles = records.titles(tx, steps)
    return [
        Row(
            report=one,
            ticket=shown_ticket(one.ticket),
            title=titles[one.id],
            steps=steps[one.id],
            moves=STEPS[one.state],
        )
        for one in found
    ]


def for_templates() -> dict[str, object]:
    """Give the desk's templates how many reports are open in all."""
    return {"open_reports": open_reports, "answer_chars": ANSWER_CHARS}


def on_item(tx: Transaction, item: ItemId) -> list[Row]:
    """Return the reports on an item, open ones first."""
    found = records.of_item(tx, item, limit=BESIDE_ITEM)
    return rows_of(tx, found) if found else []


def open_reports() -> int:
    """Return how many reports wait for an answer."""
    with site().database.reading() as tx:
        return records.count(tx, records.OPEN)


def _list(*, wanted: ReportId | None = None, problem: str = "") -> str:
    """The list; with a problem, the report that it is about stands alone, with what was typed."""
    page, is_closed = asked_page(), request.args.get("state") == ReportState.RESOLVED
    states = (ReportState.RESOLVED,) if is_closed else records.OPEN
    with site().database.reading() as tx:
        total = records.count(tx, states)
        if wanted is None:
            found = records.page(tx, states, limit=PAGE_SIZE, offset=(page - 1) * PAGE_SIZE)
        else:
            found = [one for one in [records.report(tx, wanted)] if one]
        rows = rows_of(tx, found)
    return render_template(
        "review/reports_list.html",
        rows=rows,
        is_closed=is_closed,
        problem=problem,
        typed=request.form.get("answer", ""),
        pager=None if wanted else pager(total, size=PAGE_SIZE, page=page),
    )
