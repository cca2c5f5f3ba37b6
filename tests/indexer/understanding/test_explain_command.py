"""`carnival explain`: a file or an item, in words or as JSON; what is neither is refused."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from config.settings import Settings
from indexer.catalogue.items import Item
from indexer.records.database import Database
from indexer.understanding import explain_command as module
from indexer.understanding.explain_command import MOST_BYTES, explain_command
from indexer.understanding.prepared import Understanding, prepare

TEXT = "防诈骗讲座\n时间：9月20日上午9点。地点：海淀示例馆一层。联系人手机13800000000。"


@pytest.fixture(scope="module")
def ready() -> Understanding:
    return prepare(Settings(_env_file=None))


@pytest.fixture(autouse=True)
def _deployment(
    database: Database, records_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ready: Understanding
) -> None:
    (tmp_path / "records").mkdir(exist_ok=True)
    monkeypatch.setenv("CARNIVAL_DATA_FOLDER", str(tmp_path / "records"))
    monkeypatch.setenv("CARNIVAL_DATABASE_URL", records_url)
    monkeypatch.setattr(module, "prepare_live", lambda *_: ready)  # the model is loaded once


def run(*options: str) -> Result:
    return CliRunner().invoke(explain_command, options)


def test_a_file_is_explained_with_the_words_and_places_of_everything(tmp_path: Path) -> None:
    file = tmp_path / "piece.txt"
    file.write_text(TEXT, encoding="utf-8")

    found = json.loads(run(str(file), "--kind", "activity", "--json").stdout)
    lines = run(str(file), "--kind", "activity").stdout

    tags = {(one["facet"], one["id"]): one for one in found["tags"]}
    phone = next(one for one in found["findings"] if one["excerpt"] == "13800000000")
    text = TEXT.partition("\n")[2]
    assert found["title"] == "防诈骗讲座"
    assert tags["district", "haidian"]["words"] == ["海淀"]
    assert tags["form", "lecture"]["confidence"] > 0.5
    assert text[phone["start"] : phone["end"]] == "13800000000"
    assert [one["words"] for one in found["times"]] == ["9月20日上午9点"]
    assert [one["words"] for one in found["places"]] == ["海淀示例馆一层"]
    assert "district haidian" in lines
    assert "place 海淀示例馆一层" in lines


def test_an_item_is_explained_with_what_it_is_alike(make_item: Callable[..., Item], database: Database) -> None:
    item = make_item(text="月球车如何度过漫长的夜晚，工程师讲给大家听。" * 4)

    answer = run(item.id)

    assert answer.exit_code == 0
    assert "off topic" in answer.stdout


@pytest.mark.parametrize("text", ["🎈" * 50, ""])
def test_only_signs_and_nothing_at_all_are_explained_too(tmp_path: Path, text: str) -> None:
    file = tmp_path / "piece.txt"
    file.write_text(text, encoding="utf-8")

    assert run(str(file)).exit_code == 0


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"\xff\xfe\x00", "no text in UTF-8"), (b"x" * (MOST_BYTES + 1), "larger than 8 MiB"), (None, "neither a file")],
)
def test_what_is_no_text_is_refused(tmp_path: Path, content: bytes | None, words: str) -> None:
    file = tmp_path / "piece.txt"
    if content is not None:
        file.write_bytes(content)

    answer = run(str(file))

    assert answer.exit_code == 2
    assert words in answer.stderr
