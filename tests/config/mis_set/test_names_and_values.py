"""Names and values of settings, and the name that costs one line of warning."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.config.mis_set.commands import CHECKS, MAKES, READS, UP, Refusal


@pytest.mark.parametrize("words", [*READS, *MAKES, UP, CHECKS, ("demo", "prepare")], ids=" ".join)
def test_a_mistyped_variable_is_named_with_the_nearest_right_one(
    words: tuple[str, ...], refusal: Refusal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CARNIVAL_DATA_FODLER", "elsewhere")

    line = refusal(*words)

    assert line == "environment: CARNIVAL_DATA_FODLER: is no setting. Did you mean `CARNIVAL_DATA_FOLDER`?"
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"CARNIVAL_PROT=9000\n", ".env: CARNIVAL_PROT: is no setting. Did you mean `CARNIVAL_PORT`?"),
        (b"A=1\nthis is no setting\n", ".env:2: is no line `NAME=value`. Correct or remove it."),
        ("CARNIVAL_SITE_NAME=云端".encode("gbk"), ".env:1: is not in UTF-8 from this line on. Save"),
    ],
)
@pytest.mark.parametrize("words", [("status",), ("web",), ("up",)], ids=" ".join)
def test_an_environment_file_that_cannot_be_read_is_named(
    words: tuple[str, ...], content: bytes, line: str, refusal: Refusal, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_bytes(content)

    assert refusal(*words).startswith(line)


def test_an_environment_file_without_the_right_to_read_it_is_named(
    refusal_without_rights: Refusal, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text("CARNIVAL_PORT=9000\n", encoding="utf-8")
    (tmp_path / ".env").chmod(0)

    assert refusal_without_rights("status") == ".env: cannot be read: Permission denied. Check the path."


@pytest.mark.parametrize(
    ("variable", "value", "what"),
    [
        ("CARNIVAL_DEMO_PORT", "abc", "'abc' is no whole number"),
        ("CARNIVAL_MEILISEARCH_URL", "127.0.0.1:7700", "'127.0.0.1:7700' is no web address"),
        ("CARNIVAL_EMBEDDER", "nano", "'nano' is not known here"),
    ],
)
def test_a_wrong_value_is_named_by_its_variable(
    variable: str, value: str, what: str, refusal: Refusal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, value)

    assert refusal("up").startswith(f"environment: {variable}: {what}")


def test_a_name_far_from_every_setting_costs_one_line_of_warning(
    records: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CARNIVAL_XYZZY", "1")
    monkeypatch.setenv("CARNIVAL_FIXTURES", "/nowhere")
    monkeypatch.setenv("CARNIVAL_TEST_ANYTHING", "1")
    done = subprocess.run(
        [sys.executable, "-m", "config", "users", "list"], capture_output=True, text=True, timeout=60, check=False
    )

    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.splitlines() == [
        "environment: CARNIVAL_XYZZY: is no setting, and is not used; docs/settings.md lists those there are"
    ]
