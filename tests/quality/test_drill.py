"""The drill of kills: the places where it waits are there, whatever has been renamed since."""

import sys

import pytest

from tests.quality import drill_kill
from tests.quality.drill_child import LOOKS, RUNNER, STAGES
from tests.quality.drill_kill import LOOK_MOMENTS, MOMENTS


@pytest.mark.parametrize("stage", STAGES)
def test_each_stage_is_a_function_that_is_there(stage: str) -> None:
    module, name = STAGES[stage]

    assert callable(getattr(module, name, None))


def test_each_moment_is_of_a_stage() -> None:
    assert {stage for stage, _, _ in (*MOMENTS, *LOOK_MOMENTS)} == set(STAGES)
    assert {stage for stage, _, _ in LOOK_MOMENTS} == set(LOOKS)
    assert set(RUNNER) < set(STAGES)


def test_words_that_no_stage_begins_with_are_no_success(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["drill", "no such stage"])

    with pytest.raises(SystemExit, match="no such stage"):
        drill_kill.main()
