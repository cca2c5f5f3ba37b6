"""The simulated sites: each form lists its pages, and each fault shows."""

import http.client
import json
import socket

import pytest

from crawler.feeds.reading import read_feed
from tests.simulated.asking import ask, ask_with
from tests.simulated.conftest import DRAFT, PARAGRAPHS, Simulated
from tests.simulators.names import HERE, PUBLIC, changing_names
from tests.simulators.running import SITES
from tests.simulators.world.accounts import Form, Site
from tests.simulators.world.faults import Fault

LIST = "/list-site/list/"


def host(sites: Simulated) -> str:
    return sites.running.host(SITES)


@pytest.mark.parametrize("path", [LIST, "/feed-site/feed.xml", "/sitemap-site/sitemap.xml", "/json-site/list.json"])
def test_what_is_published_is_listed_and_has_a_page(sites: Simulated, path: str) -> None:
    site = path.split("/")[1]
    (made,) = sites.world.publish(site, DRAFT)

    listed = ask(host(sites), path).text
    article = ask(host(sites), f"/{site}/p/{made.id}.html").text

    assert f"http://sites.example/{site}/p/{made.id}.html" in listed
    assert PARAGRAPHS[0] in article
    sites.world.take_away(made)
    assert made.id not in ask(host(sites), path).text
    assert ask(host(sites), f"/{site}/p/{made.id}.html").status == 404


def test_an_unchanged_list_is_not_sent_again(sites: Simulated) -> None:
    tag = ask(host(sites), LIST).heads["etag"]
    unchanged = ask_with(host(sites), LIST, {"If-None-Match": tag})
    sites.world.publish("list-site", DRAFT)

    changed = ask_with(host(sites), LIST, {"If-None-Match": tag})
    sites.world.faults.on(Fault.LYING_304, "list-site")

    assert (unchanged.status, unchanged.body, changed.status) == (304, b"", 200)
    assert ask_with(host(sites), LIST, {"If-None-Match": tag}).status == 304


def test_a_list_in_gb18030_says_that_it_is_utf_8(sites: Simulated) -> None:
    sites.world.publish("list-site", DRAFT)
    sites.world.faults.on(Fault.GB18030, "list-site")

    answer = ask(host(sites), LIST)

    assert "charset=utf-8" in answer.heads["content-type"]
    assert DRAFT.title in answer.body.decode("gb18030")


@pytest.mark.parametrize(
    ("fault", "status", "name", "value"),
    [
        (Fault.TOO_MANY, 429, "retry-after", "3600"),
        (Fault.BROKEN, 500, "server", "CarnivalSimulator"),
        (Fault.LOOP, 302, "location", f"{LIST}?again=1"),
    ],
)
def test_a_site_in_trouble_says_so_by_its_status(
    sites: Simulated, fault: Fault, status: int, name: str, value: str
) -> None:
    sites.world.faults.on(fault, "list-site")

    answer = ask(host(sites), LIST)

    assert (answer.status, answer.heads[name].split()[0].split("/Python")[0]) == (status, value)
    assert ask(host(sites), "/json-site/list.json").status == 200


def test_a_frozen_list_and_an_empty_one_answer_as_if_all_were_well(sites: Simulated) -> None:
    sites.world.faults.on(Fault.FROZEN, "json-site")
    sites.hands.turn(minutes=1)
    sites.world.publish("json-site", DRAFT)
    frozen = json.loads(ask(host(sites), "/json-site/list.json").body)["data"]["list"]
    sites.world.faults.on(Fault.EMPTY_LIST, "feed-site")

    assert len(frozen) == 3
    assert read_feed(ask(host(sites), "/feed-site/feed.xml").body, url="http://sites.example/").entries == ()


def test_an_endless_body_goes_on_until_its_reader_has_had_enough(sites: Simulated) -> None:
    sites.world.faults.on(Fault.ENDLESS, "list-site")
    connection = http.client.HTTPConnection(host(sites), timeout=10)
    connection.request("GET", LIST)

    with connection.getresponse() as answer:
        read = answer.read(3_000_000)
    connection.close()

    assert (len(read), answer.headers["Content-Length"]) == (3_000_000, None)


def test_names_change_from_one_look_up_to_the_next() -> None:
    with changing_names({"changing.example": ((HERE,), (PUBLIC, HERE))}):
        found = [
            [entry[4][0] for entry in socket.getaddrinfo("changing.example", 80, type=socket.SOCK_STREAM)]
            for _ in range(3)
        ]

    assert found == [[HERE], [PUBLIC, HERE], [HERE]]


def test_a_bridge_lists_what_an_account_published_where_the_account_has_it(wechat: Simulated) -> None:
    account = wechat.account
    wechat.world.add(Site(id="bridge", name="桥", form=Form.BRIDGE, host="bridge.example", of=account.id))
    (made,) = wechat.world.publish(account.id, DRAFT)

    text = ask(wechat.running.host(SITES), "/bridge/bridge.xml").text

    assert f"https://mp.weixin.qq.com/s?__biz={account.biz}&amp;mid={made.number}&amp;idx=1" in text
