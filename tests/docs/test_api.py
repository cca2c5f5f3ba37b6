"""docs/api.md: every example is answered as it says, and no address, parameter or error is without a line."""

import json
import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from config.settings import Settings
from crawler.dates.read import read_time
from indexer.catalogue.items import CleanHtml, Item, Media, MediaKind
from indexer.people.accounts import User
from indexer.records.database import Database
from indexer.records.inbox import Became, Waiting
from indexer.review.records import Move
from indexer.search.factory import open_index
from indexer.search.publish import publish
from indexer.understanding.results import Facet, Tag
from tests.conftest import NOW
from tests.docs.pages import ROOT, fenced
from tests.programs import program_of
from tests.serving import site_of
from web.app.errors import NAMES
from web.app.factory import create_app
from web.app.limits import limiter
from web.shown.asked import FILTERS

TEXT = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
EXAMPLES = fenced(TEXT, "http")
SHELL = re.findall(r"^```bash\n(.*?)^```(?:\n\n```json\n(.*?)^```)?", TEXT, re.MULTILINE | re.DOTALL)
ANYTHING = "…"
FORMATS = ("/api/", "/feed.atom", "/healthz", "/robots.txt")  # what programs read; all else is a page


@pytest.fixture
def app(tmp_path: Path, database: Database) -> Flask:
    settings = Settings(data_folder=tmp_path)
    return create_app(settings, database=database, index=open_index(settings))


@pytest.fixture
def item(
    app: Flask,
    database: Database,
    make_item: Callable[..., Item],
    make_user: Callable[..., User],
    move_on: Callable[..., object],
) -> Item:
    """The one public item that the examples show."""
    made = make_item(
        author="李明",
        published=read_time("2026-09-16", chinese=True),
        html=CleanHtml("<p>月球的夜晚长达十四个地球日。</p>"),
        media=(Media(kind=MediaKind.IMAGE, url="http://a.example/rover.jpg"),),
        tags=(Tag(facet=Facet.TOPIC, id="science-education", score=0.9),),
    )
    move_on(made, Move.APPROVE, who=make_user())
    publish(database, open_index(app.extensions["carnival"].settings), now=NOW)
    return made


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def fits(written: object, answered: object) -> bool:
    """Tell whether an answer is what the page says, `…` standing for any text; objects hold the same keys."""
    if isinstance(written, dict) and isinstance(answered, dict):
        return written.keys() == answered.keys() and all(fits(written[key], answered[key]) for key in written)
    if isinstance(written, list) and isinstance(answered, list):
        return len(written) == len(answered) and all(map(fits, written, answered))
    if isinstance(written, str) and isinstance(answered, str):
        return re.fullmatch(".+".join(map(re.escape, written.split(ANYTHING))), answered) is not None
    return type(written) is type(answered) and written == answered


def lines(text: str) -> list[object]:
    """Lines without their indents; of XML one element a line, however it was broken."""
    return [line.strip() for line in re.sub(r">\s*<", ">\n<", text).splitlines() if line.strip()]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.split("\n")[0])
def test_every_example_is_answered_as_the_page_says(example: str, client: FlaskClient, item: Item) -> None:
    asked, said = example.split("\n\n", 1)
    method, address = asked.split(" ", 1)
    (status, kind), body = said.split("\n", 1)[0].split(" "), said.split("\n", 1)[1]

    answer = client.open(address.format(item=item.id), method=method)

    assert (answer.status_code, answer.mimetype) == (int(status), kind)
    if kind == "application/json":
        assert fits(json.loads(body), answer.get_json()), answer.get_data(as_text=True)
    else:
        assert fits(lines(body), lines(answer.get_data(as_text=True))), answer.get_data(as_text=True)


def test_an_answer_that_differs_is_noticed() -> None:
    assert fits({"id": "…", "list": [1, "a…c"]}, {"id": "x", "list": [1, "abc"]})
    assert not fits({"id": "…"}, {"id": "x", "more": 1})
    assert not fits({"id": "…"}, {"id": ""})
    assert not fits([1], [1, 2])
    assert not fits({"is": True}, {"is": 1})


def test_every_address_for_programs_stands_in_the_table_and_has_an_example(app: Flask) -> None:
    rules = [rule for rule in app.url_map.iter_rules() if rule.rule.startswith(FORMATS)]
    asked = {f"{'GET' if 'GET' in (rule.methods or ()) else 'POST'} {rule.rule}" for rule in rules}

    assert {rule.rule for rule in rules if f"| `{rule.rule}` |" not in TEXT} == set()
    assert {one for one in asked if f"## `{one}`" not in TEXT} == set()


def test_every_command_of_a_shell_does_what_the_page_says(
    app: Flask, database: Database, item: Item, tmp_path: Path
) -> None:
    program = program_of(database, app.extensions["carnival"].settings, item.unit)
    (tmp_path / "saved.html").write_text("<!DOCTYPE html><p>月球的夜晚长达十四个地球日。</p>", encoding="utf-8")
    script = "printf '\\0'\n".join(commands for commands, _ in SHELL)
    limiter.enabled = False
    known = {"PUSH_KEY": program.key, "PUSH_SECRET": program.secret}

    with site_of(app) as address:
        known["PUSH_SITE"] = address
        done = subprocess.run(
            ["bash", "-euc", script], cwd=tmp_path, env=os.environ | known, capture_output=True, text=True, check=False
        )

    assert (done.returncode, done.stderr) == (0, "")
    printed = done.stdout.split("\0")
    assert len(printed) == len(SHELL)
    for (commands, said), answered in zip(SHELL, printed, strict=True):
        assert fits(json.loads(said), json.loads(answered)) if said else not answered, commands


def test_every_state_of_a_push_has_its_line() -> None:
    states = {*Waiting, *Became} - {Became.READ, Became.CONNECTED, Became.NOT_CONNECTED}

    assert {state for state in states if f"| `{state}` |" not in TEXT} == set()


def test_every_parameter_has_its_line() -> None:
    named = set(re.findall(r"`(\w+)`", TEXT.split("## Asking")[1].split("\n## ")[0]))

    assert {*FILTERS, "q", "since", "until", "order", "page", "before"} <= named


def test_every_error_has_its_line() -> None:
    rows = dict(re.findall(r"^\| (\d{3}) \| `(\w+)` \|", TEXT, re.MULTILINE))

    assert rows == {str(code): error for code, error in NAMES.items()}
