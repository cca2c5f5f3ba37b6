"""The site's forms, with the limits of their fields."""

import re

from flask_wtf import FlaskForm
from wtforms import IntegerField, PasswordField, SelectField, SelectMultipleField, StringField
from wtforms.validators import EqualTo, InputRequired, Length, NumberRange, Optional, ValidationError

from config.words import WhitelistStatus
from indexer.base.ids import ItemId
from indexer.catalogue.pushes import is_address
from indexer.people.sign_in import PASSWORD_CHARS
from indexer.review.desk import Pick
from indexer.review.reasons import words_of
from indexer.review.records import Move, State

WORDS_CHARS, ID_CHARS, PICKS = 500, 80, 100
PICK = re.compile(rf"(?P<item>[0-9a-z]{{1,80}})@(?P<version>[1-9][0-9]{{0,8}})@(?P<state>{'|'.join(State)})")
BATCH_MOVES = [str(move) for move in (Move.APPROVE, Move.HOLD, Move.REJECT)]
LARGEST = 2**31 - 1  # of a whole number that the records hold
ANY_PASSWORD = Length(max=PASSWORD_CHARS.stop - 1)
EDITOR_MOVES = [str(move) for move in (Move.APPROVE, Move.HOLD, Move.REJECT, Move.WITHDRAW)]


class VersionField(IntegerField):  # type: ignore[misc] # WTForms carries no types
    """A whole number that the records could hold; of a longer one WTForms' own check of the range breaks."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Raises ValueError, which WTForms takes for a field that is wrong."""
        if valuelist and len(valuelist[0]) > len(str(LARGEST)):
            raise ValueError("too many digits")
        super().process_formdata(valuelist)


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


def whole_address(_form: FlaskForm, field: StringField) -> None:
    """Raises ValidationError for what can be no page's address."""
    if not is_address(field.data or ""):
        raise ValidationError


class LinkForm(FlaskForm):  # type: ignore[misc]
    """The address of one page."""

    url = StringField(
        filters=[lambda typed: typed.strip() if typed else typed],
        validators=[InputRequired(), whole_address],
    )


class ReasonedForm(FlaskForm):  # type: ignore[misc]
    """A usual reason, own words, or both; and where to go back to."""

    reason = StringField(validators=[Optional(), Length(max=100)])
    words = StringField(validators=[Optional(), Length(max=WORDS_CHARS)])
    back = StringField(validators=[Optional(), Length(max=2000)])

    @property
    def why(self) -> str:
        """Reason and words in one line, as they are seen; empty where neither says anything."""
        parts = [words_of(self.reason.data or ""), words_of(self.words.data or "")]
        return "：".join(part for part in parts if part)


class DecideForm(ReasonedForm):
    """One move on the version that the editor saw, in the state it had then.

    shown: the list showed the whole piece. following: the item that the list goes on with. sure: asked about the pace,
    the editor goes on.
    """

    state = SelectField(choices=[str(state) for state in State], validators=[InputRequired()])
    move = SelectField(choices=EDITOR_MOVES, validators=[InputRequired()])
    version = VersionField(validators=[InputRequired(), NumberRange(min=1, max=LARGEST)])
    shown = StringField(validators=[Optional(), Length(max=1)])
    sure = StringField(validators=[Optional(), Length(max=1)])
    following = StringField(validators=[Optional(), Length(max=ID_CHARS)])


class WithdrawForm(ReasonedForm):
    """A unit takes down the piece that it saw, in the version and the state that it had then."""

    state = SelectField(choices=[str(state) for state in State], validators=[InputRequired()])
    version = VersionField(validators=[InputRequired(), NumberRange(min=1, max=LARGEST)])


class TagsForm(FlaskForm):  # type: ignore[misc]
    """The tags of an item as an editor wants them: its boxes. seen: those that the editor saw, of which version."""

    version = VersionField(validators=[InputRequired(), NumberRange(min=1, max=LARGEST)])
    seen = StringField(validators=[Optional(), Length(max=8_000)])


class TaggerForm(FlaskForm):  # type: ignore[misc]
    """The version of the tagger that is to speak; 0: what ships."""

    number = VersionField(validators=[InputRequired(), NumberRange(min=0, max=LARGEST)])


class UndoForm(FlaskForm):  # type: ignore[misc]
    """The decision that is to be taken back."""

    decision = StringField(validators=[InputRequired(), Length(max=ID_CHARS)])


class UndoBatchForm(FlaskForm):  # type: ignore[misc]
    """The batch that is to be taken back."""

    batch = StringField(validators=[InputRequired(), Length(max=ID_CHARS)])


class PieceForm(FlaskForm):  # type: ignore[misc]
    """Whether an item and another one are one piece."""

    JOIN, PART = "join", "part"

    other = StringField(validators=[InputRequired(), Length(max=ID_CHARS)])
    ruling = SelectField(choices=[JOIN, PART], validators=[InputRequired()])


class BatchForm(ReasonedForm):
    """One move on several items, each `id@version@state` as the editor saw it.

    shown: `id@version` of those that the list showed in full. confirmed: how many items the editor was asked about.
    """

    move = SelectField(choices=BATCH_MOVES, validators=[InputRequired()])
    chosen = SelectMultipleField(validate_choice=False, validators=[Length(max=PICKS)])
    shown = SelectMultipleField(validate_choice=False, validators=[Length(max=PICKS)])
    confirmed = IntegerField(validators=[Optional()])

    @property
    def picks(self) -> list[Pick] | None:
        """The chosen items, each once; None where one of them is not named as it was seen."""
        picks = [_pick(value) for value in dict.fromkeys(self.chosen.data or [])]
        whole = [pick for pick in picks if pick is not None]
        return whole if len(whole) == len(picks) else None


def _pick(value: str) -> Pick | None:
    named = PICK.fullmatch(value)
    if named is None:
        return None
    return Pick(item=ItemId(named["item"]), version=int(named["version"]), state=State(named["state"]))


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
