"""indexer.understanding.policies.shops: addresses of shops, and tokens."""

import pytest

from config.policy import ShopRule
from config.words import Severity
from indexer.catalogue.items import CleanHtml
from indexer.understanding.policies.parts import Subject
from indexer.understanding.policies.shops import ShopCheck

RULE = ShopRule(
    id="shop", version=2, severity=Severity.LOW, message="网店", basis="法", hosts=("shop.example", ".m.example"),
    words=("示例网店",),
)  # fmt: skip


def found(text: str, html: str = "") -> list[str]:
    return [one.excerpt for one in ShopCheck(RULE).findings(Subject(title="", text=text, html=CleanHtml(html)))]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("看https://a.shop.example/1?x=2，快", "https://a.shop.example/1?x=2"),
        ("shop.example/abc 下单", "shop.example/abc"),
        ("http://SHOP.example.", "http://SHOP.example"),
        ("https://x.m.example", "https://x.m.example"),
        ("￥Ab3dEf6hIj￥打开示例网店", "Ab3dEf6hIj"),
        ("1 Ab3dEf6hIj:/ 复制后打开示例网店", "Ab3dEf6hIj"),
    ],
)
def test_an_address_and_a_token_are_found(text: str, shown: str) -> None:
    assert found(text) == [shown]


@pytest.mark.parametrize(
    "text",
    ["https://example.org/?to=shop.example", "https://notshop.example", "a@shop.example",
     "￥Ab3dEf6hIj￥", "￥123456789￥示例网店", "示例网店"],
)  # fmt: skip
def test_other_addresses_prices_and_names_are_left(text: str) -> None:
    assert found(text) == []


def test_an_address_that_is_only_linked_is_found_once() -> None:
    html = '<a href="https://shop.example/a">甲</a><a href="https://shop.example/a">乙</a><a href="https://shop.example/b">丙</a>'

    found_in_both = ShopCheck(RULE).findings(Subject(title="", text="https://shop.example/b", html=CleanHtml(html)))

    assert [(one.where, one.excerpt, one.rule_version) for one in found_in_both] == [
        ("text", "https://shop.example/b", 2),
        ("links", "https://shop.example/a", 2),
    ]
