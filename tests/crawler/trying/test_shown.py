"""A trial as scripts and people read it."""

import json

from rich.console import Console

from crawler.trying.shown import SHOWN_ROWS, as_json, as_tables
from indexer.whitelist.trials import Row, Trial
from tests import trials


def test_the_object_of_scripts_has_null_where_a_page_says_nothing() -> None:
    shown = as_json(trials.proposal(options={"pages": "2"}), trials.TRIAL)

    assert json.loads(json.dumps(shown)) == shown
    assert (shown["source"], shown["kind"], shown["hosts"], shown["options"]) == (
        "site",
        "site",
        ["new.example"],
        {"pages": "2"},
    )
    assert shown["articles"][:2] == [
        {"url": "http://new.example/news/0.html", "title": "示例科普<0>", "date": None},
        {"url": "http://new.example/news/1.html", "title": "示例科普<1>", "date": "2026-09-17"},
    ]
    assert shown["read"][0]["media"] == [{"kind": "image", "url": "http://new.example/news/0.jpg"}]
    assert (shown["read"][1]["published"], shown["read"][1]["why_not"]) == (None, "网页上没有读出正文")
    assert shown["found"] == [{"source": "feed", "address": "http://new.example/feed", "articles": 12}]
    assert shown["suggested"] == {"source": "feed", "address": "http://new.example/feed"}


def test_of_a_page_without_a_list_nothing_is_suggested() -> None:
    shown = as_json(trials.proposal(), Trial(source="site", hosts=("new.example",), why="没有列表"))

    assert (shown["articles"], shown["why"], shown["selector"], shown["suggested"]) == ([], "没有列表", None, None)


def printed(trial: Trial) -> str:
    console = Console(width=120)
    with console.capture() as capture:
        for part in as_tables(trials.proposal(), trial):
            console.print(part)
    return capture.get()


def test_people_read_why_the_list_its_articles_and_what_is_suggested() -> None:
    shown = printed(trials.TRIAL)

    for words in ("选了带日期的一组链接", "ul.news li a", "articles: 40", "2026-09-17", "and 20 more", "suggested"):
        assert words in shown


def test_mark_up_of_a_page_is_text_here() -> None:
    rows = (Row(url="http://a.example/", title="[bold]霾[/bold] [/]"),)

    shown = printed(Trial(source="site", hosts=("a.example",), why="[red]", rows=rows, listed=1))

    assert "[bold]霾[/bold] [/]" in shown
    assert "[red]" in shown
    assert len(rows) < SHOWN_ROWS
