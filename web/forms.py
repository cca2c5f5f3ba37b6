"""What may come back from a form, with its limits."""

from flask_wtf import FlaskForm
from wtforms import IntegerField, PasswordField, SelectField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from indexer.items import Move, State, WhitelistStatus

WORDS_CHARS = 500
EDITOR_MOVES = [str(move) for move in (Move.APPROVE, Move.HOLD, Move.REJECT, Move.WITHDRAW)]


class SignInForm(FlaskForm):  # type: ignore[misc] # Flask-WTF carries no types
    """Name and password."""

    name = StringField(validators=[InputRequired(), Length(max=100)])
    password = PasswordField(validators=[InputRequired(), Length(max=200)])
    next = StringField(validators=[Optional(), Length(max=2000)])


class ReasonedForm(FlaskForm):  # type: ignore[misc]
    """A usual reason, own words, or both; and where to go back to."""

    reason = StringField(validators=[Optional(), Length(max=100)])
    words = StringField(validators=[Optional(), Length(max=WORDS_CHARS)])
    back = StringField(validators=[Optional(), Length(max=2000)])

    @property
    def why(self) -> str:
        """Reason and words in one line; empty where neither was given."""
        parts = [(self.reason.data or "").strip(), (self.words.data or "").strip()]
        return "：".join(part for part in parts if part)


class DecideForm(ReasonedForm):
    """One move on the version that the editor saw, in the state it had then."""

    state = SelectField(choices=[str(state) for state in State], validators=[InputRequired()])
    move = SelectField(choices=EDITOR_MOVES, validators=[InputRequired()])
    version = IntegerField(validators=[InputRequired(), NumberRange(min=1)])


class BatchForm(ReasonedForm):
    """One move on several items, each `id@version` as the editor saw it."""

    move = SelectField(choices=[str(Move.APPROVE), str(Move.REJECT)], validators=[InputRequired()])
    chosen = SelectMultipleField(validate_choice=False, validators=[Length(max=100)])


class StatusForm(FlaskForm):  # type: ignore[misc]
    """A step of a channel's whitelist status, from the status that the page showed."""

    status = SelectField(choices=[str(status) for status in WhitelistStatus], validators=[InputRequired()])
    after = SelectField(choices=[str(status) for status in WhitelistStatus], validators=[InputRequired()])
    licence = StringField(validators=[Optional(), Length(max=200)])
    why = StringField(validators=[InputRequired(), Length(max=WORDS_CHARS)])
    back = StringField(validators=[Optional(), Length(max=2000)])


class AccountForm(FlaskForm):  # type: ignore[misc]
    """The WeChat account that an editor confirms as a channel's, just as the page showed it."""

    biz = StringField(validators=[Optional(), Length(max=100)])
    original_id = StringField(validators=[Optional(), Length(max=100)])
    name = StringField(validators=[Optional(), Length(max=300)])
    back = StringField(validators=[Optional(), Length(max=2000)])
