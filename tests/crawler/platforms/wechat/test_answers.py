"""What WeChat's calls answer, as records."""

from datetime import UTC, date, datetime

from crawler.platforms.fields import Object
from crawler.platforms.wechat.answers import (
    DayRow,
    Job,
    Listing,
    MassSend,
    News,
    Publication,
    Token,
    article_of,
    day_rows_of,
    job_of,
    listing_of,
    mass_send_of,
    token_of,
)

URL = "http://mp.weixin.qq.com/s?__biz=MzAwMDAwMDAwMQ==&mid=2247480001&idx=1&sn=0011#rd"
NEWS = News(
    title="月球车如何过夜",
    author="示例馆",
    digest="摘要",
    content="<p>正文</p>",
    source_url="https://kjg.example.cn/1.html",
    url=URL,
    is_deleted=False,
)
WRITTEN = {
    "title": " 月球车如何过夜 ",
    "author": "示例馆",
    "digest": "摘要",
    "content": "<p>正文</p>",
    "content_source_url": "https://kjg.example.cn/1.html",
    "url": URL.replace("&", "&amp;"),
    "is_deleted": False,
}
SECONDS, AT = 1_790_000_000, datetime(2026, 9, 21, 14, 13, 20, tzinfo=UTC)


def test_a_token_is_one_with_its_time_and_is_shown_to_nobody() -> None:
    token = token_of({"access_token": "T" * 512, "expires_in": "7200"})

    assert token == Token(value="T" * 512, expires_in=7200)
    assert "TTT" not in repr(token)


def test_without_value_or_time_there_is_no_token() -> None:
    answers: list[Object] = [{"access_token": "t"}, {"expires_in": 7200}, {"access_token": "t", "expires_in": 0}]

    assert [token_of(each) for each in answers] == [None, None, None]


def test_times_beside_the_content_and_inside_of_it_are_read() -> None:
    beside = {"article_id": "A", "content": {"news_item": [WRITTEN]}, "create_time": SECONDS, "update_time": SECONDS}
    inside = {
        "article_id": "A",
        "content": {"news_item": [WRITTEN], "create_time": SECONDS, "update_time": str(SECONDS)},
    }

    listing = listing_of({"total_count": 2, "item_count": 2, "item": [beside, inside]})

    assert listing == Listing(
        total=2, count=2, publications=(Publication(article_id="A", news=(NEWS,), created=AT, updated=AT),) * 2
    )


def test_the_time_of_the_last_change_is_none_of_publication() -> None:
    listing = listing_of({"item": [{"article_id": "A", "content": {"news_item": [WRITTEN]}, "update_time": SECONDS}]})

    assert [(each.created, each.updated) for each in listing.publications] == [(None, AT)]


def test_one_odd_entry_costs_itself_alone() -> None:
    odd = {"article_id": 7, "content": {"news_item": [{"title": 5, "url": ["x"], "is_deleted": "true"}, "no"]}}

    listing = listing_of({"total_count": "x", "item": [None, odd, {"article_id": "A", "content": None}]})

    assert listing == Listing(
        total=2,
        count=2,
        publications=(
            Publication(
                article_id="7",
                news=(News(title="5", author="", digest="", content="", source_url="", url="", is_deleted=True),),
                created=None,
                updated=None,
            ),
            Publication(article_id="A", news=(), created=None, updated=None),
        ),
    )


def test_one_publication_by_its_id() -> None:
    assert article_of({"news_item": [WRITTEN, WRITTEN], "errcode": 0}).news == (NEWS, NEWS)


def test_a_publication_on_its_way_and_one_that_is_out() -> None:
    running = job_of({"publish_id": 100000001, "publish_status": "1", "fail_idx": []})
    item = [{"idx": 1, "article_url": "ARTICLE_URL"}, {"idx": 2, "article_url": URL}]
    out = job_of(
        {"publish_id": "1", "publish_status": 0, "article_id": "b5O 2OUy", "article_detail": {"count": 9, "item": item}}
    )

    assert running == Job(publish_id="100000001", status=1, article_id="", urls=(), failed=())
    assert out == Job(publish_id="1", status=0, article_id="b5O2OUy", urls=(URL,), failed=())


def test_a_mass_send_has_two_numbers() -> None:
    assert mass_send_of({"msg_id": 34182, "msg_data_id": "206227730"}) == MassSend(msg_id="34182", data_id="206227730")


def test_daily_totals_name_article_day_and_how_it_was_published() -> None:
    rows = [
        {"ref_date": "2026-09-21", "msgid": "2247480001_1", "publish_type": 0, "detail_list": []},
        {"ref_date": "2026-09-21", "msgid": "2247480002_2", "publish_type": 1, "title": "题", "url": URL},
        {"ref_date": "soon", "stat_date": "2026-09-22", "int_page_read_user": 3},
    ]

    assert list(day_rows_of({"list": rows})) == [
        row("2247480001_1", day=date(2026, 9, 21), is_notified=True),
        row("2247480002_2", day=date(2026, 9, 21), is_notified=False, title="题", url=URL),
        row("", counted_on=date(2026, 9, 22), readers=3),
    ]


def row(
    msgid: str,
    *,
    day: date | None = None,
    counted_on: date | None = None,
    title: str = "",
    url: str = "",
    readers: int | None = None,
    is_notified: bool | None = None,
) -> DayRow:
    return DayRow(
        msgid=msgid, day=day, counted_on=counted_on, title=title, url=url, readers=readers, is_notified=is_notified
    )
