"""`carnival channels try`: words, codes, and the object of scripts."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from crawler.trying.commands import channels_group
from tests.simulators.website import Website

LIST = "".join(
    f'<li><a href="/news/{number}.html">蜻蜓怎样飞行的第{number}个问题</a><span>2026-09-1{number}</span></li>'
    for number in range(6)
)
PAGE = f"<html><body><ul class=news>{LIST}</ul></body></html>"
TITLE = "蜻蜓怎样飞行的第0个问题"
ADDRESS = "http://a.example/news/"


@pytest.fixture
def run(tmp_path: Path, website: Website, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Run the command in a deployment that may ask the site on loopback."""
    monkeypatch.setenv("CARNIVAL_DATA_FOLDER", str(tmp_path / "data"))
    monkeypatch.setenv("CARNIVAL_PRIVATE_HOSTS", json.dumps([website.host]))
    monkeypatch.setenv("CARNIVAL_CRAWL_DELAY_SECONDS", "0")
    return lambda *words: CliRunner().invoke(channels_group, ["try", *words])


@pytest.fixture
def saved(tmp_path: Path) -> str:
    file = tmp_path / "page.html"
    file.write_text(PAGE, encoding="utf-8")
    return str(file)


def test_an_address_is_tried_and_nothing_is_written(
    run: Callable[..., Result], website: Website, tmp_path: Path
) -> None:
    website.page("/news/", PAGE)
    website.page("/news/0.html", f"<article><h1>{TITLE}</h1><p>{'蜻蜓能悬停，能倒飞。' * 20}</p></article>")

    done = run(f"{website.origin}/news/", "--json")

    assert done.exit_code == 0, done.output
    shown = json.loads(done.stdout)
    assert (shown["source"], len(shown["articles"]), shown["read"][0]["title"]) == ("site", 6, TITLE)
    assert shown["articles"][0] == {"url": f"{website.origin}/news/0.html", "title": TITLE, "date": "2026-09-10"}
    assert shown["suggested"] == {"source": "site", "address": f"{website.origin}/news/"}
    assert not (tmp_path / "data").exists()


def test_a_saved_page_gives_its_list(run: Callable[..., Result], saved: str) -> None:
    done = run(saved, "--url", ADDRESS, "--json")

    shown = json.loads(done.stdout)
    assert (done.exit_code, len(shown["articles"]), shown["read"]) == (0, 6, [])
    assert shown["hosts"] == ["a.example"]


def test_its_articles_may_lie_on_other_hosts_that_are_named(run: Callable[..., Result], tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text(PAGE.replace('href="/', 'href="http://b.example/'), encoding="utf-8")

    alone, both = (
        run(str(file), "--url", ADDRESS, "--json"),
        run(str(file), "--host", "a.example", "--host", "b.example", "--json"),
    )

    assert json.loads(alone.stdout)["articles"] == []
    assert len(json.loads(both.stdout)["articles"]) == 6


def test_a_page_without_a_list_is_an_answer_that_says_why(run: Callable[..., Result], tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text("<html><body><div id=list></div><script>draw()</script></body></html>", encoding="utf-8")

    done = run(str(file), "--url", ADDRESS, "--json")

    shown = json.loads(done.stdout)
    assert (done.exit_code, shown["articles"]) == (0, [])
    assert shown["why"]


def test_people_get_tables(run: Callable[..., Result], saved: str) -> None:
    done = run(saved, "--url", ADDRESS)

    assert done.exit_code == 0
    assert "articles: 6" in done.stdout
    assert TITLE in done.stdout


def test_an_option_chooses_the_links(run: Callable[..., Result], saved: str) -> None:
    done = run(saved, "--url", ADDRESS, "--source", "site", "--option", "list=li:nth-child(2) a", "--json")

    assert [one["url"] for one in json.loads(done.stdout)["articles"]] == ["http://a.example/news/1.html"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["no-such-file"], "needs --url"),
        (["no-such-file", "--url", ADDRESS], "neither an http(s) address nor a file"),
        (["{saved}", "--url", "a.example"], "no plain http(s) address"),
        (["{saved}", "--url", ADDRESS, "--host", "B.example/x"], "is an address"),
        (["{saved}", "--url", ADDRESS, "--source", "gopher"], "Invalid value for '--source'"),
        (["{saved}", "--url", ADDRESS, "--option", "list"], "NAME=VALUE"),
        (["{saved}", "--url", ADDRESS, "--option", "list=ul["], "is no CSS selector"),
        (["{saved}", "--url", ADDRESS, "--source", "feed", "--option", "list=a"], "is no known key"),
        ([], "Missing argument"),
    ],
)
def test_what_is_asked_wrongly_is_a_usage_error(
    run: Callable[..., Result], saved: str, words: list[str], said: str
) -> None:
    done = run(*(word.format(saved=saved) for word in words))

    assert done.exit_code == 2
    assert said in done.output


def test_what_cannot_be_fetched_is_said_in_one_line(run: Callable[..., Result], website: Website) -> None:
    done = run(f"{website.origin}/nothing/")

    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.startswith(f"Error: {website.origin}/nothing/: could not be read; the unit reads: “")
    assert "回答 404" in done.stderr


def test_an_address_inside_the_machine_is_refused(run: Callable[..., Result], website: Website) -> None:
    done = run("http://127.0.0.1:9/")

    assert done.exit_code == 1
    assert "指向内部地址" in done.stderr


def test_a_damaged_file_is_said(run: Callable[..., Result], tmp_path: Path) -> None:
    file = tmp_path / "page.html.gz"
    file.write_bytes(b"\x1f\x8bbroken")

    done = run(str(file), "--url", ADDRESS)

    assert (done.exit_code, done.stdout) == (1, "")
    assert str(file) in done.stderr
