"""crawler.lists.embedded: lists that a page keeps as data for its script."""

import json
import re

import pytest

from crawler.lists.embedded import MOST_VALUES, as_list

ROWS = [
    {
        "id": n,
        "title": f"第{n}次观察的完整记录",
        "coverUrl": f"/c/{n}.jpg",
        "url": f"/a/{n}.html",
        "publishTime": "2026-09-30 08:00",
    }
    for n in range(4)
]
MENU = [{"title": f"栏目{n}", "url": f"/{n}/"} for n in range(9)]


def rows(script: str) -> list[tuple[str, ...]]:
    html = as_list(f"<html><body><div id='app'></div>{script}</body></html>")
    return re.findall(r'<a href="([^"]*)">([^<]*)</a><span class="date">([^<]*)</span>', html)


WANTED = [(f"/a/{n}.html", f"第{n}次观察的完整记录", "2026-09-30") for n in range(4)]


@pytest.mark.parametrize(
    "script",
    [
        f"<script id='__NEXT_DATA__' type='application/json'>{json.dumps({'menu': MENU, 'p': {'l': ROWS}})}</script>",
        f"<script>window.__INITIAL_STATE__={json.dumps({'menu': MENU, 'rows': ROWS})};(function(){{}}())</script>",
        f"<script>var a = 1; var list = {json.dumps(ROWS, ensure_ascii=False)}; draw(list)</script>",
    ],
)
def test_the_rows_with_days_are_the_list(script: str) -> None:
    assert rows(script) == WANTED


def test_a_number_of_seconds_or_milliseconds_is_the_day_in_beijing() -> None:
    numbered = [row | {"publishTime": 1790697600000 if row["id"] else 1790697600} for row in ROWS]

    assert rows(f"<script>var l={json.dumps(numbered)}</script>") == WANTED


def test_no_address_is_put_together_from_a_number() -> None:
    without = [{"id": row["id"], "title": row["title"]} for row in ROWS]

    assert as_list(f"<script>var l={json.dumps(without)}</script>") == ""


def test_what_a_script_writes_word_for_word_is_read() -> None:
    written = "".join(f"document.write(\"<li><a href='/a/{n}.html'>第{n}次观察</a></li>\");" for n in range(3))

    assert as_list(f"<script>{written}</script>").count("<li><a href='/a/") == 3


def test_what_the_data_says_is_text_and_no_mark_up() -> None:
    hostile = [row | {"title": "<img src=x onerror=alert(1)>", "url": '"><script>'} for row in ROWS]

    html = as_list("<script>var l=" + json.dumps(hostile).replace("</", "<\\/") + "</script>")

    assert "<img" not in html
    assert '"><script' not in html


@pytest.mark.parametrize(
    "code",
    [
        "=" + "[" * 50_000,
        "=" + '{"a":' * 50_000,
        "=[" * 50_000,
        "var a = function() { return [1, 2] }",
        "= [1, 2, 3]",
        "={",
    ],
)
def test_scripts_without_rows_hold_no_list(code: str) -> None:
    assert as_list(f"<script>{code}</script>") == ""


def test_more_values_than_an_honest_page_has_are_not_looked_at() -> None:
    deep = json.dumps({"first": ROWS, "last": [[n] for n in range(MOST_VALUES + 10)]})

    assert rows(f"<script>var l={deep}</script>") in ([], WANTED)


@pytest.mark.parametrize(
    "script",
    [
        "<script type='application/ld+json'>"
        + json.dumps(
            {
                "@type": "ItemList",
                "itemListElement": [
                    {"item": {"headline": r["title"], "url": r["url"], "datePublished": r["publishTime"]}} for r in ROWS
                ],
            }
        )
        + "</script>",
        "<script>var l=[" + ",".join(f"{{title:'{t}',url:'{u}',date:'{d}'}}" for u, t, d in WANTED) + "];</script>",
        f"<script>var l={json.dumps([{'name': t, 'href': u, 'docRelTime': d} for u, t, d in WANTED])}</script>",
    ],
)
def test_item_lists_objects_and_names_with_days_are_rows_too(script: str) -> None:
    assert rows(script) == WANTED


@pytest.mark.parametrize(
    "code",
    [
        "document.getElementById('l').innerHTML='<ul>LINES</ul>';",
        '$("#9").jpage({perPage:15,dataStore:["LINES"],proxyUrl:"/p.jsp"});',
    ],
)
def test_strings_of_html_are_read_where_the_script_holds_no_data(code: str) -> None:
    lines = "".join(f"<li><a href=/a/{n}.html>第{n}次观察</a></li>" for n in range(3))

    assert as_list(f"<script>{code.replace('LINES', lines)}</script>").count("<li><a href=/a/") == 3


def test_names_without_days_are_a_menu() -> None:
    menu = ",".join(f"{{name:'栏目{n}',url:'/{n}/'}}" for n in range(9))

    assert as_list(f"<script>var m=[{menu}]</script>") == ""
