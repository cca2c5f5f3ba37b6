"""web.review.refusal: why a move was not made, and who did what meanwhile, in the reader's language."""

from datetime import UTC, datetime

import pytest
from flask import Flask

from indexer.review.records import Move, State
from indexer.review.states import Happened, MoveProblem, MoveRefused
from web.review.refusal import Refusal, refusal

AT = datetime(2026, 9, 17, 2, tzinfo=UTC)


def said(app: Flask, *meanwhile: Happened, lang: str = "en") -> Refusal:
    refused = MoveRefused(MoveProblem.STALE, item="i1", state=State.PENDING, meanwhile=meanwhile)
    with app.test_request_context(f"/?lang={lang}"):
        return refusal(refused, "月球车")


def test_a_refusal_names_the_item_and_what_to_do(app: Flask) -> None:
    found = said(app)

    assert (found.item, found.title, found.meanwhile) == ("i1", "月球车", [])
    assert found.why.startswith("The item changed after you opened it.")
    assert not said(app, lang="zh").why.isascii()


@pytest.mark.parametrize(
    ("happened", "line"),
    [
        (Happened(move=Move.APPROVE, who="编辑乙", why="", at=AT), ("编辑乙: approve, ", "10:00")),
        (Happened(move=Move.REJECT, who="编辑乙", why="广告", at=AT), ("编辑乙: reject, ", "10:00 · 广告")),
        (Happened(move=Move.EDIT, who="", why="", at=AT), ("Edited at the source, ", "10:00")),
    ],
)
def test_what_was_done_meanwhile_is_told_with_who_and_when(
    app: Flask, happened: Happened, line: tuple[str, str]
) -> None:
    (told,) = said(app, happened).meanwhile

    assert told.startswith(line[0])
    assert told.endswith(line[1])
