"""What findings weigh."""

import pytest

from config.words import Severity
from indexer.understanding.results import MOST_WEIGHT, Finding, weight_of

H, L, N = Severity.HIGH, Severity.LOW, Severity.NOTE


def found(severity: Severity) -> Finding:
    return Finding(rule="r", rule_version=1, severity=severity, where="text", start=0, end=1, excerpt="", message="")


@pytest.mark.parametrize(
    ("severities", "weight"),
    [([], 0), ([N], 1), ([L, N], 101), ([H], 10_000), ([H, L], 10_100), ([H] * 200_000, MOST_WEIGHT)],
)
def test_a_version_weighs_what_its_findings_do_and_no_more_than_the_records_hold(
    severities: list[Severity], weight: int
) -> None:
    assert weight_of(map(found, severities)) == weight
