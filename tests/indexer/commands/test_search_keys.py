"""`carnival index keys`: both keys are printed as settings; the master key is asked for and kept nowhere."""

import pytest
from click.testing import CliRunner

from indexer.commands.search_keys import keys_command
from indexer.commands.status import index_group
from tests.simulators.meilisearch import MeilisearchSimulator

MASTER = "a-master-key-of-sixteen-bytes"
ASKED = ["keys", "--master-key-stdin"]


def test_both_keys_are_printed_as_settings_and_the_same_again(monkeypatch: pytest.MonkeyPatch) -> None:
    simulator = MeilisearchSimulator(master=MASTER)
    with simulator as url:
        monkeypatch.setenv("CARNIVAL_MEILISEARCH_URL", url)
        told, again = (CliRunner().invoke(index_group, ASKED, input=f"{MASTER}\n") for _ in range(2))

    names = [line.partition("=")[0] for line in told.stdout.splitlines()]
    assert names == ["CARNIVAL_MEILISEARCH_KEY", "CARNIVAL_MEILISEARCH_SEARCH_KEY"]
    assert MASTER not in told.output
    assert again.stdout == told.stdout


def test_a_wrong_key_or_none_is_refused_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    with MeilisearchSimulator(master=MASTER) as url:
        monkeypatch.setenv("CARNIVAL_MEILISEARCH_URL", url)
        wrong = CliRunner().invoke(index_group, ASKED, input="wrong\n")
    nothing = CliRunner().invoke(index_group, ASKED, input="\n")

    assert (wrong.exit_code, wrong.stdout) == (2, "")
    assert "API key is invalid" in wrong.stderr
    assert (nothing.exit_code, "No master key was given" in nothing.stderr) == (1, True)


def test_it_is_a_command_of_the_index() -> None:
    assert index_group.commands["keys"] is keys_command
