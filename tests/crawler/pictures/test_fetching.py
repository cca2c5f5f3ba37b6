"""crawler.pictures.fetching: one picture through the guard, or why not and whether it may come later."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from config.settings import Settings
from crawler.pictures.fetching import PictureRefused, fetch_picture
from indexer.catalogue.pictures import PictureRefusal
from indexer.whitelist.records import Channel
from tests.crawler.pictures.drawn import picture
from tests.simulators.website import Answer, Website

BODY = picture(40, 30)


@pytest.fixture
def fetch(
    settings: Settings, website: Website, make_channel: Callable[..., Channel], now: datetime
) -> Callable[[str], bytes]:
    channel = make_channel(hosts=(website.host,))

    def ask(path: str) -> bytes:
        url = path if path.startswith("http") else f"{website.origin}{path}"
        page = f"{website.origin}/art/1.html"
        limits = settings.model_copy(update={"picture_bytes": 2000, "picture_seconds": 2.0})
        return fetch_picture(url, page=page, channel=channel, settings=limits, now=now)

    return ask


def test_a_picture_comes_as_it_is_sent_whatever_it_is_called(fetch: Callable[[str], bytes], website: Website) -> None:
    website.answers["/1.jpg"] = Answer(body=BODY, headers={"Content-Type": "text/html"})

    assert fetch("/1.jpg") == BODY
    headers = website.asked("/1.jpg")[0].headers
    assert headers["referer"] == f"{website.origin}/art/1.html"
    assert "image/webp" in headers["accept"]


@pytest.mark.parametrize(
    ("status", "why", "may_come"),
    [
        (404, PictureRefusal.GONE, False),
        (410, PictureRefusal.GONE, False),
        (403, PictureRefusal.FORBIDDEN, False),
        (401, PictureRefusal.FORBIDDEN, False),
        (429, PictureRefusal.UNREACHABLE, True),
        (503, PictureRefusal.UNREACHABLE, True),
    ],
)
def test_a_status_says_why_there_is_none(
    fetch: Callable[[str], bytes], website: Website, status: int, why: PictureRefusal, *, may_come: bool
) -> None:
    website.answers["/1.jpg"] = Answer(body=b"no", status=status)

    with pytest.raises(PictureRefused) as refused:
        fetch("/1.jpg")

    assert (refused.value.why, refused.value.may_come, refused.value.is_silent) == (why, may_come, False)


def test_a_host_that_asks_for_a_pause_says_until_when(
    fetch: Callable[[str], bytes], website: Website, now: datetime
) -> None:
    website.answers["/1.jpg"] = Answer(status=429, headers={"Retry-After": "90"})

    with pytest.raises(PictureRefused) as refused:
        fetch("/1.jpg")

    assert refused.value.rests_until == now + timedelta(seconds=90)


@pytest.mark.parametrize("location", ["/1.jpg", "file:///etc/passwd", "http://[/1.jpg"])
def test_a_redirect_that_leads_nowhere_is_not_tried_again(
    fetch: Callable[[str], bytes], website: Website, location: str
) -> None:
    website.answers["/1.jpg"] = Answer(status=302, headers={"Location": location})

    with pytest.raises(PictureRefused) as refused:
        fetch("/1.jpg")

    assert (refused.value.why, refused.value.may_come) == (PictureRefusal.ADDRESS, False)


def test_what_is_no_address_is_not_tried_again(fetch: Callable[[str], bytes]) -> None:
    with pytest.raises(PictureRefused) as refused:
        fetch("http://a.example:x/1.jpg")

    assert (refused.value.why, refused.value.may_come) == (PictureRefusal.ADDRESS, False)


def test_a_picture_on_a_host_that_is_not_the_channel_s_is_not_asked_for(fetch: Callable[[str], bytes]) -> None:
    with pytest.raises(PictureRefused) as refused:
        fetch("http://elsewhere.example/1.jpg")

    assert refused.value.why is PictureRefusal.FOREIGN_HOST


def test_a_redirect_elsewhere_is_not_followed(fetch: Callable[[str], bytes], website: Website) -> None:
    website.answers["/1.jpg"] = Answer(status=302, headers={"Location": "http://elsewhere.example/1.jpg"})

    with pytest.raises(PictureRefused) as refused:
        fetch("/1.jpg")

    assert (refused.value.why, refused.value.may_come) == (PictureRefusal.FOREIGN_HOST, False)


def test_too_many_bytes_are_not_read(fetch: Callable[[str], bytes], website: Website) -> None:
    website.answers["/1.jpg"] = Answer(body=b"x" * 5000)

    with pytest.raises(PictureRefused) as refused:
        fetch("/1.jpg")

    assert (refused.value.why, refused.value.may_come) == (PictureRefusal.TOO_LARGE, False)


def test_a_host_that_drips_or_breaks_off_may_do_better_later(fetch: Callable[[str], bytes], website: Website) -> None:
    website.answers["/slow.jpg"] = Answer(body=b"x" * 1000, drip_seconds=0.2)
    website.answers["/cut.jpg"] = Answer(body=BODY, is_cut=True)

    for path, is_silent in (("/slow.jpg", True), ("/cut.jpg", False)):
        with pytest.raises(PictureRefused) as refused:
            fetch(path)
        said = refused.value
        assert (said.why, said.may_come, said.is_silent) == (PictureRefusal.UNREACHABLE, True, is_silent)
