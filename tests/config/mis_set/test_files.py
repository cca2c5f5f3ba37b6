"""The files that a deployment reads, named before work begins."""

from pathlib import Path

import pytest

from tests.config.mis_set.commands import CHECKS, LONG_RUNNING, Refusal


@pytest.mark.parametrize("words", [*LONG_RUNNING, CHECKS, ("demo", "prepare")], ids=" ".join)
@pytest.mark.parametrize("name", ["POLICY", "TAXONOMY", "EDITIONS", "SYNONYMS", "UNITS"])
@pytest.mark.parametrize(
    ("content", "what"), [(None, "cannot be read: No such file"), ("- surprise\n", "is no mapping of keys to values")]
)
def test_a_bad_or_missing_file_is_named_before_work_begins(
    words: tuple[str, ...],
    name: str,
    content: str | None,
    what: str,
    refusal: Refusal,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(f"CARNIVAL_{name}_FILE", "mine.yaml")
    if content:
        (tmp_path / "mine.yaml").write_text(content, encoding="utf-8")

    line = refusal(*words)

    assert line.startswith("mine.yaml:")
    assert what in line
    assert not (tmp_path / "data").exists()
