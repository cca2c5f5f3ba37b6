"""The parts of `make bench-crawl`: its server, its channels, and one small round of both spiders."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.benchmarks.crawl import PARTS, POLLED, Measured, collected, line_of, list_page, site
from tests.benchmarks.crawling.loopback import ETAG, Loopback, addresses, answer_to, answering, rate
from tests.benchmarks.crawling.processes import family, resident_mb, run

ANSWERS = {"/list/0/": ("text/html", b"<ul></ul>"), "/news/0.html": ("text/html", b"<p>a</p>")}


def asked(path: str, *headers: str) -> str:
    return "\r\n".join([f"GET {path} HTTP/1.1", "Host: 127.0.0.1", *headers])


@pytest.mark.parametrize(
    ("request_lines", "status", "body"),
    [
        (asked("/list/0/"), "200", "<ul></ul>"),
        (asked("/list/0/", f"If-None-Match: {ETAG}"), "304", ""),
        (asked("/list/0/", 'if-none-match: "another"'), "200", "<ul></ul>"),
        (asked("/news/0.html?a=1", f"If-None-Match: {ETAG}"), "200", "<p>a</p>"),
        (asked("/robots.txt"), "404", ""),
    ],
)
def test_the_server_answers_lists_pages_and_nothing_else(request_lines: str, status: str, body: str) -> None:
    head, _, sent = answer_to(request_lines, ANSWERS).decode().partition("\r\n\r\n")

    assert (head.split()[1], sent) == (status, body)


def test_each_host_has_an_address_of_its_own() -> None:
    assert len(set(addresses(600))) == 600
    assert addresses(2) == ["127.0.0.1", "127.0.0.2"]


def test_memory_is_that_of_a_process_and_all_below_it() -> None:
    assert os.getpid() in family(os.getpid())
    assert resident_mb(os.getpid()) > 1
    assert resident_mb(2**22 + 1) == 0


def test_a_part_that_fails_is_told_with_its_words() -> None:
    with pytest.raises(RuntimeError, match=r"crawling\.extractor ended with 1: [\s\S]*FileNotFoundError"):
        run(f"{PARTS}.extractor", "1", given=[["/no/such/file", "http://a.example/"]])


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Loopback]:
    page = tmp_path_factory.mktemp("pages") / "list.html"
    page.write_text(list_page([("/news/1.html", "湖面为什么先从上面结冰")]))
    with answering({f"/list/{number}/": page for number in range(3)}, hosts=2) as running:
        yield running


def test_the_server_s_own_rate_is_measured(server: Loopback) -> None:
    assert rate(server.hosts[1], "/list/0/", connections=2, seconds=0.2) > 100


def test_both_spiders_find_the_lists_unchanged(server: Loopback, tmp_path: Path) -> None:
    wanted = [site(number, server.hosts[number % 2]) for number in range(3)]

    bare = run(f"{PARTS}.bare", given={"urls": [each.address for each in wanted], "data_folder": str(tmp_path)})
    ours = collected(tmp_path / "ours", wanted, is_known=True)

    assert (bare["not_modified"], ours["unchanged"], ours["new"]) == (3, 3, 0)
    assert ours["peak_mb"] > 20


def test_a_step_that_is_not_there_is_named(server: Loopback, tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="no such step: telepathy"):
        collected(tmp_path / "ours", [site(0, server.hosts[0])], "telepathy", is_known=True)


@pytest.mark.parametrize(("channels", "polled"), [(4, 4), (2000, POLLED)])
def test_the_line_of_figures_names_the_channels_that_were_polled(channels: int, polled: int) -> None:
    one = Measured(what="", ours=1.0, beside=2.0, unit="", bound="", is_held=True)

    assert f"; {polled} channels in 1 MB; bounds missed 0" in line_of([one] * 3, channels=channels)
