"""What templates call: how Chinese is told from the page's own language."""

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

from web.app.rendering import own_lang, own_words


@pytest.mark.parametrize(
    ("sentence", "marked"),
    [
        ("Reject 2 items", "Reject 2 items"),
        ("编辑甲 is on it", '<span lang="zh-CN">编辑甲</span> is on it'),
        (
            "Taken back: “月球车，5 天” <b>",
            'Taken back: “<span lang="zh-CN">月球车，5</span> <span lang="zh-CN">天</span>” &lt;b&gt;',
        ),
        ("𠮷 & 《甲》", '<span lang="zh-CN">𠮷</span> &amp; 《<span lang="zh-CN">甲</span>》'),
    ],
)
def test_in_an_english_sentence_the_chinese_words_say_that_they_are_chinese(
    app: Flask, sentence: str, marked: str
) -> None:
    with app.test_request_context("/?lang=en"):
        assert str(own_words(sentence)) == marked


def test_on_a_chinese_page_nothing_is_marked(app: Flask) -> None:
    with app.test_request_context("/"):
        assert str(own_words("编辑甲 <正在处理>")) == "编辑甲 &lt;正在处理&gt;"
        assert str(own_lang("编辑甲")) == ""


@pytest.mark.parametrize(("path", "current"), [("/review", "page"), ("/review/log", "true"), ("/account", None)])
def test_the_menu_says_on_whose_pages_one_is(desk_client: FlaskClient, path: str, current: str | None) -> None:
    page = BeautifulSoup(desk_client.get(path, follow_redirects=True).text, "lxml")

    assert [link.get("aria-current") for link in page.select(".top nav a") if link.text == "审核台"] == [current]
