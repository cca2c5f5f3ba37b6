"""What became of the last move of this session: announced once, kept so that every page can offer to take it back."""

from dataclasses import asdict, dataclass

from flask import session

KEY, TITLE_CHARS = "outcome", 40


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
