"""Links outside the register."""

import pytest

from config.policy import LinksRule, RuleSeverity
from indexer.items import CleanHtml
from indexer.policies.links import SHORT, LinksCheck
from indexer.policies.parts import Subject

RULE = LinksRule(
    id="links",
    version=1,
    severity=RuleSeverity.LOW,
    message="看看去处。",
    basis="",
    hosts=(".gov.cn", "v.example.com"),
    short_links=("s.example.com",),
)
HOSTS = frozenset({"kjg.example.cn", "127.0.0.1:8099"})


def outside(address: str) -> list[str]:
    html = CleanHtml(f'<p><a href="{address}">去</a></p>')
    return [
        finding.excerpt for finding in LinksCheck(RULE).findings(Subject(title="", text="", html=html, hosts=HOSTS))
    ]


@pytest.mark.parametrize(
    "address",
    [
        "https://shop.example.com/a",
        "//shop.example.com/a",
        "https://evilgov.cn/",
        "https://kjg.example.cn.evil.example/",
        "https://kjg.example.cn@evil.example/",
        "http://[broken/",
        "http://s.example.com/x",
    ],
)
def test_an_address_outside_is_found(address: str) -> None:
    assert outside(address) == [address]


@pytest.mark.parametrize(
    "address",
    [
        "https://KJG.example.cn/a",
        "http://127.0.0.1:8099/a",
        "https://www.beijing.gov.cn/",
        "https://v.example.com/1",
        "/a/b",
        "#top",
        "mailto:a@b.example",
        "",
    ],
)
def test_a_registered_public_or_relative_address_is_left(address: str) -> None:
    assert outside(address) == []


def test_an_address_typed_in_the_text_is_found_once_and_ends_before_chinese_punctuation() -> None:
    text = "点https://shop.example.com/a，或https://shop.example.com/a。"

    [finding] = LinksCheck(RULE).findings(Subject(title="", text=text, hosts=HOSTS))

    assert (finding.where, finding.excerpt) == ("links", "https://shop.example.com/a")


def test_a_short_link_says_why() -> None:
    subject = Subject(title="", text="https://s.example.com/x", hosts=HOSTS)

    [finding] = LinksCheck(RULE).findings(subject)

    assert finding.message.endswith(SHORT)


@pytest.mark.parametrize("html", ["", "  ", "<!-- nichts -->", "<a>", "plain"])
def test_html_without_links_finds_nothing(html: str) -> None:
    assert LinksCheck(RULE).findings(Subject(title="", text="", html=CleanHtml(html))) == []
