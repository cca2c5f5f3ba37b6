"""indexer.understanding.policies.look_alikes: which characters a reader takes for which."""

import pytest

from indexer.understanding.policies.look_alikes import disguises, look_alikes


@pytest.mark.parametrize(("right", "wrong"), ["日曰", "国囯", "普晋", "技枝", "高髙", "己已", "未末"])
def test_look_alikes_are_known(right: str, wrong: str) -> None:
    assert wrong in look_alikes()[right]


def test_no_character_is_its_own_look_alike_and_few_are_anothers() -> None:
    assert [one for one, others in look_alikes().items() if one in others] == []
    assert max(map(len, look_alikes().values())) < 20


def test_of_a_word_one_character_at_a_time_is_another() -> None:
    forms = list(disguises("科普日"))

    assert {"科晋日", "料普日", "科普曰"} <= set(forms)
    assert "料晋日" not in forms
    assert list(disguises("QQ")) == []
