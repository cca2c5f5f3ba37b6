"""A data folder that cannot be, cannot be written to, or was mistyped."""

from pathlib import Path

import pytest

from tests.config.mis_set.commands import MAKES, READS, UP, Refusal


@pytest.mark.parametrize("words", [*MAKES, UP], ids=" ".join)
@pytest.mark.parametrize(
    ("folder", "what"),
    [
        ("list.yaml", "list.yaml is or lies in a file"),
        ("list.yaml/data", "list.yaml/data is or lies in a file"),
        ("/proc/data", "the folder /proc/data cannot be made"),
    ],
)
def test_a_data_folder_that_cannot_be_is_named(
    words: tuple[str, ...], folder: str, what: str, refusal: Refusal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CARNIVAL_DATA_FOLDER", folder)

    assert refusal(*words).startswith(f"environment: CARNIVAL_DATA_FOLDER: {what}")


@pytest.mark.parametrize("words", READS, ids=" ".join)
@pytest.mark.parametrize("folder", ["list.yaml", "/proc/data", "daat"])
def test_a_mistyped_data_folder_is_named_and_not_made_by_what_only_reads(
    words: tuple[str, ...], folder: str, refusal: Refusal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CARNIVAL_DATA_FOLDER", folder)
    before = sorted(tmp_path.rglob("*"))

    line = refusal(*words)

    assert line.startswith(f"CARNIVAL_DATA_FOLDER: there are no records at {folder}/carnival.db. Correct")
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize(
    "words", [("web",), ("up", "--no-demo"), ("crawl",), ("units", "import", "list.yaml", "--yes")]
)
def test_a_read_only_data_folder_is_named(
    words: tuple[str, ...], refusal_without_rights: Refusal, tmp_path: Path
) -> None:
    (tmp_path / "data").mkdir(mode=0o500)

    line = refusal_without_rights(*words)

    assert line.startswith("environment: CARNIVAL_DATA_FOLDER: the folder data cannot be written to.")
