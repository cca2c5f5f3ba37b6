"""config.checks: a file is checked as what it holds; a deployment's own as what each is set as."""

from pathlib import Path

import pytest

from config.checks import check_file, check_own_files, kind_of
from config.errors import ConfigRefused
from config.settings import SHIPPED, Settings


@pytest.mark.parametrize(
    ("name", "kind", "words"),
    [
        ("policy", "policy", "rules"),
        ("taxonomy", "taxonomy", "10 topics, 20 districts"),
        ("editions", "editions", "8 editions"),
        ("synonyms", "synonyms", "groups of synonyms"),
        ("units", "whitelist", "149 units, 119 channels"),
    ],
)
def test_a_shipped_file_is_known_by_what_it_holds(name: str, kind: str, words: str) -> None:
    path = SHIPPED / f"{name}.yaml"

    assert kind_of(path) == kind
    assert check_file(path, Settings()).endswith(words)


def test_the_faults_of_all_files_are_said_at_once(tmp_path: Path) -> None:
    names = ("policy", "editions", "synonyms", "units")
    policy, editions, synonyms, units = (tmp_path / f"{name}.yaml" for name in names)
    for path in (policy, editions, synonyms, units):
        path.write_text("surprise: 1\n", encoding="utf-8")
    settings = Settings(policy_file=policy, editions_file=editions, synonyms_file=synonyms, units_file=units)

    with pytest.raises(ConfigRefused) as refused:
        check_own_files(settings)

    assert [Path(problem.file).stem for problem in refused.value.problems if problem.field == "surprise"] == [
        "policy",
        "editions",
        "synonyms",
        "units",
    ]


def test_without_a_taxonomy_no_district_is_called_wrong(tmp_path: Path) -> None:
    with pytest.raises(ConfigRefused) as refused:
        check_own_files(Settings(taxonomy_file=tmp_path / "missing.yaml"))

    assert [problem.what for problem in refused.value.problems] == ["cannot be read: No such file or directory"]
