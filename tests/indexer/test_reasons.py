"""indexer.reasons: what nobody can see is no reason."""

import pytest

from indexer.reasons import is_reason


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "\u3000\u00a0\u2003",
        "\t\n\r",
        "\u200b\u200c\u200d\u2060\ufeff",
        "\u00ad\u034f\u061c\u180e",
        "\u115f\u1160\u3164\uffa0",
        "\u2800",
        "\ufe0f\U000e0100",
        "\u202e\u2066",
        "\0\x7f",
        "\ud800",
    ],
)
def test_what_nobody_can_see_is_no_reason(text: str) -> None:
    assert not is_reason(text)


@pytest.mark.parametrize("text", ["材料齐全", "a", " \u200b。", "🙂", "1", "…", "（）"])
def test_one_visible_character_is_a_reason(text: str) -> None:
    assert is_reason(text)
