"""crawler.feeds.bylines: names of authors without their mail."""

import pytest

from crawler.feeds.bylines import NAMES_AT_MOST, byline_of


@pytest.mark.parametrize(
    ("written", "names"),
    [
        (["desk@a.example (王芳)"], "王芳"),
        (["王芳 <desk@a.example>"], "王芳"),
        (["desk@a.example"], ""),
        (["王芳", "李明", "王芳"], "王芳, 李明"),
        (["  王芳\n 李明 "], "王芳 李明"),
        ([], ""),
    ],
)
def test_names_stand_once_and_without_mail(written: list[str], names: str) -> None:
    assert byline_of(written) == names


def test_a_byline_has_a_bounded_number_of_names() -> None:
    assert len(byline_of(f"王{number}" for number in range(1000)).split(", ")) == NAMES_AT_MOST
