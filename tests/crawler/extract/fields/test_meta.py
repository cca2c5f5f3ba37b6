"""crawler.extract.fields.meta: what a page declares, best first, believed by nobody yet."""

import json

import pytest

from crawler.extract.document import parse
from crawler.extract.fields.meta import MOST_VALUES, VALUE_CHARS, Declared, read_declared


def declared(head: str = "", body: str = "") -> Declared:
    tree = parse(f"<html><head>{head}</head><body>{body}<p>一杯清水放在窗台上</p></body></html>")
    assert tree is not None
    return read_declared(tree)


def linked(*entries: object) -> Declared:
    return declared("".join(f"<script type='application/ld+json'>{json.dumps(entry)}</script>" for entry in entries))


@pytest.mark.parametrize(
    ("meta", "field", "value"),
    [
        ("name='ArticleTitle' content='水'", "titles", "水"),
        ("property='og:title' content=' a  b '", "titles", "a b"),
        ("name='PubDate' content='2026-09-17'", "times", "2026-09-17"),
        ("itemprop='datePublished' content='2026-09-17'", "times", "2026-09-17"),
        ("name='Last-Modified' content='2026-09-18'", "changed", "2026-09-18"),
        ("name='author' content='张三'", "authors", "张三"),
        ("name='ContentSource' content='示例网'", "sources", "示例网"),
        ("property='og:site_name' content='示例网'", "sites", "示例网"),
        ("name='editor' content='李四'", "editors", "李四"),
    ],
)
def test_meta_tags_are_known_by_their_names(meta: str, field: str, value: str) -> None:
    assert getattr(declared(f"<meta {meta}>"), field) == (value,)


def test_the_government_s_names_stand_before_those_of_networks() -> None:
    head = "<meta property='og:title' content='b'><meta name='ArticleTitle' content='a'>"

    assert declared(head).titles == ("a", "b")


def test_schema_names_headline_writer_site_and_instant() -> None:
    found = linked(
        {
            "@graph": [
                {"@type": "WebSite", "name": "示例网"},
                {
                    "@type": "NewsArticle",
                    "headline": "水",
                    "datePublished": "2026-09-17",
                    "author": [{"name": "张三"}, "李四"],
                    "publisher": {"name": "示例馆"},
                },
            ]
        }
    )

    assert (found.titles, found.authors, found.times) == (("水",), ("张三", "李四"), ("2026-09-17",))
    assert found.sites == ("示例网", "示例馆")


def test_what_is_no_article_has_no_headline() -> None:
    assert linked({"@type": "Product", "headline": "水", "datePublished": "2026-09-17"}).titles == ()


def test_broken_schema_still_names_its_date() -> None:
    head = """<script type="application/ld+json">{"headline": "a "b" c", "datePublished": "2026-09-17"}</script>"""

    assert declared(head).times == ("2026-09-17",)


def test_schema_with_a_comma_too_many_or_in_a_comment_is_read() -> None:
    head = """<script type="application/ld+json"><!-- {"headline": "a",} --></script>"""

    assert declared(head).titles == ("a",)


@pytest.mark.parametrize(
    ("body", "marked"),
    [
        ("<time datetime='2026-09-17'></time><time pubdate datetime='2026-09-16'></time>", ("2026-09-16",)),
        ("<time datetime='2026-09-17T08:00'></time><time datetime='2026-09-17T09:00'></time>", ("2026-09-17T08:00",)),
        ("<time datetime='2026-09-17'></time><time datetime='2026-09-16'></time>", ()),
    ],
)
def test_an_element_of_time_counts_where_it_says_so_or_all_agree(body: str, marked: tuple[str, ...]) -> None:
    assert declared(body=body).marked == marked


def test_microdata_count_only_where_the_page_holds_one() -> None:
    one = "<span itemprop='author'><b itemprop='name'>张三</b></span>"

    assert declared(body=one).authors == ("张三",)
    assert declared(body=one + one).authors == ()


def test_values_and_their_number_are_bounded() -> None:
    head = "".join(f"<meta name='author' content='{n}{'x' * 2000}'>" for n in range(100))

    assert len(declared(head).authors) == MOST_VALUES
    assert max(map(len, declared(head).authors)) == VALUE_CHARS


@pytest.mark.parametrize(
    ("title", "is_chinese"), [("窗台上的水 on the sill", True), ("Water", False), ("窓の水はどこへ", False)]
)
def test_the_language_is_that_of_the_title_s_letters(title: str, *, is_chinese: bool) -> None:
    assert declared(f"<title>{title}</title>").is_chinese is is_chinese


def test_without_a_title_the_text_tells_the_language() -> None:
    found = declared()

    assert (found.page_title, found.is_chinese) == ("", True)
