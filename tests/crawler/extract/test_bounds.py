"""What is looked at of a hostile page is bounded before it is looked at."""

from collections.abc import Iterable, Mapping

import pytest
from lxml import etree

from crawler.extract import media
from crawler.extract.body import excluded, readers
from crawler.extract.body.excluded import Tree, excluded_elements, sum_up
from crawler.extract.body.main_text import read_body
from crawler.extract.body.readers import MAX_CHARS, MAX_ELEMENTS, votes
from crawler.extract.clean import clean
from crawler.extract.document import parse
from crawler.extract.fields.meta import MOST_VALUES, read_declared
from crawler.extract.media import MOST_MEDIA, picture_url, read_media
from crawler.feeds.bylines import WRITTEN_CHARS, byline_of
from indexer.catalogue.items import URL_CHARS

PROSE = "月球的夜晚长达十四个地球日，月球车要在零下一百多摄氏度里休眠。"


def page(inside: str) -> etree._Element:
    """The tree of a page with this body."""
    tree = parse(f"<html><body>{inside}</body></html>")
    assert tree is not None
    return tree


class Recorder:
    """Stands for a pattern, and notes how long the texts are that it is asked to search."""

    def __init__(self) -> None:
        self.lengths: list[int] = []

    def search(self, text: str) -> None:
        self.lengths.append(len(text))


@pytest.mark.parametrize("name", ["src", "data-src", "data-srcset"])
def test_no_pattern_sees_an_address_longer_than_addresses_are(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    placeholder = Recorder()
    monkeypatch.setattr(media, "PLACEHOLDER", placeholder)

    assert picture_url({name: "/" + "loading" * 10_000}, "http://a.example/") == ""
    assert max(placeholder.lengths, default=0) <= URL_CHARS


def test_no_pattern_sees_a_byline_longer_than_bylines_are() -> None:
    assert byline_of(["王芳 " + "a@" * 100_000]) == "王芳"
    assert len(byline_of(["王" * 100_000])) <= WRITTEN_CHARS


def test_a_page_cut_at_a_flood_of_attributes_keeps_what_stands_before() -> None:
    flood = " ".join(f"a{number}=1" for number in range(10_000))

    tree = page(f"<p>月球</p><p {flood}>车</p>")

    assert max(len(node.attrib) for node in tree.iter()) <= 100
    assert str(tree.text_content()) == "月球"


@pytest.mark.parametrize(
    "inside", [f"<p>{PROSE}</p>" * (MAX_ELEMENTS + 1), f"<p>{PROSE * (MAX_CHARS // len(PROSE) + 1)}</p>"]
)
def test_other_readers_are_not_asked_about_a_page_beyond_their_bounds(
    inside: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def read(_: etree._Element) -> str:
        asked.append("asked")
        return ""

    monkeypatch.setattr(readers, "read_by_readability", read)
    monkeypatch.setattr(readers, "read_by_trafilatura", read)

    assert votes(page(inside)) == ()
    assert asked == []


def test_a_page_declares_a_bounded_number_of_titles() -> None:
    declared = read_declared(page("".join(f"<meta property='og:title' content='题{n}'>" for n in range(5000))))

    assert len(declared.titles) == MOST_VALUES


def test_an_article_has_a_bounded_number_of_media() -> None:
    pictures = "".join(f"<img src='/{number}.jpg'>" for number in range(MOST_MEDIA + 100))

    assert len(read_media(page(pictures), "http://a.example/")) == MOST_MEDIA


def test_prose_behind_heads_is_counted_once_for_all_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    counted: list[int] = []

    def counting(tree: Tree, amounts: Iterable[tuple[etree._Element, float]]) -> Mapping[object, float]:
        counted.append(1)
        return sum_up(tree, amounts)

    monkeypatch.setattr(excluded, "sum_up", counting)
    tree = page(f"<p>{PROSE}</p>" + "<h3>相关阅读</h3><p>月</p>" * 200)

    excluded_elements(tree, [])

    assert len(counted) == 2


def test_text_behind_scripts_and_boilerplate_stays_in_its_place() -> None:
    tree = page(f"<div><p>{PROSE}</p><nav>首页</nav>{PROSE}<script>1</script>二。<nav>末页</nav>{PROSE}</div>")

    body = read_body(tree)

    assert body is not None
    assert body.text == f"{PROSE}\n{PROSE}二。{PROSE}"


def test_a_script_that_compares_is_no_tag_with_many_attributes() -> None:
    script = "<script>for (i=0; i<n; i++) { " + "x = y / 2; " * 500 + "}</script>"

    assert str(page(f"{script}<p>月球</p>").findtext(".//p")) == "月球"
    assert clean(f"{script}<p>月球</p>", None) == "<p>月球</p>"
