"""Findings as editors read them: once, with their places and the law they stand on."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from config.policy import Policy, WordsRule
from config.words import Severity
from indexer.catalogue.items import Item
from indexer.understanding.results import Finding
from web.review.findings import MOST_PLACES, basis, found, pieces

RULE = WordsRule(
    id="words-cure",
    version=3,
    severity=Severity.HIGH,
    message="疑似疗效保证",
    basis="广告法第十六条",
    words=("根治",),
)
POLICY = Policy(version=1, rules=(RULE,))


@pytest.fixture(autouse=True)
def _words(app: Flask) -> Iterator[None]:
    """Labels are said in the language of a request."""
    with app.test_request_context():
        yield


def finding(start: int, *, where: str = "text", excerpt: str = "根治", rule: str = "words-cure") -> Finding:
    return Finding(
        rule=rule,
        rule_version=3,
        severity=Severity.HIGH,
        where=where,
        start=start,
        end=start + 2,
        excerpt=excerpt,
        message="疑似疗效保证",
    )


def test_the_same_finding_stands_once_with_its_places() -> None:
    [one] = found([finding(0, where="title"), finding(4), finding(9)], POLICY)

    assert [(place.field, place.at, place.anchor) for place in one.places] == [
        ("标题", 1, "found-title-0"),
        ("正文", 5, "found-text-4"),
        ("正文", 10, "found-text-9"),
    ]


def test_other_words_and_other_rules_are_other_findings() -> None:
    made = [finding(0), finding(4, excerpt="痊愈"), finding(9, rule="words-other")]

    assert [one.excerpt for one in found(made, POLICY)] == ["根治", "痊愈", "根治"]


def test_of_many_places_the_first_are_listed_and_the_rest_counted() -> None:
    [one] = found([finding(3 * number) for number in range(MOST_PLACES + 5)], POLICY)

    assert (len(one.places), one.more) == (MOST_PLACES, 5)


def test_an_address_has_no_place_in_the_text() -> None:
    [one] = found([finding(0, where="links", excerpt="http://x.example/")], POLICY)

    assert (list(one.fields), list(one.places)) == (["链接"], [])


def test_each_place_leads_to_the_piece_that_is_marked() -> None:
    spans = [finding(1), finding(2), finding(6)]

    anchors = {piece.anchor for piece in pieces("零一二三四五六七八", "text", spans)} - {""}
    linked = {place.anchor for one in found(spans, POLICY) for place in one.places} - {""}

    assert linked <= anchors
    assert linked == {"found-text-1", "found-text-6"}


@pytest.mark.parametrize(
    ("rule", "version", "words"),
    [
        ("words-cure", 3, "广告法第十六条"),
        ("words-cure", 2, "广告法第十六条（依据该规则的第 3 版）"),
        ("words-lost", 1, "不详：现行规则里已没有这一条"),
    ],
)
def test_a_finding_names_what_it_stands_on_or_that_this_is_not_known(rule: str, version: int, words: str) -> None:
    assert basis(rule, version, POLICY) == words


def test_the_item_s_page_names_the_law_of_the_shipped_policy(
    desk_client: FlaskClient, make_item: Callable[..., Item]
) -> None:
    item = make_item(findings=(finding(0, rule="phone-number"), finding(5, rule="phone-number")))

    page = desk_client.get(f"/review/items/{item.id}").text

    assert page.count("依据：个人信息保护法第十三条、第二十九条（recalled）（依据该规则的第 2 版）") == 1
    assert '位于第几字： <a href="#found-text-0">1</a>、<a href="#found-text-5">6</a>' in page
