"""indexer.health.causes: whose business a trouble is, and whether waiting helps."""

import pytest

from indexer.catalogue.platform_words import PlatformCase
from indexer.catalogue.troubles import CASE, WORDS, RefusalReason, Trouble
from indexer.health.causes import is_of_connection, is_stale, needs_person, waits_for_tomorrow, whose
from indexer.health.conditions import Whose

ALL = [Trouble(reason=reason, facts={CASE: case}) for reason, case in WORDS]


def platform(case: PlatformCase) -> Trouble:
    return Trouble(reason=RefusalReason.PLATFORM, facts={CASE: case.value})


@pytest.mark.parametrize("trouble", ALL, ids=lambda trouble: f"{trouble.reason}-{trouble.case}")
def test_what_passes_by_itself_and_what_needs_a_person_are_two_things(trouble: Trouble) -> None:
    assert not (needs_person(trouble) and waits_for_tomorrow(trouble))
    assert not (needs_person(trouble) and "不用处理" in WORDS[trouble.reason, trouble.case])


def test_only_of_a_platform_calls_can_be_spent_a_bridge_stand_still_and_an_authorisation_end() -> None:
    others = [trouble for trouble in ALL if trouble.reason is not RefusalReason.PLATFORM]

    assert not any(waits_for_tomorrow(each) or is_stale(each) or is_of_connection(each) for each in others)


@pytest.mark.parametrize(
    ("trouble", "who"),
    [
        (None, Whose.ORGANISER),
        (Trouble(reason=RefusalReason.PROGRAM_FAULT), Whose.ORGANISER),
        (platform(PlatformCase.UNKNOWN_CODE), Whose.ORGANISER),
        (platform(PlatformCase.IP_NOT_ALLOWED), Whose.UNIT),
        (Trouble(reason=RefusalReason.HOST_SILENT), Whose.UNIT),
    ],
)
def test_most_troubles_are_their_units_business(trouble: Trouble | None, who: Whose) -> None:
    assert whose(trouble) is who
