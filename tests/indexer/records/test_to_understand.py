"""indexer.records.to_understand: what nobody understood comes first, and a recipe finds what another one did."""

from collections.abc import Callable
from datetime import datetime, timedelta

from indexer.base.ids import ItemId
from indexer.catalogue.intake import take_in
from indexer.catalogue.items import Candidate
from indexer.records import to_understand, understood
from indexer.records.database import Database
from indexer.understanding.results import Facet, Tag

OURS, OTHER = "recipe-b", "recipe-a"
MODEL = "model-a"
FIRST = Tag(facet=Facet.TOPIC, id="it", score=0.9)
SECOND = Tag(facet=Facet.TOPIC, id="water", score=0.5)
BY_PERSON = Tag(facet=Facet.TOPIC, id="it", score=1.0, by="编辑甲")
Save = Callable[..., bool]


def test_what_nobody_understood_is_claimed_before_what_another_recipe_did_and_both_once(
    database: Database, taken: list[ItemId], save: Save, now: datetime
) -> None:
    old, new = taken
    save(old, recipe=OTHER)

    with database.transaction() as tx:
        asked = {"now": now, "limit": 5, "recipe": OURS, "read_at": now}
        claims = [to_understand.claim_waiting(tx, holder=holder, **asked) for holder in ("a", "b", "c")]  # type: ignore[arg-type]

        assert [[item.id for item, _ in claim] for claim in claims] == [[new], [old], []]
        assert to_understand.give_back(tx, holder="a") == 1
        assert [item.id for item, _ in to_understand.claim_waiting(tx, holder="c", **asked)] == [new]  # type: ignore[arg-type]


def test_what_waits_and_what_differs_is_counted_and_what_came_after_the_recipe_is_left_out(
    database: Database, taken: list[ItemId], save: Save, now: datetime
) -> None:
    old, new = taken
    save(old, recipe=OTHER)

    with database.reading() as tx:
        assert (to_understand.count_waiting(tx), to_understand.count_differing(tx, recipe=OURS, read_at=now)) == (1, 1)
        assert [item.id for item, _ in to_understand.waiting(tx, 5)] == [new]
        assert [item.id for item, _ in to_understand.differing(tx, 5, recipe=OURS, read_at=now)] == [old]
        assert to_understand.is_differing(tx, recipe=OURS, read_at=now)
        assert not to_understand.is_differing(tx, recipe=OTHER, read_at=now)
        assert not to_understand.is_differing(tx, recipe=OURS, read_at=now - timedelta(seconds=1))
        assert [item.id for item, _ in understood.all_latest(tx, after=old, limit=5)] == [new]


def test_what_somebody_waits_for_is_claimed_before_what_is_older(
    database: Database, taken: list[ItemId], make_candidate: Callable[..., Candidate], now: datetime
) -> None:
    pushed = make_candidate(url="http://a.example/pushed.html")
    awaited = take_in(database, pushed, now=now, is_awaited=True).item

    with database.transaction() as tx:
        asked = {"now": now, "limit": 5, "recipe": OURS, "read_at": now}
        claims = [to_understand.claim_waiting(tx, holder=holder, **asked) for holder in ("a", "b")]  # type: ignore[arg-type]

    assert [[item.id for item, _ in claim] for claim in claims] == [[awaited], taken]


def test_what_is_to_be_checked_again_waits_and_keeps_what_no_rule_said(
    database: Database, taken: list[ItemId], save: Save, now: datetime
) -> None:
    old, new = taken
    save(old, recipe="policy:a|taxonomy:b")

    with database.transaction() as tx:
        to_understand.check_again(tx, old, 1)
        to_understand.check_again(tx, new, 1)

        assert understood.recipes(tx, [old, new]) == {(old, 1): "taxonomy:b", (new, 1): None}
        assert [item.id for item, _ in to_understand.waiting(tx, 5)] == [old, new]
