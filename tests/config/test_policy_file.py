"""config.policy_file: rules are read again where their file changed; a faulty one changes nothing."""

import os
from pathlib import Path

import pytest

from config.errors import ConfigRefused
from config.policy import Policy
from config.policy_file import PolicyFile

RULE = "{id: r, version: %d, kind: words, severity: low, message: m, basis: b, words: [最好]}"


def write(path: Path, text: str, *, at: int) -> Path:
    path.write_text(text, encoding="utf-8")
    os.utime(path, ns=(at, at))  # two writes may fall into one tick of the file system's clock
    return path


def rules(version: int) -> str:
    return f"version: 1\nrules:\n  - {RULE % version}\n"


def test_a_changed_file_is_read_again_and_an_unchanged_one_is_not(tmp_path: Path) -> None:
    path = write(tmp_path / "p.yaml", rules(1), at=1)
    policies = PolicyFile(path)
    first, again = policies.read(), policies.read()
    write(path, rules(2), at=2)

    assert first is again
    assert [rule.version for rule in policies.read().rules] == [2]


def test_a_file_that_is_faulty_by_now_leaves_the_rules_and_is_named(tmp_path: Path) -> None:
    path = write(tmp_path / "p.yaml", rules(1), at=1)
    policies = PolicyFile(path)
    first = policies.read()
    write(path, rules(1).replace("words: [最好]", "words: []"), at=2)

    assert policies.read() is first
    assert "p.yaml:3: rules[0].words" in policies.trouble
    write(path, rules(3), at=3)
    assert [rule.version for rule in policies.read().rules] == [3]
    assert policies.trouble == ""


def test_a_file_that_is_gone_leaves_the_rules(tmp_path: Path) -> None:
    path = write(tmp_path / "p.yaml", rules(1), at=1)
    policies = PolicyFile(path)
    first = policies.read()
    path.unlink()

    assert policies.read() is first


def test_the_first_file_must_be_right(tmp_path: Path) -> None:
    with pytest.raises(ConfigRefused):
        PolicyFile(write(tmp_path / "p.yaml", "version: 1\nrules: 3\n", at=1)).read()


def test_rules_that_were_given_stay(tmp_path: Path) -> None:
    given = Policy(version=1)

    assert PolicyFile(tmp_path / "missing.yaml", given=given).read() is given
