"""The desk as two editors use it at once: refusals, whole pieces, many as one, where the focus stands."""

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from indexer.catalogue.items import Item
from indexer.records import items
from indexer.records.database import Database
from indexer.review.records import State

pytestmark = pytest.mark.browser
GRAVE = {"serious", "critical"}


@pytest.fixture
def enter(open_page: Callable[..., Page], sign_in: Callable[[Page], None]) -> Callable[..., Page]:
    """Open the queue in a browser of its own."""

    def make(**options: object) -> Page:
        page = open_page(**options)
        sign_in(page)
        expect(page.get_by_role("heading", name="审核队列")).to_be_visible()
        return page

    return make


@pytest.fixture
def short(catalogue: list[Item], make_item: Callable[..., Item]) -> list[Item]:
    """Three short pieces behind those of the catalogue."""
    return [make_item(url=f"http://a.example/s{n}.html", title=f"短讯{n}", text=f"第{n}件短事。") for n in range(3)]


@pytest.fixture
def states(database: Database) -> Callable[[list[Item]], list[State]]:
    def read(wanted: list[Item]) -> list[State]:
        with database.reading() as tx:
            found = [items.item(tx, item.id) for item in wanted]
        return [item.state for item in found if item]

    return read


def choose(page: Page, *titles: str) -> None:
    for title in titles:
        page.get_by_role("checkbox", name=f"选择 {title}", exact=True).check()


def bar(page: Page, name: str) -> None:
    page.get_by_role("group", name="所有选中的内容").get_by_role("button", name=name).click()


@pytest.mark.parametrize("script", [True, False])
def test_a_stale_batch_of_one_browser_leaves_what_the_other_decided(
    enter: Callable[..., Page],
    short: list[Item],
    states: Callable[[list[Item]], list[State]],
    script: bool,
) -> None:
    first, second = enter(java_script_enabled=script), enter()
    choose(first, "短讯0", "短讯1", "短讯2")
    second.goto(re.sub(r"/review/.*", f"/review/items/{short[0].id}", second.url))
    second.get_by_label("理由").select_option(index=1)
    second.get_by_role("button", name="退回").click()

    with first.expect_response("**/review/batch") as answer:
        bar(first, "通过…")

    assert answer.value.status == 409
    told = first.get_by_role("status")
    expect(told).to_contain_text("短讯0")
    expect(told).to_contain_text("编辑甲：退回，")
    first.get_by_role("button", name="通过 2 条").click()
    expect(first.get_by_role("status")).to_contain_text("已处理 2 条")
    assert states(short) == [State.REJECTED, State.APPROVED, State.APPROVED]


def test_a_stale_move_keeps_what_was_typed_and_has_the_focus(
    enter: Callable[..., Page], short: list[Item], states: Callable[[list[Item]], list[State]]
) -> None:
    first, second = enter(), enter()
    for page in (first, second):
        page.goto(re.sub(r"/review/.*", f"/review/items/{short[0].id}", page.url))
        page.get_by_label("补充说明").fill("两人同看")
    second.get_by_role("button", name="暂缓").click()

    with first.expect_response("**/decide") as answer:
        first.get_by_role("button", name="退回").click()

    assert answer.value.status == 409
    expect(first.locator(".refusals")).to_be_focused()
    expect(first.locator(".refusals")).to_contain_text("编辑甲：暂缓，")
    assert first.get_by_label("补充说明").input_value() == "两人同看"
    assert states(short[:1]) == [State.HELD]


@pytest.mark.parametrize("script", [True, False])
def test_from_the_list_only_what_is_in_view_in_full_is_approved(
    enter: Callable[..., Page],
    catalogue: list[Item],
    short: list[Item],
    states: Callable[[list[Item]], list[State]],
    script: bool,
) -> None:
    page = enter(java_script_enabled=script)
    rows = page.locator("tbody")
    long, brief = rows.filter(has_text="月球车如何过夜"), rows.filter(has_text="短讯0")
    expect(long.get_by_role("button", name="通过")).to_have_count(0)
    expect(brief.get_by_role("button", name="通过")).to_have_count(1)

    long.get_by_role("link", name="阅读全文").click()
    expect(long.get_by_text("疑似疗效保证")).to_be_visible()
    expect(long.get_by_text("图片正在获取")).to_be_visible()
    long.get_by_role("button", name="通过").click()
    expect(rows).to_have_count(5)

    assert states([catalogue[0], *short]) == [State.APPROVED, *[State.PENDING] * 3]


def test_a_batch_is_asked_about_done_and_undone_as_one(
    enter: Callable[..., Page], short: list[Item], states: Callable[[list[Item]], list[State]]
) -> None:
    page = enter(viewport={"width": 1280, "height": 600})
    choose(page, "短讯0", "短讯1", "短讯2")
    expect(page.get_by_text("已选 3 条")).to_be_in_viewport()
    bar(page, "通过…")
    expect(page.get_by_role("heading", name="通过 3 条")).to_be_focused()
    asked = states(short)
    page.get_by_role("button", name="通过 3 条").click()
    expect(page.get_by_role("status")).to_have_text("已处理 3 条。")
    done = states(short)
    page.get_by_role("button", name="全部撤销").click()
    expect(page.get_by_role("status")).to_have_text("已撤销 3 条。")

    assert (asked, done) == ([State.PENDING] * 3, [State.APPROVED] * 3)
    assert states(short) == [State.PENDING] * 3


@pytest.mark.parametrize("height", [480, 800])
def test_the_bar_stays_in_view_wherever_the_list_stands(enter: Callable[..., Page], height: int) -> None:
    page = enter(viewport={"width": 390, "height": height})
    group = page.get_by_role("group", name="所有选中的内容")
    for link in page.locator("a[data-key=Enter]").all():
        link.focus()
        expect(group).to_be_in_viewport()
        box, over = link.bounding_box(), group.bounding_box()
        assert box is not None
        assert over is not None
        assert box["y"] + box["height"] <= over["y"] or box["y"] >= over["y"] + over["height"]


def test_an_outcome_is_put_in_once_more_for_screen_readers_and_the_focus_goes_on(
    enter: Callable[..., Page], short: list[Item]
) -> None:
    page = enter()
    page.locator("tbody").filter(has_text="短讯0").get_by_role("button", name="通过").click()

    expect(page.get_by_role("status")).to_have_count(1)
    expect(page.get_by_role("status")).to_have_text("刚才的决定：通过《短讯0》")
    expect(page.get_by_role("link", name="短讯1")).to_be_focused()


def test_faster_than_anyone_reads_is_asked_once(
    enter: Callable[..., Page], short: list[Item], states: Callable[[list[Item]], list[State]]
) -> None:
    page = enter()
    texts = page.locator("tbody").filter(has_text="阅读全文")
    for left in (3, 2):
        texts.first.get_by_role("link", name="阅读全文").click()
        page.locator(".opened").get_by_role("button", name="通过").click()
        expect(page.locator("tbody")).to_have_count(left + 2)
    texts.first.get_by_role("link", name="阅读全文").click()
    page.locator(".opened").get_by_role("button", name="通过").click()
    expect(page.get_by_role("heading", name="读过了吗？")).to_be_focused()
    expect(page.get_by_text("尚未通过")).to_be_visible()
    page.get_by_role("button", name="已读过，通过并继续").click()
    for title in ("短讯0", "短讯1", "短讯2"):
        page.locator("tbody").filter(has_text=title).get_by_role("button", name="通过").click()
    expect(page.get_by_text("没有待处理的内容。")).to_be_focused()

    assert states(short) == [State.APPROVED] * 3


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_question_refusal_and_opened_piece_have_no_barrier(
    enter: Callable[..., Page], catalogue: list[Item], short: list[Item], scheme: str, width: int
) -> None:
    page = enter(color_scheme=scheme, viewport={"width": width, "height": 900})
    desk = page.url.split("?")[0]
    opened = f"{desk}?open={catalogue[0].id}"
    found = []
    page.goto(opened)
    found += barriers(page)
    choose(page, "月球车如何过夜", "短讯0", "家里的节水办法")
    bar(page, "通过…")
    expect(page.get_by_role("status")).to_contain_text("列表里没有显示全文")
    found += barriers(page)

    assert found == []
    assert page.evaluate("document.documentElement.scrollWidth") == width


def barriers(page: Page) -> list[tuple[str, str]]:
    """What axe finds grave, and the nodes whose contrast it could not measure."""
    seen = Axe().run(page).response
    grave = [one for one in seen["violations"] if one["impact"] in GRAVE]
    unmeasured = [one for one in seen["incomplete"] if one["id"] == "color-contrast"]
    return [(one["id"], one["nodes"][0]["html"]) for one in grave + unmeasured]
