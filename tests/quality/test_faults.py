"""The table of deliberate faults names places and tests that are there; `make faults` tries them."""

import sys

import pytest

from tests.quality import faults
from tests.quality.faults import FAULTS, OURS, ROOT, Fault, address_of_test, file_with


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.what)
def test_every_fault_has_its_place_and_its_test(fault: Fault) -> None:
    file_with(ROOT, OURS, fault.anchor)

    assert address_of_test(ROOT, fault).endswith(f"::{fault.test}")


def test_an_anchor_that_is_gone_is_named() -> None:
    with pytest.raises(SystemExit, match="should stand once: it stands in nowhere"):
        file_with(ROOT, OURS, "this text stands nowhere at all")


def test_words_that_no_fault_holds_are_no_success(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["faults", "no such words"])
    monkeypatch.setattr(faults, "passes", lambda *_: pytest.fail("no test is to be run"))

    assert faults.main() == 1
    assert "no such words" in capsys.readouterr().out
