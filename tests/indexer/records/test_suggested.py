"""indexer.records.suggested: titles, words and units that help with a search may name."""

from collections.abc import Callable

from indexer.catalogue.items import Item
from indexer.people.accounts import User
from indexer.records import suggested
from indexer.records.database import Database
from indexer.review.records import Decision, Move


def test_only_what_is_public_is_named_the_newest_first_and_decisions_are_noticed(
    database: Database,
    make_item: Callable[..., Item],
    make_user: Callable[..., User],
    move_on: Callable[..., Decision],
) -> None:
    who = make_user()
    made = [make_item(url=f"http://a.example/{n}.html", title=f"第{n}篇", text=f"正文{n}。" * 9) for n in range(3)]
    with database.reading() as tx:
        before = suggested.newest_decision(tx)
    for item in made:
        move_on(item, Move.APPROVE, who=who)
    move_on(made[0], Move.WITHDRAW, who=who)

    with database.reading() as tx:
        titles = suggested.public_titles(tx, limit=9)
        heads = list(suggested.newest_heads(tx, limit=1, chars=4))
        units = suggested.unit_names(tx)
        after = suggested.newest_decision(tx)

    assert titles == [(made[2].id, "第2篇"), (made[1].id, "第1篇")]
    assert heads == ["正文2。"]
    assert [unit for unit, _, _ in units] == [made[0].unit]
    assert (before, after > before) == (0, True)
