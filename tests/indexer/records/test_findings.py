"""indexer.records.findings: what rules found, by rule, by version and by severity."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from config.words import Severity
from indexer.catalogue.items import Item
from indexer.records.database import Database
from indexer.records.findings import RulesFound, findings, findings_of, hits_since, on_hold_of, rules_found
from indexer.understanding.results import Finding


def test_how_often_a_rule_hit_lately_is_counted_by_version(
    database: Database, make_item: Callable[..., Item], now: datetime
) -> None:
    one = Finding(
        rule="a", rule_version=1, severity=Severity.LOW, where="text", start=0, end=1, excerpt="甲", message="核对"
    )
    make_item(findings=(one, one, replace(one, rule="b")))

    with database.reading() as tx:
        assert hits_since(tx, now) == {"a": 1, "b": 1}
        assert hits_since(tx, now + timedelta(seconds=1)) == {}


def test_what_is_on_hold_is_told_by_the_severity_of_its_findings(
    database: Database, make_item: Callable[..., Item]
) -> None:
    held = Finding(
        rule="a", rule_version=2, severity=Severity.HOLD, where="text", start=0, end=1, excerpt="甲", message="核对"
    )
    item = make_item(findings=(held, replace(held, rule="b", severity=Severity.HIGH), held))

    with database.reading() as tx:
        assert on_hold_of(tx, [item.id, item.id]) == {(item.id, 1)}
        assert findings(tx, item.id, 1) == findings_of(tx, [item.id])[item.id, 1]
        assert rules_found(tx, item.id, 1) == RulesFound(("a@2", "b@2", "a@2"), ("a@2",))
