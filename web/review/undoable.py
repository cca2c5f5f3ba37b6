"""The last decision of this session, kept so that every page of the desk can offer to take it back."""

from flask import session

from indexer.items import Decision

KEY, TITLE_CHARS = "undoable", 40


def remember(decision: Decision, title: str) -> None:
    """Keep what can be taken back now."""
    session[KEY] = {"item": decision.item, "move": str(decision.move), "title": title[:TITLE_CHARS]}


def forget() -> None:
    """Nothing can be taken back any more."""
    session.pop(KEY, None)


def for_templates() -> dict[str, object]:
    """Give the desk's templates what can be taken back, None where nothing can."""
    return {"undoable": session.get(KEY)}
