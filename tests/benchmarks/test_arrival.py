"""The figures of `make bench-arrival`, however few arrivals are asked for."""

import sys

import pytest

from tests.benchmarks.arrival import main, p95_of


@pytest.mark.parametrize(("seconds", "p95"), [([3.0], 3.0), ([1.0, 2.0], 1.95), ([float(n) for n in range(21)], 19.0)])
def test_the_95th_percentile_is_told_of_any_number_of_arrivals(seconds: list[float], p95: float) -> None:
    assert p95_of(seconds) == pytest.approx(p95)


def test_no_arrival_at_all_is_refused_in_words(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["arrival", "--pushes", "0"])

    with pytest.raises(SystemExit):
        main()

    assert "--pushes: at least one of each kind" in capsys.readouterr().err
