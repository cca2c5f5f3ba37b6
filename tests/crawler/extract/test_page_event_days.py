"""crawler.extract.page: days of whole pages that look like the day of publication and are another's."""

import json

import pytest

from crawler.extract.page import Page, read_page

HEAD = "雨后的蘑菇为什么长得这么快"
PROSE = [
    "雨停以后的第二天早上，松林里一下子冒出许多蘑菇，它们其实在土里准备了很久，菌丝早已铺满了落叶下面。",
    "孩子们在老师带领下用放大镜观察菌盖下的褶皱，并把孢子印在白纸上，等到傍晚就能看到一圈一圈的花纹。",
    "老师提醒大家，野外的蘑菇不要随意采摘，更不要入口，许多有毒的种类与可以吃的种类看上去几乎一样。",
]
TEXT = "".join(f"<p>{paragraph}</p>" for paragraph in PROSE)
DAY, LINE = "2026-09-10", "<p>2026-09-10</p>"
FOOT = "<div class='footer'>版权所有：示例学会 京ICP备00000000号</div>"


def read(inside: str, *, head: str = "", foot: str = FOOT) -> Page:
    html = f"<html><head><title>{HEAD}-示例学会</title>{head}</head><body>{inside}{foot}</body></html>"
    return read_page(html.encode(), url="https://www.example.cn/info/1012/3345.htm")


def apart(first: str = "", *, line: str = "", last: str = "", below: str = "") -> str:
    """The day of a page whose headline stands outside of the article's element."""
    html = f"<h1>{HEAD}</h1>{line}<div class='v_news_content'>{first}{TEXT}{last}</div>{below}"
    return str(read(html).published)[:10]


def together(first: str, *, line: str = "") -> str:
    """The day of a page whose headline stands in the article's element."""
    return str(read(f"<div class='a'><h1>{HEAD}</h1>{line}{first}{TEXT}</div>").published)[:10]


@pytest.mark.parametrize(
    "event",
    [
        "作品上传时间：2026年9月20日", "成果发布时间：2026年9月20日", "新品发布日期：2026年9月20日",
        "出版时间：2024年1月2日", "上线时间：2026年9月20日", "名单公布日期：2026年9月20日",
        "日期：2026年9月20日", "时间：2026-09-20 14:00", "时间：2026年9月20日下午",
        "2026年9月20日（星期日）14:00", "📅 2026年9月20日（周日）",
    ],
)  # fmt: skip
def test_a_day_in_the_text_never_outvotes_a_bare_date_line(event: str) -> None:
    assert apart(f"<p>{event}</p>", line=LINE) == DAY
    assert together(f"<p>{event}</p>", line=LINE) == DAY


@pytest.mark.parametrize(
    "event",
    [
        "作品上传时间：2026年9月20日", "成果发布时间：2026年9月20日", "2026年9月20日（星期日）14:00",
        "📅 2026年9月20日（周日）", "时间：2026年9月20日下午",
    ],
)  # fmt: skip
def test_without_a_date_line_the_day_of_an_event_is_none(event: str) -> None:
    assert apart(f"<p>{event}</p>") == "None"
    assert apart(last=f"<p>{event}</p>") == "None"
    assert apart(below=f"<p>{event}</p>") == "None"
    assert together(f"<p>{event}</p>") == "None"


@pytest.mark.parametrize(
    "line", ["加入时间：2026-09-10", "公开日期：2026-09-10", "公布时间：2026-09-10", "新闻时间：2026-09-10"]
)
def test_the_labels_of_other_systems_are_those_of_publication(line: str) -> None:
    assert apart(line=f"<div>{line}</div>") == DAY
    assert apart(below=f"<div>{line}</div>") == DAY


def test_the_day_of_a_change_counts_alone_but_not_that_of_the_site() -> None:
    foot = "<div class='footer'>版权所有：示例学会</div><div>网站更新于2026-11-01</div>"

    assert apart(line="<p>更新时间：2026-09-10</p>") == DAY
    assert read(f"<h1>{HEAD}</h1><div class='v_news_content'>{TEXT}</div>", foot=foot).published is None


@pytest.mark.parametrize("banner", ["今天是2026年11月20日 星期五", "2026年11月20日 星期五"])
def test_the_day_of_a_banner_never_outvotes_the_date_line(banner: str) -> None:
    banner = f"<div class='top'>{banner}</div>"

    assert str(read(f"{banner}<h1>{HEAD}</h1>{LINE}<div class='nr'>{TEXT}</div>").published) == DAY
    assert read(f"<div>今天是2026年11月20日</div><h1>{HEAD}</h1><div class='nr'>{TEXT}</div>").published is None


def test_a_signature_above_its_enclosures_is_read() -> None:
    files = "<p>附件1：报名表.doc</p><p>附件2：日程.doc</p><p>（联系人：赵平 电话：010-00000000）</p>"

    assert apart(last=f"<p>示例学会</p><p>2026年9月10日</p>{files}") == DAY
    assert apart(last=f"<p>开幕仪式</p><p>2026年9月20日</p>{files}") == "None"


def test_the_day_on_which_a_template_was_made_never_outvotes_the_date_line() -> None:
    article = f"<h1>{HEAD}</h1>{LINE}<div class='nr'>{TEXT}</div>"

    assert str(read(article, head="<meta name='createDate' content='2019-01-01'>").published) == DAY
    assert str(read(article.replace(LINE, ""), head=f"<meta name='date' content='{DAY}'>").published) == DAY


def test_scripts_that_list_several_days_name_none_alone() -> None:
    script = "<script>var list=[{publishTime:'2020-01-01'},{publishTime:'2026-09-10'}];</script>"
    article = f"<h1>{HEAD}</h1>%s<div class='nr'>{TEXT}</div>"

    assert (read(article % script).published, read(article % script).is_day_uncertain) == (None, True)
    assert str(read(article % LINE, head=script).published) == DAY


def test_a_theme_s_day_with_a_chinese_month_in_an_english_form_is_read() -> None:
    meta = (
        "<time class='entry-date published' datetime='2026-09-10T08:00:00+08:00'>9月 10, 2026</time>"
        "<time class='updated' datetime='2026-10-01T08:00:00+08:00'>10月 1, 2026</time>"
    )

    assert str(read(f"<h1>{HEAD}</h1><p>{meta}</p><div class='entry-content'>{TEXT}</div>").published)[:10] == DAY


@pytest.mark.parametrize(
    "entity",
    [
        {"@type": "WebPage", "name": "示例学会", "datePublished": "2015-01-01"},
        {"@type": "NewsArticle", "headline": "完全不同的另一篇文章", "datePublished": "2020-01-01"},
    ],
)
def test_an_entity_of_another_name_is_not_the_page_s_even_without_an_address(entity: object) -> None:
    head = f"<script type='application/ld+json'>{json.dumps(entity)}</script>"
    article = f"<h1>{HEAD}</h1>%s<div class='nr'>{TEXT}</div>"

    assert read(article % "", head=head).published is None
    assert str(read(article % LINE, head=head).published) == DAY


def test_an_article_is_known_by_the_headline_that_the_page_shows() -> None:
    entity = {"@type": "NewsArticle", "headline": HEAD, "datePublished": DAY}
    head = f"<title>示例学会</title><script type='application/ld+json'>{json.dumps(entity)}</script>"
    html = f"<html><head>{head}</head><body><div>{HEAD}</div><div class='nr'>{TEXT}</div></body></html>"

    assert str(read_page(html.encode()).published) == DAY


@pytest.mark.parametrize(
    "last",
    [
        "<p>活动安排</p><p>2026年9月20日</p>",
        "<table><tr><td>日期</td><td>内容</td></tr><tr><td>2026年9月20日</td><td>开幕</td></tr></table>",
        "<p>（原载《示例日报》2026年8月1日第5版）</p>",
        "<p>2024年3月1日</p><p>第一届</p>",
        "<p>2026年9月20日（周日）</p>",
    ],
)
def test_a_day_at_the_end_that_nobody_signs_is_none(last: str) -> None:
    assert apart(last=last) == "None"


@pytest.mark.parametrize(
    "last",
    [
        "<p>示例学会办公室</p><p>2026年9月10日</p>", "<p>示例学会　2026年9月10日</p>",
        "<p>示例市人民政府<br>二〇二六年九月十日</p>", "<p>2026年9月10日</p>",
    ],
)  # fmt: skip
def test_a_day_that_a_unit_signs_or_that_ends_the_text_is_read(last: str) -> None:
    assert apart(last=last) == DAY


def test_a_day_in_the_first_table_of_a_text_is_none() -> None:
    table = "<table><tr><td>日期</td><td>内容</td></tr><tr><td>2026年9月20日</td><td>开幕</td></tr></table>"

    assert apart(table) == "None"
    assert apart("<p>2026年9月10日</p>") == DAY


def test_an_instant_that_is_shown_as_an_age_is_read() -> None:
    line = "<time datetime='2026-09-10T08:00:00+08:00'>3天前</time>"

    assert apart(line=line) == DAY
    assert apart(line="<span>3天前</span>") == "None"
