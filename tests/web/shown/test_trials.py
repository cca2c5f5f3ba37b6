"""web.shown.trials: a trial as its page shows it, and the options of its form."""

from datetime import datetime, timedelta

import pytest
from flask import Flask

from config.units.options import OPTIONS, ItemOptions
from indexer.records import channels
from indexer.records.database import Database
from indexer.whitelist.records import Channel
from tests import trials
from web.shown.trials import HINTS, LATE, SOURCES, ShownTrial, newest, options_in_form, shown, source_words


def read(database: Database, id: str, now: datetime) -> ShownTrial:
    with database.reading() as tx:
        found = shown(tx, id, channels.unit_names(tx), now=now)
    assert found is not None
    return found


def test_what_waits_is_late_after_a_while(database: Database, now: datetime) -> None:
    filed = trials.file(database, trials.proposal(), now=now)

    soon, later = read(database, filed, now + LATE), read(database, filed, now + LATE + timedelta(seconds=1))

    assert (soon.is_waiting, soon.is_late, soon.trial, soon.can_be_saved) == (True, False, None, False)
    assert (later.is_waiting, later.is_late) == (True, True)
    assert soon.tried == soon.proposal


def test_what_was_answered_has_what_the_answer_told_and_the_name_of_its_unit(
    database: Database, channel: Channel, now: datetime
) -> None:
    asked = trials.proposal(options={"list": "ul a", "nonsense": "1"})

    found = read(database, trials.answered(database, asked, now=now), now)

    assert (found.unit, found.trial, found.can_be_saved, found.is_late) == ("示例馆", trials.TRIAL, True, False)
    assert (found.tried.source, found.tried.hosts, dict(found.tried.options)) == (
        "site",
        ("new.example",),
        {"list": "ul a"},
    )
    assert found.best == trials.TRIAL.offers[0]


def test_the_newest_stand_first(database: Database, now: datetime) -> None:
    first, second = (trials.file(database, trials.proposal(), now=now) for _ in range(2))

    with database.reading() as tx:
        assert [one.id for one in newest(tx, {}, now=now)] == [second, first]
        assert shown(tx, "none", {}, now=now) is None


def test_the_form_has_the_options_of_its_source_filled_with_what_is_written_or_was_found(app: Flask) -> None:
    with app.test_request_context():
        found = {one.name: one for one in options_in_form("site", {"pages": "2"}, found="ul a")}
        written = {one.name: one for one in options_in_form("site", {"list": "ol a"}, found="ul a")}

    assert set(found) == set(OPTIONS["site"].model_fields)
    assert list(found)[-1] == "item_kind"
    assert (found["list"].value, found["list"].is_found, found["pages"].value) == ("ul a", True, "2")
    assert (written["list"].value, written["list"].is_found) == ("ol a", False)
    assert options_in_form("", {}) == []


def test_a_kind_without_words_is_called_by_its_name(app: Flask) -> None:
    with app.test_request_context():
        assert source_words("trial") == "trial"


@pytest.mark.parametrize("kind", ["feed", "sitemap", "site", "json_list", "wechat_page"])
def test_the_kinds_that_are_shipped_and_their_options_have_words(kind: str) -> None:
    own = set(OPTIONS[kind].model_fields) - set(ItemOptions.model_fields)

    assert kind in SOURCES
    assert {(kind, name) for name in own} - set(HINTS) == set()
