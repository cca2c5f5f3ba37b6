"""indexer.commands.opening: what only reads makes nothing, so that a mistyped folder is noticed."""

from pathlib import Path

import click
import pytest
from sqlalchemy import make_url

from config.settings import SearchEngine, Settings
from indexer.commands.opening import IndexRefused, index_needed, index_trouble, open_or_make_records, open_records
from indexer.records import sqlite_file
from indexer.records.errors import RecordsDown, RecordsMissing
from indexer.search.port import IndexDown


def test_records_that_are_not_there_are_refused_and_not_made(tmp_path: Path) -> None:
    settings = Settings(data_folder=tmp_path / "mistyped")

    with pytest.raises(RecordsMissing, match="no records"):
        open_records(settings)
    assert not (tmp_path / "mistyped").exists()


def test_records_are_made_where_a_command_writes_and_found_afterwards(tmp_path: Path) -> None:
    settings = Settings(data_folder=tmp_path / "new")

    open_or_make_records(settings).close()
    open_records(settings).close()

    assert (tmp_path / "new").is_dir()


def test_an_index_that_is_down_ends_the_command_in_one_line(tmp_path: Path) -> None:
    with (
        pytest.raises(IndexRefused, match=r"search index: away\. Nothing is lost"),
        index_needed(Settings(data_folder=tmp_path)),
    ):
        raise IndexDown("away.")


def test_a_server_s_trouble_names_the_settings_to_check(tmp_path: Path) -> None:
    settings = Settings(
        data_folder=tmp_path, search_engine=SearchEngine.MEILISEARCH, meilisearch_url="http://127.0.0.1:9"
    )

    assert "CARNIVAL_MEILISEARCH_URL" in index_trouble(settings, IndexDown("away"))


def test_the_command_that_opened_records_closes_them(tmp_path: Path) -> None:
    settings = Settings(data_folder=tmp_path / "new")
    file = sqlite_file.file_of(make_url(settings.records_url))
    assert file is not None

    with click.Context(click.Command("any")):
        opened = [open_or_make_records(settings), open_records(settings)]
        with pytest.raises(RecordsDown, match="are in use"), sqlite_file.alone(file):
            pytest.fail("the records are open")

    with sqlite_file.alone(file):
        assert len(opened) == 2  # still referred to: not closed for want of a reader
