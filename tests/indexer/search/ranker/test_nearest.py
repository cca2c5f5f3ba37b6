"""indexer.search.ranker.nearest: the items that hold most of the rarest terms."""

from dataclasses import replace

from indexer.search.engine import Listed
from indexer.search.ranker.nearest import RAREST, Nearest, candidates, rarest
from indexer.search.ranker.reading import read
from indexer.search.ranker.scoring import Rarity
from indexer.search.ranker.whole import Whole
from tests.facets import query
from tests.held import Memory, piece


def nearest(view: Memory, typed: str, *, whole: Whole | None = None) -> list[str]:
    asked = Whole.ask(view, query(text=typed), read(typed))
    if whole is not None:
        asked = replace(asked, total=whole.total, keys=whole.keys)
    found = Nearest.ask(view, query(text=typed), read(typed), asked)
    return [one.held.item for one in found.ranked]


def test_those_in_the_lists_of_rare_terms_come_first() -> None:
    lists = [Listed(total=90, keys=["common", "both"]), Listed(total=2, keys=["rare", "both"])]

    assert candidates(["甲", "乙"], lists, Rarity(items=100, holders={"甲": 90, "乙": 2})) == ["both", "rare", "common"]


def test_only_holders_of_the_rarest_terms_are_looked_at() -> None:
    pairs = [f"词{number}" for number in range(RAREST + 3)]
    holders = {pair: len(pairs) - number for number, pair in enumerate(pairs)}

    found = rarest([*pairs, "无"], Rarity(items=100, holders={**holders, "无": 0}))

    assert found == pairs[::-1][:RAREST]
    assert rarest(pairs, Rarity()) == []


def test_what_holds_only_a_common_word_is_near_nothing() -> None:
    common = [piece(f"c{number}", "讲座", "月球" + "水" * 200) for number in range(30)]
    view = Memory([*common, piece("near", "过夜保温与月球")])

    assert nearest(view, "月球 过夜 保温 恐龙") == ["near"]


def test_of_a_cluster_the_most_original_is_listed() -> None:
    view = Memory([
        piece("copy", "月球过夜", cluster="k", place=1), piece("original", "月球过夜吗", cluster="k"),
        piece("alone", "月球过夜"),
    ])  # fmt: skip

    assert sorted(nearest(view, "月球 过夜 恐龙")) == ["alone", "original"]


def test_those_that_hold_all_words_are_listed_whatever_else_is() -> None:
    view = Memory([piece("whole", "水" * 2000 + "月球与恐龙"), piece("part", "恐龙")])
    whole = Whole(total=1, keys=["whole"])

    assert set(nearest(view, "月球 恐龙", whole=whole)) == {"whole", "part"}


def test_of_several_words_half_must_stand_and_of_one_slip_any_part() -> None:
    view = Memory([piece("one", "望远镜"), piece("slip", "银杏大道")])

    assert nearest(view, "望远镜 恐龙 芯片 疫苗 化石") == []
    assert nearest(view, "银杳大道") == ["slip"]


def test_where_nothing_holds_any_of_it_the_engine_is_asked_no_more() -> None:
    view = Memory([piece("one", "望远镜")])
    whole = Whole.ask(view, query(text="恐龙化石"), read("恐龙化石"))
    before = view.asked

    assert Nearest.ask(view, query(text="恐龙化石"), read("恐龙化石"), whole).ranked == []
    assert view.asked == before
