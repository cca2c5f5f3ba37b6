"""A refused move as a page says it: which item, why, and who did what meanwhile."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from indexer.base.ids import ItemId
from indexer.review.records import Move
from indexer.review.states import Happened, MoveRefused
from web.app.rendering import moment
from web.shown.labels import label, refusal_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """why: what to do about it. meanwhile: one line for each thing done since the item was looked at."""

    why: str
    item: ItemId | None = None
    title: str = ""
    meanwhile: Sequence[str] = ()


def refusal(refused: MoveRefused, title: str) -> Refusal:
    """Return a refusal in the reader's language."""
    return Refusal(
        why=refusal_words(refused.problem),
        item=ItemId(refused.item),
        title=title,
        meanwhile=[_line(one) for one in refused.meanwhile],
    )


def _line(done: Happened) -> str:
    when = moment(done.at)
    if done.move is Move.EDIT:
        return str(_("Edited at the source, %(when)s", when=when))
    who = _("%(who)s: %(move)s, %(when)s", who=done.who, move=label(done.move), when=when)
    return f"{who} · {done.why}" if done.why else str(who)
