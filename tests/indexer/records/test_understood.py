"""indexer.records.understood: what machines said is replaced whole, what people said stays."""

from collections.abc import Callable
from datetime import datetime

from config.words import Severity
from indexer.base.ids import ItemId
from indexer.records import to_understand, understood
from indexer.records.database import Database
from indexer.records.findings import findings, findings_of
from indexer.understanding.results import Facet, Finding, Tag

OURS, OTHER = "recipe-b", "recipe-a"
MODEL, VECTOR = "model-a", b"\1"
FIRST = Tag(facet=Facet.TOPIC, id="it", score=0.9)
SECOND = Tag(facet=Facet.TOPIC, id="water", score=0.5)
BY_PERSON = Tag(facet=Facet.TOPIC, id="it", score=1.0, by="编辑甲")
Save = Callable[..., bool]


def finding(rule: str) -> Finding:
    return Finding(
        rule=rule, rule_version=1, severity=Severity.LOW, where="text", start=0, end=2, excerpt="月球", message="示例"
    )


def test_what_was_said_of_a_version_is_read_alone_and_with_others(
    database: Database, taken: list[ItemId], save: Save, now: datetime
) -> None:
    item, other = taken

    assert save(item, tags=[SECOND, FIRST], findings=[finding("b"), finding("a")], vector=VECTOR, recipe=OURS)

    with database.reading() as tx:
        assert understood.tags(tx, item, 1) == [FIRST, SECOND]
        assert understood.tags_of(tx, taken) == {(item, 1): [FIRST, SECOND]}
        assert understood.tags_of_versions(tx, {item: 1, other: 1}) == {item: (FIRST, SECOND)}
        assert [one.rule for one in findings(tx, item, 1)] == ["b", "a"]
        assert findings_of(tx, taken) == {(item, 1): [finding("b"), finding("a")]}
        assert [(one, vector) for _, one, vector in understood.vectors(tx, MODEL)] == [(item, VECTOR)]
        assert understood.vectors_of(tx, MODEL, taken) == {item: VECTOR}
        assert [understood.vector_of(tx, one) for one in taken] == [(MODEL, VECTOR), None]
        assert understood.recipes(tx, taken) == {(item, 1): OURS, (other, 1): None}
        assert understood.understood_of(tx, taken) == {(item, 1)}
        assert [understood.is_understood(tx, one, 1) for one in taken] == [True, False]


def test_a_second_saying_replaces_the_first_but_for_a_tag_that_a_person_set(
    database: Database, taken: list[ItemId], save: Save
) -> None:
    item = taken[0]
    save(item, tags=[BY_PERSON], findings=[finding("phone")], vector=VECTOR)

    save(item, tags=[FIRST, SECOND], findings=[], vector=None)

    with database.reading() as tx:
        assert understood.tags(tx, item, 1) == [BY_PERSON, SECOND]
        assert findings(tx, item, 1) == []
        assert understood.vectors(tx, MODEL) == []


def test_renewed_findings_leave_tags_and_vector_as_they_are(
    database: Database, taken: list[ItemId], save: Save, now: datetime
) -> None:
    item = taken[0]
    save(item, tags=[FIRST], findings=[finding("phone")], vector=VECTOR, recipe=OTHER)

    with database.transaction() as tx:
        assert understood.renew(tx, item, 1, tags=None, findings=[finding("new")], recipe=OURS, at=now)

        assert understood.tags(tx, item, 1) == [FIRST]
        assert findings(tx, item, 1) == [finding("new")]
        assert [(one, vector) for _, one, vector in understood.vectors(tx, MODEL)] == [(item, VECTOR)]
        assert understood.recipes(tx, [item]) == {(item, 1): OURS}


def test_who_lost_a_claim_writes_nothing(database: Database, taken: list[ItemId], save: Save, now: datetime) -> None:
    item = taken[0]
    with database.transaction() as tx:
        to_understand.claim_waiting(tx, holder="a", now=now, limit=1, recipe=OURS, read_at=now)

    assert not save(item, holder="b")
    with database.transaction() as tx:
        assert not understood.renew(tx, item, 1, tags=[FIRST], findings=None, recipe=OURS, at=now, holder="b")
        assert understood.tags(tx, item, 1) == []
    assert save(item, holder="a")
