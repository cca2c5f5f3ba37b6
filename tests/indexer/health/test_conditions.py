"""indexer.health.conditions: what rings an alarm wants a person, and each condition has its place."""

from indexer.health.conditions import DISCONNECTED, GRADES, ORDER, RINGS, Condition, Diagnosis, Grade
from indexer.health.records import AlarmKind


def test_every_condition_has_a_place_and_a_grade() -> None:
    assert set(ORDER) == set(GRADES) == set(Condition)


def test_what_rings_is_wrong_and_every_alarm_is_rung_by_something() -> None:
    assert {condition for condition, grade in GRADES.items() if grade is Grade.WRONG} == set(RINGS)
    assert set(RINGS.values()) == set(AlarmKind)


def test_what_a_person_ended_rings_nothing() -> None:
    ended = Diagnosis(condition=Condition.ENDED, facts={"case": DISCONNECTED})

    assert (ended.alarm, ended.grade) == (None, Grade.NOTE)
