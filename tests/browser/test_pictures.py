"""Pictures and players as a browser shows them, and that no page asks anybody but the site for anything."""

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Request, expect

from tests.browser.exhibition import EDITOR, PASSWORD, Exhibition

PUBLIC = (
    "/",
    "/search",
    "/search?q=月球车",
    "/units",
    "/units/unit-a",
    "/items/{shown}",
    "/items/{video}",
    "/items/{live}",
    "/items/{changed}",
    "/items/{shown}/report",
    "/whitelist?name=示例",
    "/reports?ticket={ticket}",
    "/sign-in",
)
DESK = (
    "/review/",
    "/review/?open={waiting}",
    "/review/items/{waiting}",
    "/review/items/{shown}",
    "/review/items/{video}",
)
LOADED = "(one) => one.complete && one.naturalWidth > 0"


@pytest.fixture
def watched(open_page: Callable[..., Page], shown: Exhibition) -> Callable[..., tuple[Page, list[str]]]:
    """Open a page of which every request is noted, and none to another host gets out."""

    def make(**options: object) -> tuple[Page, list[str]]:
        page, hosts = open_page(**options), list[str]()

        def note(request: Request) -> None:
            hosts.append(urlsplit(request.url).netloc)

        page.context.on("request", note)
        page.context.route(
            lambda url: not url.startswith((shown.site, "data:")), lambda route: route.abort("blockedbyclient")
        )
        return page, hosts

    return make


def seen_to_its_end(page: Page, address: str) -> None:
    """Open a page and scroll to its end, so that what is loaded late is loaded too."""
    page.goto(address, wait_until="load")
    page.evaluate(
        "for (const one of document.images) one.loading = 'eager'; window.scrollTo(0, document.body.scrollHeight)"
    )
    page.wait_for_load_state("networkidle")


def test_no_public_page_asks_anybody_but_the_site(
    watched: Callable[..., tuple[Page, list[str]]], shown: Exhibition
) -> None:
    page, hosts = watched()

    for path in PUBLIC:
        seen_to_its_end(page, shown.path(path))

    assert set(hosts) == {urlsplit(shown.site).netloc}
    assert len(hosts) > len(PUBLIC)


def test_no_page_of_the_desk_asks_anybody_but_the_site(
    watched: Callable[..., tuple[Page, list[str]]], shown: Exhibition
) -> None:
    page, hosts = watched()
    page.goto(shown.path("/sign-in"))
    page.get_by_label("用户名").fill(EDITOR)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="登录").click()

    for path in DESK:
        seen_to_its_end(page, shown.path(path))

    assert set(hosts) == {urlsplit(shown.site).netloc}


def test_an_item_shows_its_pictures_with_their_room_kept_and_their_label(
    watched: Callable[..., tuple[Page, list[str]]], shown: Exhibition
) -> None:
    page, _ = watched()
    seen_to_its_end(page, shown.path("/items/{shown}"))

    kept = page.locator(".prose picture img, .gallery picture img")
    assert kept.count() == 2
    assert [kept.nth(n).evaluate(LOADED) for n in range(2)] == [True, True]
    assert kept.first.evaluate("(one) => one.currentSrc").endswith(".webp")
    assert kept.first.evaluate("(one) => one.width / one.height") == pytest.approx(16 / 9, rel=0.02)
    expect(page.locator(".prose .ai-label")).to_have_text("AI生成")
    expect(page.locator(".gallery figcaption")).to_contain_text("图源")


def test_a_refused_picture_and_one_that_waits_are_a_drawing_with_words(
    watched: Callable[..., tuple[Page, list[str]]], shown: Exhibition
) -> None:
    page, _ = watched()
    seen_to_its_end(page, shown.path("/items/{shown}"))

    drawn = page.locator(".prose .no-picture")
    assert drawn.count() == 2
    expect(drawn.nth(0)).to_contain_text("本站没有收录这张图片")
    expect(drawn.nth(1)).to_contain_text("图片正在获取")
    assert drawn.first.locator("img").evaluate(LOADED)


def test_a_player_is_a_card_until_it_is_clicked(
    watched: Callable[..., tuple[Page, list[str]]], shown: Exhibition
) -> None:
    page, hosts = watched()
    seen_to_its_end(page, shown.path("/items/{video}"))
    card = page.locator(".player").first

    expect(card).to_contain_text("由 哔哩哔哩 播放，点击后将连接 player.bilibili.com")
    expect(card).to_contain_text("3:05")
    assert card.locator("picture img").evaluate(LOADED)
    assert page.locator("iframe").count() == 0
    assert set(hosts) == {urlsplit(shown.site).netloc}

    card.get_by_role("link").click()

    expect(page.locator("iframe")).to_have_attribute("src", "https://player.bilibili.com/player.html?bvid=BV1")
    expect(page.locator("iframe")).to_be_focused()
    assert set(hosts) == {urlsplit(shown.site).netloc, "player.bilibili.com"}


def test_without_script_a_player_is_a_link_that_tells_nobody_where_it_was_followed(
    watched: Callable[..., tuple[Page, list[str]]], shown: Exhibition
) -> None:
    page, hosts = watched(java_script_enabled=False)
    page.goto(shown.path("/items/{video}"))

    for link in page.locator(".player a.stage").all():
        assert (link.get_attribute("target"), link.get_attribute("referrerpolicy")) == ("_blank", "no-referrer")
        assert "noopener" in (link.get_attribute("rel") or "")
    assert set(hosts) == {urlsplit(shown.site).netloc}
