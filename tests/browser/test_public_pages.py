"""Public pages on a phone, in large type, in English: within reach, large enough, in their own language."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser import looking
from tests.browser.exhibition import EDITOR, PASSWORD, TITLES, UNIT, Exhibition

pytestmark = pytest.mark.browser

PUBLIC = [
    "/",
    "/search?q=讲讲&topic=health",
    "/items/{shown}",
    "/items/{shown}/report",
    "/reports?ticket={ticket}",
    "/units",
    "/units/unit-a",
    "/whitelist?name=示例",
    "/sign-in",
    "/items/{gone}",
    "/nothing",
]
OF_EDITORS = [
    "/review/",
    "/review/?open={waiting}",
    "/review/?state=held",
    "/review/items/{waiting}",
    "/review/items/{changed}",
    "/review/items/{reported}",
    "/review/log",
    "/review/whitelist",
    "/review/refused",
    "/review/alarms",
    "/review/reports",
    "/account/",
]
BEHIND_SIGN_IN = [("/unit/", UNIT), *((path, EDITOR) for path in OF_EDITORS)]
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def visit(shown: Exhibition, open_page: Callable[..., Page]) -> Callable[..., Page]:
    """Open a page with cookies of these preferences; other options are Playwright's."""

    def go(path: str, *, preferences: dict[str, str] | None = None, **options: object) -> Page:
        page = open_page(**options)
        cookies = [{"name": name, "value": value, "url": shown.site} for name, value in (preferences or {}).items()]
        page.context.add_cookies(cookies)  # type: ignore[arg-type]  # Playwright's own TypedDict
        page.goto(shown.path(path))
        return page

    return go


def sign_in(page: Page, person: str) -> None:
    page.locator("#name").fill(person)
    page.locator("#password").fill(PASSWORD)
    page.locator("main form button").click()


@pytest.mark.parametrize("path", PUBLIC)
def test_chinese_on_an_english_page_says_that_it_is_chinese(visit: Callable[..., Page], path: str) -> None:
    page = visit(path, preferences={"lang": "en"})

    assert page.evaluate("document.documentElement.lang") == "en"
    assert page.evaluate(looking.CHINESE_UNMARKED) == []


@pytest.mark.parametrize(("path", "person"), BEHIND_SIGN_IN)
def test_the_desks_in_english_mark_chinese_too(
    visit: Callable[..., Page], shown: Exhibition, path: str, person: str
) -> None:
    page = visit("/sign-in", preferences={"lang": "en"})
    sign_in(page, person)

    page.goto(shown.path(path))

    assert page.evaluate("document.documentElement.lang") == "en"
    assert page.evaluate(looking.CHINESE_UNMARKED) == []


def test_what_the_desk_asks_and_refuses_in_english_marks_chinese_too(
    visit: Callable[..., Page], shown: Exhibition
) -> None:
    page = visit("/sign-in", preferences={"lang": "en"})
    sign_in(page, EDITOR)
    page.goto(shown.path("/review/"))
    for box in page.locator("[name=chosen]").all()[:2]:
        box.check()

    with page.expect_navigation():
        page.locator(".bar [value=reject]").click()
    asked = page.locator("h2[autofocus]").inner_text(), page.evaluate(looking.CHINESE_UNMARKED)
    with page.expect_navigation():
        page.locator("main form.box [value=reject]").click()
    refused = page.locator(".refusals").inner_text(), page.evaluate(looking.CHINESE_UNMARKED)

    assert asked == ("Reject 2 items", [])
    assert refused == ("This needs a reason. Choose one or write your own.", [])


def test_a_choice_in_the_list_is_called_by_its_title(visit: Callable[..., Page], shown: Exhibition) -> None:
    page = visit("/sign-in", preferences={"lang": "en"})
    sign_in(page, EDITOR)
    page.goto(shown.path("/review/"))
    title = page.locator(".list .title").first

    expect(page.locator("[name=chosen]").first).to_have_accessible_name(f"Choose {title.inner_text()}")
    expect(title).to_have_attribute("lang", "zh-CN")


@pytest.mark.parametrize(("size", "layout"), [("normal", "table-cell"), ("large", "block")])
def test_the_list_stands_as_cards_where_large_type_leaves_no_room_for_columns(
    visit: Callable[..., Page], shown: Exhibition, size: str, layout: str
) -> None:
    page = visit("/sign-in", preferences={"type": size}, viewport={"width": 1280, "height": 800})
    sign_in(page, EDITOR)
    page.goto(shown.path("/review/"))

    expect(page.locator(".list td").first).to_have_css("display", layout)


def test_links_and_buttons_that_stand_together_look_alike(visit: Callable[..., Page], shown: Exhibition) -> None:
    page = visit("/sign-in")
    sign_in(page, EDITOR)
    page.goto(shown.path("/review/"))

    weights = page.evaluate("[...document.querySelectorAll('.button')].map((el) => getComputedStyle(el).fontWeight)")

    assert len(weights) > 5
    assert set(weights) == {"600"}


@pytest.mark.parametrize("path", PUBLIC)
def test_landmarks_of_one_kind_have_names_of_their_own(visit: Callable[..., Page], path: str) -> None:
    names = visit(path).evaluate(looking.LANDMARKS)

    assert [name for name in names if names.count(name) > 1 or name.endswith(" ")] == []


@pytest.mark.parametrize("path", PUBLIC)
@pytest.mark.parametrize("viewport", [PHONE, {"width": 1280, "height": 800}])
def test_the_mode_for_seniors_is_large_and_in_one_column(
    visit: Callable[..., Page], path: str, viewport: dict[str, int]
) -> None:
    page = visit(path, preferences={"type": "large"}, viewport=viewport)

    assert page.evaluate(looking.SMALL_TEXTS, 24) == []
    assert page.evaluate(looking.SMALL_TARGETS, 44) == []
    assert set(page.evaluate(looking.COLUMNS)) <= {1}


def test_the_switch_is_called_by_its_official_name(visit: Callable[..., Page]) -> None:
    page = visit("/")
    page.get_by_role("link", name="长者模式", exact=True).click()
    expect(page.locator("html")).to_have_class("large")

    page.get_by_role("link", name="退出长者模式").click()

    expect(page.locator("html")).not_to_have_class("large")


def test_on_a_phone_the_first_article_and_all_ways_are_within_reach(visit: Callable[..., Page]) -> None:
    page = visit("/", viewport=PHONE)

    first = page.locator("main .card").first.bounding_box()
    districts = page.get_by_role("heading", name="按地区看").bounding_box()

    assert first is not None
    assert first["y"] <= 420
    assert districts is not None
    assert districts["y"] < 2000
    assert page.evaluate("document.documentElement.scrollHeight") < 3500
    assert page.locator("main .card:visible").count() == 6


@pytest.mark.parametrize("path", ["/", "/items/{reported}", "/units/unit-a", "/search?q=讲讲"])
def test_a_heading_does_not_break_inside_a_word(visit: Callable[..., Page], path: str) -> None:
    lines, broken = visit(path, viewport=PHONE).evaluate(looking.LINES_OF_HEADINGS)

    assert lines > 0
    assert broken == []


def test_a_heading_keeps_its_words_whole_for_copying_and_reading_aloud(visit: Callable[..., Page]) -> None:
    page = visit("/items/{reported}")

    heading = page.get_by_role("heading", level=1, name=TITLES[0], exact=True)

    expect(heading).to_be_visible()


def test_cards_are_told_apart_by_topic_and_kind(visit: Callable[..., Page]) -> None:
    page = visit("/")

    drawings = page.evaluate(
        "[...document.querySelectorAll('.card .picture')].map((el) => getComputedStyle(el).backgroundImage)"
    )

    assert len(set(drawings)) == 6
    assert [one for one in drawings if "/static/pictures/" not in one] == []
    assert sorted(page.locator(".card .kind").all_inner_texts()) == ["▶ 直播", "▶ 视频", "活动"]


def test_a_picture_that_cannot_be_loaded_leaves_no_hole(visit: Callable[..., Page]) -> None:
    page = visit("/units")
    page.route("**/media/**", lambda route: route.abort())
    page.goto(page.url.replace("/units", "/"))
    picture = page.locator(".card .picture:has(img)").first
    expect(picture.locator("img")).to_have_js_property("complete", True)

    box = picture.bounding_box()

    assert picture.locator("img").evaluate("(one) => one.naturalWidth") == 0
    assert box is not None
    assert box["height"] > 100
    assert "/static/pictures/" in picture.evaluate("(el) => getComputedStyle(el).backgroundImage")


def test_every_drawing_is_served(visit: Callable[..., Page]) -> None:
    page = visit("/")
    answers: list[int] = []
    page.on("response", lambda answer: answers.append(answer.status) if "/static/pictures/" in answer.url else None)
    page.reload(wait_until="networkidle")

    assert set(answers) == {200}


def test_a_reader_reports_an_article_without_script_and_looks_the_ticket_up(visit: Callable[..., Page]) -> None:
    page = visit("/items/{video}", java_script_enabled=False)
    page.get_by_role("link", name="纠错 / 举报").click()
    page.get_by_label("内容有误").check()
    page.get_by_label("问题说明").fill("第二段的年份写错了。")
    page.get_by_role("button", name="提交").click()
    ticket = page.locator(".ticket").inner_text()

    page.get_by_role("link", name="反馈进度查询").click()
    page.get_by_label("查询号").fill(ticket.lower().replace("-", " "))
    page.get_by_role("main").get_by_role("button", name="查询").click()

    expect(page.get_by_role("heading", name=ticket)).to_contain_text("已收到")
