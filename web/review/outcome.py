"""What became of the last move of this session: announced once, kept so that every page can offer to take it back."""

from dataclasses import asdict, dataclass
from datetime import timedelta

from flask import session
from flask_babel import gettext as _

from indexer.base import times
from indexer.records import outbox
from web.app.site import site

KEY, TITLE_CHARS = "outcome", 40
PROMPT = timedelta(seconds=10)  # what waits longer for the index does so because the worker or the engine is away


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """text: the one sentence to say. item and decision, or batch: what can be taken back, where anything can.

    following: id of the item where work goes on in the list. is_fresh: not announced yet.
    """

    text: str
    item: str = ""
    decision: str = ""
    batch: str = ""
    following: str = ""
    is_fresh: bool = True


def tell(outcome: Outcome) -> None:
    """Have the next page of the desk announce it, in the place of what was told before."""
    session[KEY] = asdict(outcome)


def of_search() -> str:
    """Return what is to be said of search beside a decision: nothing, where it follows within a moment as it should."""
    with site().database.reading() as tx:
        waits_since = outbox.oldest(tx)
    if waits_since is None or times.now() - waits_since < PROMPT:
        return ""
    return " " + str(_("Decided. The search is resting and will follow."))


def forget() -> None:
    """There is nothing to take back any more."""
    session.pop(KEY, None)


def short(title: str) -> str:
    """Return the beginning of a title: the session is a cookie."""
    return title if len(title) <= TITLE_CHARS else f"{title[:TITLE_CHARS]}…"


def for_templates() -> dict[str, object]:
    """Give the desk's templates the last outcome, None where there is none; what was shown once is no news again."""
    kept = session.get(KEY)
    if kept is None:
        return {"outcome": None}
    outcome = Outcome(**kept)
    if outcome.is_fresh:
        session[KEY] = kept | {"is_fresh": False}
    return {"outcome": outcome}
