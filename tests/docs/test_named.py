"""What README, the root pages and docs/ name is there: files, folders, modules, links, commands, options, settings."""

import re
import shlex
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path

import click
import pytest

from config.environment import PREFIX
from config.pages.commands import commands
from config.settings import Settings
from tests.docs.pages import FENCE, PAGES, ROOT, code_spans, fenced, name

ROOMS = ("config", "indexer", "crawler", "web", "tests", "docs")
PLANS = re.compile(r"^## Plans$.*?(?=^## |\Z)", re.MULTILINE | re.DOTALL)  # rooms that are not built yet
PATH = re.compile(rf"(?:{'|'.join(ROOMS)})/[\w./*-]*|[\w-]+\.(?:py|yaml|html|po|toml)")
MODULE = re.compile(rf"(?:{'|'.join(ROOMS)})(?:\.[a-z_]\w*)+")
WORD = re.compile(r"[a-z][a-z-]*")
COMMANDS = dict(commands())
OPTIONS = {"--help", "-h"}


def missing_paths(text: str) -> list[str]:
    """Return the paths in backticks that name nothing: from a room on, or a file's name alone, wherever it lies."""
    named = {span.rstrip("/") for span in code_spans(PLANS.sub("", text)) if PATH.fullmatch(span)}
    return sorted(path for path in named if not list(ROOT.glob(path)) and not _lies_below(path))


def _lies_below(path: str) -> bool:
    return "/" not in path and any(list((ROOT / room).rglob(path)) for room in ROOMS)


def missing_modules(text: str) -> list[str]:
    """Return the dotted names, in backticks or after `python -m`, that lead to no module and to nothing in one."""
    spans = [*code_spans(PLANS.sub("", text)), *re.findall(r"python3? -m ([\w.]+)", text)]
    return sorted({span for span in spans if MODULE.fullmatch(span) and not _leads_somewhere(span.split("."))})


def _leads_somewhere(steps: list[str]) -> bool:
    for end in range(len(steps), 0, -1):
        place = ROOT.joinpath(*steps[:end])
        if place.is_dir():
            return end == len(steps)
        if (file := place.with_suffix(".py")).is_file():
            return end == len(steps) or re.search(rf"\b{steps[end]}\b", file.read_text(encoding="utf-8")) is not None
    return False


def broken_links(page: Path, text: str) -> list[str]:
    """Return the links to no file of the project, or to no heading of it."""
    targets = re.findall(r"\]\(([^)\s]+)\)", FENCE.sub("", text))
    inside = [target for target in targets if not re.match(r"[a-z]+:", target)]
    return [target for target in inside if not _is_there(page, *target.partition("#")[::2])]


def _is_there(page: Path, path: str, heading: str) -> bool:
    goal = page.parent / path if path else page
    if not goal.exists() or not heading:
        return goal.exists()
    titles = re.findall(r"^#+ (.+)$", goal.read_text(encoding="utf-8"), re.MULTILINE)
    return heading in {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}


def calls(text: str) -> Iterator[str]:
    """Yield each call of the command line in backticks or in a fenced block, from `carnival` to the end."""
    lines = [
        line for kind in ("console", "text", "bash") for block in fenced(text, kind) for line in block.splitlines()
    ]
    for written in [*code_spans(text), *lines]:
        for call in re.split(r"[|;]|&&", written):
            if found := re.match(r"(?:\$ )?(carnival(?: .*)?)$", " ".join(call.split())):
                yield found[1]


def wrong_words(call: str) -> list[str]:
    """Return the first word that is no command, and the options that the command does not take."""
    words = shlex.split(call.replace("'", ""), comments=True)
    said, command = "carnival", COMMANDS["carnival"]
    for word in takewhile(WORD.fullmatch, words[1:]):
        if not isinstance(command, click.Group):
            break
        said = f"{said} {word}"
        if said not in COMMANDS:
            return [word]
        command = COMMANDS[said]
    parameters = command.get_params(click.Context(command))
    known = OPTIONS | {name for one in parameters for name in (*one.opts, *one.secondary_opts)}
    return [word for word in words if word.startswith("-") and word.partition("=")[0] not in known]


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_path_and_module_that_a_page_names_is_there(page: Path) -> None:
    text = page.read_text(encoding="utf-8")

    assert missing_paths(text) == []
    assert missing_modules(text) == []


@pytest.mark.parametrize("page", sorted([*PAGES, *ROOT.glob("docs/*/*.md")]), ids=name)
def test_every_link_of_a_page_leads_to_a_file_and_its_heading(page: Path) -> None:
    assert broken_links(page, page.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_command_that_a_page_names_is_one_and_takes_these_options(page: Path) -> None:
    named = calls(page.read_text(encoding="utf-8"))

    assert {call: wrong for call in named if (wrong := wrong_words(call))} == {}


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_setting_that_a_page_names_is_one(page: Path) -> None:
    named = set(re.findall(rf"\b{PREFIX}[A-Z_]*[A-Z]\b", page.read_text(encoding="utf-8")))

    assert named - {f"{PREFIX}{field.upper()}" for field in Settings.model_fields} == set()


def test_a_page_that_names_what_is_not_there_is_noticed(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# One head\n", encoding="utf-8")

    called = calls("`carnival units admit X` `carnival status --jsn` `carnival units list --json`")

    assert missing_paths("`web/no.py`, `web/app/factory.py`, `nobody.py`, `taxonomy.yaml`, `a/b`") == [
        "nobody.py",
        "web/no.py",
    ]
    assert missing_modules("`web.no`, `config.settings`, `config.settings.no_such`") == [
        "config.settings.no_such",
        "web.no",
    ]
    assert broken_links(page, "[a](no.md) [b](page.md#one-head) [c](#two) [d](https://a.example)") == ["no.md", "#two"]
    assert [wrong_words(call) for call in called] == [["admit"], ["--jsn"], []]
