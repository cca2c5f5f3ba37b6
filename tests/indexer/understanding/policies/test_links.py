"""Links outside the register."""

import pytest

from config.policy import LinksRule
from config.words import Severity
from indexer.catalogue.items import CleanHtml
from indexer.understanding.policies.links import SHORT, LinksCheck, addresses_linked
from indexer.understanding.policies.parts import MOST_FINDINGS, Subject
from indexer.understanding.results import Finding

RULE = LinksRule(
    id="links",
    version=1,
    severity=Severity.LOW,
    message="看看去处。",
    basis="法",
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
        "http://somebody@127.0.0.1:8099/a",
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


def test_a_finding_is_a_whole_row_whose_span_is_the_address() -> None:
    address = "HTTPS://shop.example.com/" + "a" * 200

    assert LinksCheck(RULE).findings(Subject(title="", text=address, hosts=HOSTS)) == [
        Finding(
            rule="links", rule_version=1, severity=Severity.LOW, where="links", start=0, end=len(address),
            excerpt=address[:80], message="看看去处。",
        )
    ]  # fmt: skip


def test_links_come_before_what_is_typed_and_a_bounded_number_of_them() -> None:
    text = " ".join(f"http://{number}.example.com/" for number in range(50))
    html = CleanHtml('<a href=" https://a.example.com/ ">甲</a><a>无</a><a href="http://0.example.com/">乙</a>')

    found = [one.excerpt for one in LinksCheck(RULE).findings(Subject(title="", text=text, html=html, hosts=HOSTS))]

    assert found[:3] == ["https://a.example.com/", "http://0.example.com/", "http://1.example.com/"]
    assert len(found) == MOST_FINDINGS


def test_without_hosts_every_address_but_the_units_own_is_outside() -> None:
    rule = RULE.model_copy(update={"hosts": (), "short_links": ()})
    subject = Subject(title="", text="http://kjg.example.cn/ http://www.beijing.gov.cn/", hosts=HOSTS)

    assert [one.excerpt for one in LinksCheck(rule).findings(subject)] == ["http://www.beijing.gov.cn/"]


def test_a_short_link_says_why() -> None:
    subject = Subject(title="", text="https://s.example.com/x", hosts=HOSTS)

    [finding] = LinksCheck(RULE).findings(subject)

    assert finding.message.endswith(SHORT)


@pytest.mark.parametrize("html", ["", "  ", "<!-- nichts -->", "<a>", "plain"])
def test_html_without_links_finds_nothing(html: str) -> None:
    assert LinksCheck(RULE).findings(Subject(title="", text="", html=CleanHtml(html))) == []


def test_a_code_in_a_picture_is_an_address_like_a_link() -> None:
    subject = Subject(title="", text="", codes=("https://shop.example.com/a", "加我", "HTTP://b.example/"))

    assert list(addresses_linked(subject)) == ["https://shop.example.com/a", "HTTP://b.example/"]
