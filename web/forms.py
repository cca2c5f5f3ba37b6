"""What may come back from a form, with its limits."""

from flask_wtf import FlaskForm
from wtforms import IntegerField, PasswordField, SelectField, SelectMultipleField, StringField
from wtforms.validators import EqualTo, InputRequired, Length, NumberRange, Optional

from indexer.items import Move, State, WhitelistStatus
from indexer.people import PASSWORD_CHARS

WORDS_CHARS = 500
LARGEST = 2**31 - 1  # of a whole number that the records hold
ANY_PASSWORD = Length(max=PASSWORD_CHARS.stop - 1)
EDITOR_MOVES = [str(move) for move in (Move.APPROVE, Move.HOLD, Move.REJECT, Move.WITHDRAW)]


class SignInForm(FlaskForm):  # type: ignore[misc] # Flask-WTF carries no types
    """Name and password."""

    name = StringField(validators=[InputRequired(), Length(max=100)])
    password = PasswordField(validators=[InputRequired(), ANY_PASSWORD])
    next = StringField(validators=[Optional(), Length(max=2000)])


class PasswordForm(FlaskForm):  # type: ignore[misc]
    """One's own password: the present one, and the new one twice."""

    old = PasswordField(validators=[InputRequired(), ANY_PASSWORD])
    new = PasswordField(validators=[InputRequired()])
    again = PasswordField(validators=[InputRequired(), EqualTo("new")])


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
    version = IntegerField(validators=[InputRequired(), NumberRange(min=1, max=LARGEST)])


class BatchForm(ReasonedForm):
    """One move on several items, each `id@version` as the editor saw it."""

    move = SelectField(choices=[str(Move.APPROVE), str(Move.REJECT)], validators=[InputRequired()])
    chosen = SelectMultipleField(validate_choice=False, validators=[Length(max=100)])


class StatusForm(FlaskForm):  # type: ignore[misc]
    """A step of a channel's whitelist status."""

    after = SelectField(choices=[str(status) for status in WhitelistStatus], validators=[InputRequired()])
    licence = StringField(validators=[Optional(), Length(max=200)])
    why = StringField(validators=[InputRequired(), Length(max=WORDS_CHARS)])
    back = StringField(validators=[Optional(), Length(max=2000)])
