"""indexer.commands.operators: a command is signed by the user of its process."""

import os

import pytest

from indexer.base.actors import operator
from indexer.commands.operators import this_operator

NAMES = ("LOGNAME", "USER", "LNAME", "USERNAME")  # in the order in which Python looks
NOBODY = 2_000_000_011  # no machine knows a user of this number


def test_a_command_is_signed_by_the_user_s_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", "operator-a")

    assert this_operator() == operator("operator-a")


def test_where_the_machine_knows_no_name_it_is_signed_by_the_number(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(os, "getuid", lambda: NOBODY)

    assert this_operator() == operator(f"uid {NOBODY}")
