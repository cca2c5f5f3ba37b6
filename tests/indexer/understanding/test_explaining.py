"""Why a piece gets what is said of it: the tagger's words, what people said, what it is alike."""

from collections.abc import Callable
from datetime import datetime

from config.policy import load_policy
from config.settings import Settings
from config.taxonomy import load_taxonomy
from indexer.catalogue.items import Item
from indexer.people.accounts import User
from indexer.records import understood
from indexer.records.database import Database
from indexer.understanding.corrections import Correction, correct
from indexer.understanding.explaining import explain
from indexer.understanding.results import Facet
from indexer.understanding.understand import understand_all
from tests.steps import HashEmbedder, made_ready

TEXT = "月球车如何度过零下一百多摄氏度的漫长夜晚，工程师在海淀示例馆讲给大家听。" * 5


def test_what_people_said_stands_beside_what_machines_say_and_copies_are_named(
    database: Database, make_item: Callable[..., Item], make_user: Callable[..., User], now: datetime
) -> None:
    settings = Settings(_env_file=None)
    taxonomy = load_taxonomy(settings.taxonomy_file)
    understanding = made_ready(load_policy(settings.policy_file), taxonomy, HashEmbedder(), read_at=now)
    item, copy = make_item(text=TEXT), make_item(url="http://a.example/2.html", title="月球车过夜", text=TEXT)
    said = Correction(added=frozenset({(Facet.TOPIC, "health")}), removed=frozenset({(Facet.DISTRICT, "haidian")}))
    correct(database, taxonomy, item=item.id, correction=said, by=make_user().actor, now=now)
    list(understand_all(database, understanding, now=now))
    with database.reading() as tx:
        [pair] = understood.newest_of(tx, [item.id])

    found = explain(database, understanding, *pair)

    by_person = {(one.facet, one.id): one.person for one in found.tags if one.person}
    assert by_person == {
        (Facet.TOPIC, "health"): "set by a person",
        (Facet.DISTRICT, "haidian"): "taken off by a person",
    }
    [near] = found.near
    assert (near.item, near.title) == (copy.id, "月球车过夜")
    assert near.pair.passage
    assert [one.words for one in found.tags if one.facet is Facet.DISTRICT] == [("海淀",)]
