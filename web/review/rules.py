"""The rules as editors see them; administrators switch them, after a replay, with a reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from wtforms import SelectField, StringField
from wtforms.validators import InputRequired, Length, Optional

from config.policy import AnyRule, Policy
from indexer.base import times
from indexer.base.changes import Change, ChangeKind
from indexer.people.rights import Right, may
from indexer.records import ledger
from indexer.records.findings import hits_since
from indexer.understanding.embeddings.model_folder import ModelMissing
from indexer.understanding.switched import OFF, ON, STATE, switched
from web.app.access import signed_in
from web.app.forms import WORDS_CHARS
from web.app.site import site

if TYPE_CHECKING:
    from indexer.understanding.policies.check import Meaning
    from indexer.understanding.replaying.replay import Replayed

LATELY = timedelta(days=30)
DECISIONS = 500  # a replay on a page looks at; `carnival policy backtest` at as many as one asks for


class SwitchForm(FlaskForm):  # type: ignore[misc] # Flask-WTF carries no types
    """Where a rule is to stand, and why."""

    state = SelectField(choices=[ON, OFF], validators=[InputRequired()])
    why = StringField(validators=[Optional(), Length(max=WORDS_CHARS)])


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One rule. hits: versions that it found something in, of those checked lately. last: its last switch."""

    rule: AnyRule
    is_on: bool
    hits: int
    last: Change | None


def show() -> str:
    """All rules of the file, in its order."""
    policies = site().policies
    return render_template("review/rules.html", rows=list(_rows()), trouble=policies.trouble, days=LATELY.days)


def look(rule: str) -> str:
    """One rule: its examples, and what it would do with the pieces that were decided on last."""
    return _page(_row(rule))


def change(rule: str) -> ResponseReturnValue:
    """Switch it; a refusal shows what was typed again."""
    row, form = _row(rule), SwitchForm()
    if not form.validate():
        return _page(row, problem=_("The form was not complete. Nothing was decided.")), 400
    from indexer.understanding.switches import SwitchRefused, switch  # as in _replayed

    is_on, why, by = form.state.data == ON, form.why.data or "", signed_in().actor
    try:
        policy = site().policies.read()
        switch(site().database, policy, rule, on=is_on, why=why, by=by, now=times.now(), meaning_of=_meaning)
    except ModelMissing:
        return _page(row, problem=_("The model that this rule reads by cannot be loaded."), typed=why), 503
    except SwitchRefused:
        stands_so = row.is_on is is_on
        problem = _("It stands so already.") if stands_so else _("This needs a reason. Choose one or write your own.")
        return _page(row, problem=problem, typed=why), 409
    flash(_("Rule %(rule)s is switched. Findings are made anew in the background.", rule=rule))
    return redirect(url_for("review.rules"), 303)


def _rows() -> Sequence[Row]:
    since = times.now() - LATELY
    with site().database.reading() as tx:
        hits, stands = hits_since(tx, since), switched(tx)
        last = ledger.newest_of_each(tx, ChangeKind.RULE_SWITCHED)
    return [_stood(rule, stands, hits, last) for rule in site().policies.read().rules]


def _stood(rule: AnyRule, stands: Mapping[str, bool], hits: Mapping[str, int], last: Mapping[str, Change]) -> Row:
    is_on = stands.get(rule.id, not rule.draft)
    return Row(rule=rule, is_on=is_on, hits=hits.get(rule.id, 0), last=last.get(rule.id))


def _row(rule: str) -> Row:
    return next((row for row in _rows() if row.rule.id == rule), None) or abort(404)


def _page(row: Row, *, problem: str = "", typed: str = "") -> str:
    return render_template(
        "review/rule.html",
        row=row,
        said=_replayed(row.rule),
        problem=problem,
        typed=typed,
        may_switch=may(signed_in(), Right.RULES),
        days=LATELY.days,
        state=STATE,
    )


def _meaning(policy: Policy) -> "Meaning":
    """Return the vectors of rules by examples: as a rule those that the worker has kept, without the model."""
    from indexer.understanding.by_examples import opened_meaning  # as in _replayed

    return opened_meaning(policy, site().settings)


def _replayed(rule: AnyRule) -> "Replayed | None":
    """Return what it does with past decisions; None where it reads by a model that cannot be loaded."""
    from indexer.understanding.replaying.replay import (
        replay,  # it brings what checks stand on, which no other page needs
    )

    policy = site().policies.read().model_copy(update={"rules": (rule,)})
    try:
        return replay(site().database, policy, limit=DECISIONS, meaning=_meaning(policy))[0]
    except ModelMissing:
        return None
