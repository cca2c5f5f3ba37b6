"""indexer.search.help.gathering: help knows what the public sees, and learns of decisions."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest

from config.settings import SHIPPED
from config.taxonomy import Taxonomy, load_taxonomy
from indexer.catalogue.items import Item
from indexer.people.accounts import User
from indexer.records.database import Database
from indexer.review.records import Decision, Move
from indexer.search.help import gathering
from indexer.search.help.gathering import Gathered, common_words
from indexer.search.help.known import Kind
from indexer.search.help.rewriting import Suggestion
from tests.at_once import at_once
from tests.queries import counted


@pytest.fixture(scope="module")
def taxonomy() -> Taxonomy:
    return load_taxonomy(SHIPPED / "taxonomy.yaml")


def ended() -> None:
    """Wait for what gathers beside."""
    for thread in threading.enumerate():
        if thread.name == gathering.THREAD:
            thread.join()


def test_topics_units_and_public_titles_are_known_and_others_are_not(
    database: Database,
    taxonomy: Taxonomy,
    make_item: Callable[..., Item],
    make_user: Callable[..., User],
    move_on: Callable[..., Decision],
) -> None:
    public = make_item(url="http://a.example/1.html", title="月球车如何过夜")
    make_item(url="http://a.example/2.html", title="月球背面的石头")
    move_on(public, Move.APPROVE, who=make_user())

    known = Gathered(database, taxonomy, [["月球", "月亮"]]).help()

    assert known.suggest("月球") == [Suggestion("月球车如何过夜", Kind.TITLE, public.id)]
    assert {one.kind for one in known.suggest("示例")} == {Kind.UNIT}
    topic = taxonomy.topics[0]
    assert Suggestion(topic.label, Kind.TOPIC, topic.id) in known.suggest(topic.label)
    assert known.rewrite("月亮")[0].text == "月球"


def test_what_was_decided_since_is_known_after_the_pause(
    database: Database,
    taxonomy: Taxonomy,
    make_item: Callable[..., Item],
    make_user: Callable[..., User],
    move_on: Callable[..., Decision],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    gathered, item = Gathered(database, taxonomy, []), make_item(title="月球车如何过夜")
    gathered.help()
    move_on(item, Move.APPROVE, who=make_user())
    gathered.help()
    ended()
    within = gathered.help().suggest("月球车")

    monkeypatch.setattr(gathering, "PAUSE", timedelta(0))
    gathered.help()
    ended()

    assert within == []
    assert gathered.help().suggest("月球车")[0].text == "月球车如何过夜"


def test_it_is_gathered_once_however_many_ask_at_first(database: Database, taxonomy: Taxonomy) -> None:
    gathered = Gathered(database, taxonomy, [])

    first, second = at_once(gathered.help, gathered.help)
    with counted(database) as queries:
        gathered.help()

    assert first is second
    assert len(queries) == 1


def test_words_of_several_texts_are_known_the_commonest_first() -> None:
    found = common_words(["月球的夜晚", "月球车的夜晚", "月球和火星"])

    assert [(one.text, one.count) for one in found][:2] == [("月球", 3), ("夜晚", 2)]
    assert "火星" not in {one.text for one in found}


def test_a_longer_word_is_a_name_or_a_term_and_need_stand_in_one_text_alone() -> None:
    assert {"望远镜", "机器人"} <= {one.text for one in common_words(["望远镜和火星", "机器人"])}
