"""crawler.scrapy.spider: what one crawl leaves to the next, and how it behaves towards a site."""

import json
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

from indexer.base import times
from indexer.catalogue.looks import Sight
from indexer.records import host_rests, looks, understood
from indexer.records.database import Database
from tests.crawler.scrapy.crawling import ARTICLE, TEXT, build, run, whitelist_in
from tests.crawler.whitelisted import site_channel, whitelist
from tests.simulators.website import Answer, Website


def test_a_second_crawl_sends_what_it_kept_and_changes_nothing(folder: Path, website: Website) -> None:
    sources = {name: source for name, source in build(website).items() if name in {"good", "list"}}
    whitelist_in(folder, website, sources)
    run(folder, website, "--once")
    website.seen.clear()

    again = run(folder, website, "--all")

    assert {name: (each["new"], each["changed"]) for name, each in again.items()} == {"good": (0, 0), "list": (0, 0)}
    assert website.asked("/good/")[0].headers["if-none-match"] == '"good"'
    assert website.asked("/list/art_1001.html") == []  # a list that is polled asks for what is unknown alone


def test_between_two_requests_to_one_host_the_delay_is_kept(folder: Path, website: Website) -> None:
    whitelist_in(
        folder, website, {name: source for name, source in build(website).items() if name in {"good", "other"}}
    )

    run(folder, website, "--once", delay="0.5")

    moments = [seen.at for seen in website.seen]
    assert len(moments) == 3
    assert min(later - earlier for earlier, later in pairwise(moments)) > 0.4


def test_a_proxy_of_the_environment_is_not_used(folder: Path, website: Website) -> None:
    whitelist_in(folder, website, {name: source for name, source in build(website).items() if name == "good"})

    with Website() as proxy:
        output = run(folder, website, "--once", http_proxy=proxy.origin, HTTP_PROXY=proxy.origin, no_proxy="")

    assert output["good"]["new"] == 1
    assert proxy.seen == []


def test_what_a_site_wants_to_be_remembered_is_not_sent_back(folder: Path, website: Website) -> None:
    whitelist_in(folder, website, {name: source for name, source in build(website).items() if name == "list"})
    listing = website.answers["/list/"]
    website.answers["/list/"] = replace(listing, headers={**listing.headers, "Set-Cookie": "visitor=1; Path=/"})

    output = run(folder, website, "--once")

    assert output["list"]["new"] == 1
    assert [seen.path for seen in website.seen if "cookie" in seen.headers] == []


def test_a_site_whose_robots_txt_is_out_of_order_is_not_read(folder: Path, website: Website) -> None:
    whitelist_in(folder, website, {name: source for name, source in build(website).items() if name == "good"})
    website.answers["/robots.txt"] = Answer(status=500)

    output = run(folder, website, "--once")

    assert "robots.txt 出错" in output["good"]["error"]
    assert website.asked("/good/") == []


def test_what_was_collected_is_looked_at_again_in_a_round(folder: Path, website: Website) -> None:
    """On one site: a piece that is gone, an edit, one that is refused, and one whose answer asks for a pause."""
    names = ("gone", "edited", "shut", "busy")
    rows = "".join(f'<li><a href="/{name}/1.html">关于{name}的一篇文章</a> 2026-09-02</li>' for name in names)
    for name in names:
        website.page(f"/{name}/1.html", ARTICLE.replace(TEXT, name + TEXT))
    website.page("/list/", f"<ul>{rows}</ul>")
    database = Database.open(f"sqlite:///{folder / 'carnival.db'}")
    whitelist(database, replace(site_channel(website), path="/"))
    run(folder, website, "--once")
    website.answers["/gone/1.html"] = Answer(status=410)
    website.page("/edited/1.html", ARTICLE.replace(TEXT, f"更正。{TEXT}"))
    website.answers["/shut/1.html"] = Answer(status=403)
    website.answers["/busy/1.html"] = Answer(status=429, headers={"Retry-After": "3600"})
    hasten(database, last="/busy/1.html")
    website.seen.clear()

    run(folder, website, "--once")

    with database.reading() as tx:
        found = {
            item.key.split("/")[1]: (item, looks.look(tx, item.id))
            for item, _ in understood.all_latest(tx, after=None, limit=9)
        }
        rests = host_rests.resting(tx, now=times.now())
    database.close()
    sights = {name: (item.latest, look.misses, look.alarm) for name, (item, look) in found.items() if look}
    assert len(website.asked("/busy/1.html")) == 1
    assert sights == {
        "gone": (1, 1, None),
        "edited": (2, 0, None),
        "shut": (1, 0, Sight.REFUSED),
        "busy": (1, 0, Sight.BUSY),
    }
    assert list(rests) == [website.host]


def hasten(database: Database, *, last: str) -> None:
    """Make every link due now, that of this path the last."""
    with database.transaction() as tx:
        for item, version in understood.all_latest(tx, after=None, limit=9):
            ago = timedelta(minutes=1 if version.url.endswith(last) else 2)
            tx.change(looks.LOOKS.update().where(looks.LOOKS.c.item == item.id).values(due_at=times.now() - ago))


def test_a_pause_that_a_polled_channels_host_asks_for_is_noted_for_all(folder: Path, website: Website) -> None:
    whitelist_in(folder, website, {"good": "feed"})
    website.answers["/good/"] = Answer(status=503, headers={"Retry-After": "3600"})

    run(folder, website, "--once")

    database = Database.open(f"sqlite:///{folder / 'carnival.db'}")
    with database.reading() as tx:
        rests = host_rests.resting(tx, now=times.now())
    database.close()
    assert list(rests) == [website.host]
    assert len(website.asked("/good/")) == 1


def test_a_server_of_this_machine_stands_in_for_a_host(folder: Path, website: Website) -> None:
    whitelist_in(folder, website, {"list": "site"})
    build(website)
    database = Database.open(f"sqlite:///{folder / 'carnival.db'}")
    listed = replace(site_channel(website, "list", path="/list/"), hosts=("kp.example.cn",), source="site")
    whitelist(database, replace(listed, address="https://kp.example.cn/list/", path="/list/"))
    database.close()

    output = run(folder, website, "--once", CARNIVAL_STAND_INS=json.dumps({"kp.example.cn": website.host}))

    assert (output["list"]["new"], output["list"]["error"]) == (1, None)
    assert {seen.headers["host"] for seen in website.seen} == {"kp.example.cn"}
