"""What every adapter of the SearchIndex port promises: what is held, found, filtered and counted."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from indexer.base.ids import ClusterId, ItemId, UnitId
from indexer.catalogue.items import ItemKind
from indexer.search.port import Entry, Order, SearchIndex
from tests.facets import found, query

Make = Callable[..., Entry]
DAY = datetime(2026, 9, 17, 2, tzinfo=UTC)


def test_a_newer_version_replaces_the_older(index: SearchIndex, make: Make) -> None:
    index.put([make("i1", "月球车如何过夜")])
    index.put([make("i1", "火星车如何过夜", version=2)])

    assert found(index, "月球") == []
    assert index.held() == {"i1": 2}


def test_the_same_entries_put_twice_are_there_once(index: SearchIndex, make: Make) -> None:
    index.put([make("i1", "月球车"), make("i2", "火星车")])
    index.put([make("i1", "月球车"), make("i2", "火星车")])

    assert index.find(query()).total == 2


def test_a_removed_item_is_gone_and_an_unknown_one_is_no_error(index: SearchIndex, make: Make) -> None:
    index.put([make("i1", "月球车"), make("i2", "火星车")])

    index.remove([ItemId("i1"), ItemId("never")])

    assert index.held() == {"i2": 1}
    assert found(index, "月球车") == []


def test_an_index_that_was_never_written_finds_nothing(index: SearchIndex) -> None:
    assert index.find(query(text="月球")).total == 0
    assert index.held() == {}


@pytest.mark.parametrize("phrase", ["球车如", "何过夜的", "的", "963年将", "aturn V", "節水", "ＰＭ２．５", "夜的历史"])
def test_every_piece_of_a_text_finds_it(index: SearchIndex, make: Make, phrase: str) -> None:
    index.put([make("i1", "题目", "月球车如何过夜的历史：1963年将土星火箭 Saturn V 与节水、PM2.5一并写下。")])

    assert found(index, phrase) == ["i1"]


def test_simplified_words_find_a_traditional_text(index: SearchIndex, make: Make) -> None:
    index.put([make("i1", "數學嘉年華")])

    assert found(index, "数学嘉年华") == ["i1"]


def test_the_phrase_in_the_title_comes_before_the_text_and_that_before_words_apart(
    index: SearchIndex, make: Make
) -> None:
    index.put([
        make("apart", "家庭常识", "暴雨要注意防汛。这里也讲电梯知识。"),
        make("text", "今日讲座", "讲的是防汛知识和逃生。"),
        make("title", "防汛知识十问", "雨季到来之前先看一遍。"),
    ])  # fmt: skip

    assert found(index, "防汛知识") == ["title", "text", "apart"]


def test_all_words_between_spaces_must_be_there(index: SearchIndex, make: Make) -> None:
    index.put([make("both", "月球车与望远镜"), make("one", "月球车与火箭")])

    assert found(index, "望远镜 月球车") == ["both"]


def test_a_question_finds_the_item_that_holds_most_of_its_words(index: SearchIndex, make: Make) -> None:
    index.put([make("i1", "月球车如何过夜", "夜里很冷，月球车靠热源保温。"), make("i2", "水从哪里来", "水库与管网。")])

    answer = index.find(query(text="月球车过夜保温靠太阳能板吗"))

    assert [hit.item for hit in answer.hits] == ["i1"]
    assert answer.is_nearest
    assert not index.find(query(text="月球车过夜")).is_nearest


def test_the_name_of_the_unit_finds_its_items(index: SearchIndex, make: Make) -> None:
    index.put([make("i1", "月球车", unit_name="示例天文馆"), make("i2", "火星车")])

    assert found(index, "示例天文馆") == ["i1"]


def test_filters_join_by_and_their_values_by_or(index: SearchIndex, make: Make) -> None:
    index.put([
        make("i1", "甲", topics=("it",), audiences=("youth",)),
        make("i2", "乙", topics=("health",), audiences=("youth",)),
        make("i3", "丙", topics=("health",), audiences=("elderly",)),
        make("i4", "丁", kind=ItemKind.VIDEO),
        make("i5", "戊", actions=("rural-tech",), forms=("lecture",)),
        make("i6", "己", actions=("rural-tech",)),
    ])  # fmt: skip

    assert sorted(found(index, "", topics=("it", "health"), audiences=("youth",))) == ["i1", "i2"]
    assert found(index, "", kinds=(ItemKind.VIDEO,)) == ["i4"]
    assert found(index, "", actions=("rural-tech",), forms=("drill", "lecture")) == ["i5"]
    assert found(index, "", topics=('" OR lead = 0', "無")) == []


def test_a_facets_own_filter_does_not_narrow_its_counts(index: SearchIndex, make: Make) -> None:
    index.put([
        make("i1", "甲", topics=("it", "health"), districts=("110101",)),
        make("i2", "乙", topics=("health",), districts=("110102",)),
        make("i3", "丙", topics=("it",), districts=("110101",), unit=UnitId("u2")),
    ])  # fmt: skip

    facets = index.find(query(topics=("health",))).facets

    assert facets["topics"] == {"it": 2, "health": 2}
    assert facets["districts"] == {"110101": 1, "110102": 1}
    assert facets["units"] == {"u1": 2}
    assert facets["kinds"] == {"article": 2}
    assert facets["audiences"] == {}


def test_only_the_facets_that_are_wanted_are_counted(index: SearchIndex, make: Make) -> None:
    index.put([make("i1", "甲", topics=("it",), forms=("lecture",)), make("i2", "乙", topics=("health",))])

    assert index.find(query(text="甲", counted=("topics",))).facets == {"topics": {"it": 1}}
    assert index.find(query(topics=("it",), counted=("forms",))).facets == {"forms": {"lecture": 1}}
    assert index.find(query(topics=("it",), counted=())).facets == {}


def test_what_shall_not_be_seen_is_neither_found_nor_counted_and_a_copy_stands_for_it(
    index: SearchIndex, make: Make
) -> None:
    index.put([
        make("alone", "月球车", topics=("it",), publication=3),
        make("first", "月球车", topics=("it",), cluster=ClusterId("c"), shared=True, place=0, publication=2),
        make("copy", "月球车", topics=("it",), cluster=ClusterId("c"), shared=True, place=1, publication=1),
    ])  # fmt: skip
    asked = [query(text="月球"), query(topics=("it",)), query(text="月球 恐龙化石"), query(text="月球", collapse=False)]

    answers = [index.find(replace(one, unseen=(ItemId("alone"), ItemId("first"), ItemId("never")))) for one in asked]

    assert [[hit.item for hit in answer.hits] for answer in answers] == [["copy"], ["copy"], [], ["copy"]]
    assert [answer.total for answer in answers] == [1, 1, 0, 1]
    assert [answer.facets["topics"] for answer in answers] == [{"it": 1}, {"it": 1}, {}, {"it": 1}]


def test_what_was_found_before_a_change_is_not_found_after_it(index: SearchIndex, make: Make) -> None:
    index.put([make("i1", "甲", topics=("it",)), make("i2", "乙")])
    before = index.find(query(topics=("it",)))
    again = index.find(query(topics=("it",)))
    index.remove([ItemId("i1")])

    assert before == again
    assert (before.total, index.find(query(topics=("it",))).total) == (1, 0)


def test_a_span_of_days_takes_its_first_instant_and_leaves_its_last(index: SearchIndex, make: Make) -> None:
    index.put(
        [make(f"i{day}", "讲座", published=DAY + timedelta(days=day)) for day in range(4)] + [make("none", "讲座")]
    )

    assert sorted(found(index, "讲座", since=DAY + timedelta(days=1), until=DAY + timedelta(days=3))) == ["i1", "i2"]


def test_newest_first_goes_by_the_publication_here_whatever_date_the_source_gives(
    index: SearchIndex, make: Make
) -> None:
    index.put([
        make("late", "讲座", publication=30),
        make("first", "讲座", publication=10, published=DAY + timedelta(1)),
        make("second", "讲座", publication=20, published=DAY),
    ])  # fmt: skip

    newest = index.find(query(text="讲座", order=Order.NEWEST)).hits

    assert [(hit.item, hit.publication) for hit in newest] == [("late", 30), ("second", 20), ("first", 10)]
    assert found(index, "", order=Order.NEWEST, before=30) == ["second", "first"]
    assert found(index, "讲座", order=Order.NEWEST, before=20, limit=1) == ["first"]
    assert found(index, "讲座", before=-(10**30)) == []
    assert len(found(index, "讲座", before=10**30)) == 3


def test_pages_do_not_overlap_and_the_total_is_exact(index: SearchIndex, make: Make) -> None:
    index.put([make(f"i{number:02}", f"讲座{number}", published=DAY + timedelta(hours=number)) for number in range(25)])

    pages = [index.find(query(text="讲座", offset=offset, limit=10)) for offset in (0, 10, 20, 30)]

    assert [len(page.hits) for page in pages] == [10, 10, 5, 0]
    assert {page.total for page in pages} == {25}
    assert len({hit.item for page in pages for hit in page.hits}) == 25


@pytest.mark.parametrize(("offset", "limit"), [(0, 0), (-5, 2), (10**15, 20), (0, 10**15)])
def test_absurd_pages_are_answered(index: SearchIndex, make: Make, offset: int, limit: int) -> None:
    index.put([make("i1", "讲座")])

    assert index.find(query(text="讲座", offset=offset, limit=limit)).total == 1


def test_a_hit_marks_what_was_asked_in_the_text_it_shows(index: SearchIndex, make: Make) -> None:
    index.put([make("i1", "月球車過夜", "开头。" * 60 + "月球车靠热源保温。" + "结尾。" * 60, version=3)])

    [hit] = index.find(query(text="月球车")).hits

    assert (hit.version, hit.title) == (3, "月球車過夜")
    assert [hit.title[start:end] for start, end in hit.title_spans] == ["月球車"]
    assert [hit.excerpt[start:end] for start, end in hit.excerpt_spans] == ["月球车"]


HOSTILE = {
    "empty": "",
    "space": " \t\n　",
    "quote": '"',
    "quotes": '月球"车"\'夜',
    "operators": "title:月球 AND (OR NOT -车 +夜 *?~^2 [a TO b} \\",
    "one_character": "车",
    "emoji": "🚀👩‍🚀",
    "punctuation": "，。！？…—",
    "nul": "月\0球",
    "surrogate": "月\ud800球",
    "mixed": "Moon月球Rover车2026",
    "long": "月球车abc " * 1500,
    "one_word_of_10_kb": "a" * 10_000,
    "markup": "<script>alert(1)</script>",
    "combining": "e\u0301\u0301\u0301",
    "rtl": "\u202e月球\u202c",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_whatever_is_typed_is_answered(index: SearchIndex, make: Make, text: str) -> None:
    index.put([make("i1", "月球车如何过夜")])

    assert index.find(query(text=text)).total in (0, 1)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_whatever_an_item_says_can_be_held(index: SearchIndex, make: Make, text: str) -> None:
    index.put([make("i1", text, text, author=text, topics=("it",))])

    assert index.held() == {"i1": 1}
