"""indexer.search.help.answering: when a search is taken at its word, and when what it meant is asked."""

from collections.abc import Mapping, Sequence

import pytest

from indexer.base.ids import ClusterId, ItemId
from indexer.search.help.answering import Answer, answer
from indexer.search.help.known import Kind, Known, Phrase
from indexer.search.help.rewriting import Help, Why
from indexer.search.help.synonyms import Synonyms
from indexer.search.port import Found, IndexDown, Query, SearchIndex
from indexer.search.tantivy.index import TantivyIndex
from tests.facets import entry

TITLES = ("银杏什么时候变黄", "银杏果为什么臭", "太空里怎样过节", "秋叶一", "秋叶二", "秋叶三", "银杳一词")
KNOWN = [Phrase(text=title, kind=Kind.TITLE) for title in TITLES[:-1]]
HELP = Help(Known(KNOWN), Synonyms([["宇航", "太空"]]))


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> SearchIndex:
    made = TantivyIndex(tmp_path_factory.mktemp("answering") / "search")
    made.put(
        [
            entry(item=ItemId(title), version=1, title=title, text="", unit_name="", cluster=ClusterId(title))
            for title in TITLES
        ]
    )
    return made


def ask(index: SearchIndex, text: str) -> Answer:
    return answer(index, lambda: HELP, Query(text=text, counted=()))


def titles(answered: Answer) -> Sequence[str]:
    return sorted(hit.title for hit in answered.found.hits)


def test_what_is_found_often_enough_needs_no_help(index: SearchIndex) -> None:
    def unused() -> Help:
        raise AssertionError

    for text in ("秋叶", ""):
        answered = answer(index, unused, Query(text=text, counted=()))
        assert answered.found.total >= 3
        assert answered == Answer(found=answered.found, query=answered.query)


def test_what_was_most_likely_meant_is_asked_where_nothing_is_found(index: SearchIndex) -> None:
    answered = ask(index, "yinxing")

    assert (answered.instead, answered.query.text) == ("银杏", "银杏")
    assert titles(answered) == ["银杏什么时候变黄", "银杏果为什么臭"]
    assert "银杏" not in {one.text for one in answered.meant}


def test_a_synonym_is_offered_with_what_it_finds_and_not_put_in_its_place(index: SearchIndex) -> None:
    answered = ask(index, "宇航")

    assert (answered.instead, answered.found.total) == ("", 0)
    assert [(one.text, one.why, one.count) for one in answered.meant] == [("太空", Why.SYNONYM, 1)]


def test_where_little_is_found_only_what_finds_more_is_offered(index: SearchIndex) -> None:
    answered = ask(index, "银杳")

    assert titles(answered) == ["银杳一词"]
    assert answered.instead == ""
    assert [(one.text, one.count) for one in answered.meant] == [("银杏", 2)]


class Failing:
    """Answers one search, and no other."""

    def __init__(self, index: SearchIndex) -> None:
        self._index, self._asked = index, 0

    def find(self, query: Query) -> Found:
        self._asked += 1
        if self._asked > 1:
            raise IndexDown("down")
        return self._index.find(query)

    def held(self) -> Mapping[ItemId, int]:
        return self._index.held()


@pytest.mark.parametrize("text", ["yinxing", "银杳一词"])
def test_where_search_rests_meanwhile_what_was_found_is_kept_and_help_is_done_without(
    index: SearchIndex, text: str
) -> None:
    query = Query(text=text, counted=())

    assert answer(Failing(index), lambda: HELP, query) == Answer(found=index.find(query), query=query)


def test_where_search_rests_from_the_beginning_there_is_no_answer(index: SearchIndex) -> None:
    failing = Failing(index)
    failing.find(Query())

    with pytest.raises(IndexDown):
        answer(failing, lambda: HELP, Query(text="银杏"))


def test_a_question_with_an_error_is_put_right_though_nothing_holds_all_of_it(index: SearchIndex) -> None:
    answered = ask(index, "北京的太恐里怎样养花和种草")

    assert answered.instead == "北京的太空里怎样养花和种草"
    assert answered.found.is_nearest
    assert titles(answered)[0] == "太空里怎样过节"


def test_what_may_be_of_another_word_is_only_offered(index: SearchIndex) -> None:
    index.put([entry(item=ItemId("b"), version=1, title="恐里有恐", text="", unit_name="", cluster=ClusterId("b"))])

    answered = ask(index, "北京的太恐里怎样养花和种草")

    assert answered.instead == ""
    assert "北京的太空里怎样养花和种草" in {one.text for one in answered.meant}
