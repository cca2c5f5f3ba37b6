"""crawler.demo: what the made-up campaign publishes, and how its simulator answers."""

import re
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Iterator

import pytest

from config.units.load import load_units
from crawler.demo.campaign import UNITS_FILE, Form, outlets
from crawler.demo.pictures import draw
from crawler.demo.simulator import Simulator, documents, serve
from tests.serving import served

ARTICLES = [article for outlet in outlets().values() for article in outlet.articles]
TELEPHONE = re.compile(r"1[3-9]\d{9}")


@pytest.fixture(scope="module")
def simulator() -> Iterator[Simulator]:
    with serve(0) as server, served(server):
        yield server


def answer(simulator: Simulator, path: str, **headers: str) -> tuple[int, bytes, str | None]:
    """Status, body and entity tag."""
    request = urllib.request.Request(simulator.origin + path, headers=headers)  # noqa: S310 - loopback
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=5) as found:
            return found.status, found.read(), found.headers["ETag"]
    except urllib.error.HTTPError as error:
        return error.code, error.read(), error.headers["ETag"]


def test_the_campaign_has_about_sixty_items_of_every_form() -> None:
    assert 55 <= len(ARTICLES) <= 65
    assert {outlet.form for outlet in outlets().values()} == set(Form)


def test_every_outlet_is_an_approved_channel_of_a_unit_named_as_an_example() -> None:
    units = load_units(UNITS_FILE)
    approved = {channel.id for unit in units for channel in unit.channels if channel.status == "approved"}

    assert {outlet.channel for outlet in outlets().values()} == approved
    assert [unit.name for unit in units if not unit.name.startswith("示例")] == []


def test_one_story_stands_on_three_channels() -> None:
    stories = Counter(paragraph for article in ARTICLES for paragraph in article.paragraphs)

    assert max(stories.values()) == 3


def test_a_name_with_the_four_characters_stands_beside_one_without() -> None:
    names = [article.title for article in outlets()["shipin"].articles]

    assert any("食品安全" in name for name in names)
    assert any("食品之安全常识" in name for name in names)


def test_the_only_telephone_number_is_an_obviously_made_up_one() -> None:
    text = "".join("".join(article.paragraphs) for article in ARTICLES)

    assert set(TELEPHONE.findall(text)) == {"13800000000"}


def test_every_path_of_the_simulator_answers(simulator: Simulator) -> None:
    states = {path: answer(simulator, path)[0] for path in documents(simulator.origin)}

    assert {path for path, status in states.items() if status != 200} == set()


def test_every_picture_and_film_that_a_page_names_answers(simulator: Simulator) -> None:
    pages = b"".join(document.body for document in documents(simulator.origin).values())
    paths = {found.decode() for found in re.findall(rb"/(?:pictures|films)/[\w.-]+", pages)}

    assert len(paths) > len(ARTICLES)
    assert {path for path in paths if answer(simulator, path)[0] != 200} == set()


def test_a_page_that_did_not_change_answers_304(simulator: Simulator) -> None:
    _status, _body, etag = answer(simulator, "/qixiang/feed.xml")

    assert etag is not None
    assert answer(simulator, "/qixiang/feed.xml", **{"If-None-Match": etag})[:2] == (304, b"")


def test_a_path_that_does_not_exist_answers_404(simulator: Simulator) -> None:
    assert answer(simulator, "/nowhere")[0] == 404
    assert answer(simulator, "/films/..%2fcampaign.py")[0] == 404


def test_one_site_is_still_in_gb18030(simulator: Simulator) -> None:
    assert "抗生素" in answer(simulator, "/weijian/antibiotics.html")[1].decode("gb18030")


def test_a_picture_is_the_same_every_time() -> None:
    assert draw("moon-1") == draw("moon-1")
    assert draw("moon-1") != draw("moon-2")
