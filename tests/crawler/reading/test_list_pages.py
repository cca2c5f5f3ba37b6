"""crawler.reading.list_pages: the list of a page, as it stands there or as data for its script."""

import json

import pytest

from config.units.options import SiteOptions
from crawler.exchange import Answer, Unreadable
from crawler.reading.list_pages import list_of
from tests.crawler.sources.test_site import CHANNEL, LIST, ROWS

DATA = f"<script>window.__INITIAL_STATE__={json.dumps({'rows': ROWS})}</script>"


def titles(text: str, **options: str) -> list[str]:
    answer = Answer(
        url="https://a.example/kx/", body=text.encode(), headers={"content-type": "text/html; charset=utf-8"}
    )
    listed, _ = list_of(CHANNEL, SiteOptions(**options), answer)
    return [entry.title for entry in listed.entries]


def test_what_people_see_stands_above_the_data() -> None:
    assert titles(LIST.replace("</body>", f"{DATA}</body>"))[0] == "观察一片叶子的呼吸"


def test_the_selector_of_a_list_of_data_chooses_it_again() -> None:
    page = f"<html><body><div id=app></div>{DATA}</body></html>"

    assert titles(page, list="ul.list-data a") == titles(page) == [row["title"] for row in ROWS]


def test_the_words_are_about_the_page_where_the_data_holds_no_list_either() -> None:
    with pytest.raises(Unreadable, match="没有找到文章链接"):
        titles("<html><body><script>var menu = [1, 2, 3]</script><a href='/kx/a/'>关于</a></body></html>")


def test_days_that_scripts_write_are_those_of_their_rows() -> None:
    script = "<script>document.write(fmt('2026-09-2{} 10:00'))</script>"
    rows = "".join(f"<li><a href='/kx/{n}.html'>第{n}次观察</a>{script.format(n)}</li>" for n in range(4))
    answer = Answer(url="https://a.example/kx/", body=f"<html><body><ul>{rows}</ul></body></html>".encode(), headers={})

    listed, _ = list_of(CHANNEL, SiteOptions(), answer)

    assert [str(entry.day)[:10] for entry in listed.entries] == [f"2026-09-2{n}" for n in range(4)]
