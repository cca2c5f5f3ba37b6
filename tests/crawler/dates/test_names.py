"""crawler.dates.names: months by their names, in any language around us."""

import pytest

from crawler.dates.names import MONTH_NUMBERS, MONTHS


@pytest.mark.parametrize(
    ("name", "month"),
    [("sept", 9), ("ott", 10), ("juil", 7), ("märz", 3), ("июля", 7), ("temmuz", 7), ("październik", 10), ("σεπ", 9)],
)
def test_a_month_is_known_by_its_name(name: str, month: int) -> None:
    assert MONTH_NUMBERS[name] == month


def test_no_name_means_two_months() -> None:
    names = [name for line in MONTHS for name in line.split()]

    assert len(names) == len(set(names)) == len(MONTH_NUMBERS)
