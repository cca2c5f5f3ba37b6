"""crawler.extract.fields.bylines: lines of facts taken apart by their labels; 图 is nobody."""

import pytest

from crawler.extract.fields.authors import SURNAMES
from crawler.extract.fields.bylines import others_of, writers_of
from crawler.extract.page import read_page

HEAD = "窗台上的水到哪里去了"
PROSE = "把一杯清水放在窗台上，过几天水面就低了一截，这些水并没有消失，它们变成看不见的水汽，跑到空气里去了。"


def author(line: str = "", *, head: str = "", below: str = "") -> str:
    html = (
        f"<html><head><meta charset='utf-8'><title>{HEAD}-示例科技馆</title>{head}</head><body><h1>{HEAD}</h1>"
        f"{line}<div class='content'>{f'<p>{PROSE}</p>' * 3}</div>{below}</body></html>"
    )
    return read_page(html.encode()).author


BYLINES = [
    ("［作者］：张三", "张三"),
    ("由 张三 发表于 2026-09-17 08:30", "张三"),
    ("撰稿：张三 审稿：李四 编辑：王芳", "张三"),
    ("文·张三", "张三"),
    ("主笔：张三", "张三"),
    ("讲述：李四 整理：张三", "张三"),
    ("作者单位：示例大学 作者：张三", "张三"),
    ("作者张三", "张三"),
    ("作者 张三", "张三"),
    ("作者　张三", "张三"),
    ("作者 | 张三", "张三"),
    ("作者丨张三", "张三"),
    ("作者：张三", "张三"),
    ("作者／张三", "张三"),
    ("【作者】张三", "张三"),
    ("2026-09-17　作者 张三　阅读 120", "张三"),
    ("发表于 2026-09-17 | 来源 示例网 | 作者 张三 | 0 条评论", "张三"),
    ("来源：示例网　记者 张三　责任编辑 李四", "张三"),
    ("本报记者 张三", "张三"),
    ("本报记者张三", "张三"),
    ("记者张三", "张三"),
    ("记者 张三 通讯员 王五", "张三、王五"),
    ("记者：张三　通讯员：王五　摄影：李四", "张三、王五"),
    ("通讯员 张三", "张三"),
    ("通讯员 张三 王五", "张三、王五"),
    ("文/图 张三", "张三"),
    ("文/图：张三", "张三"),
    ("文/图　张三 王五", "张三、王五"),
    ("图/文 张三", "张三"),
    ("文、图/张三", "张三"),
    ("文·图：张三", "张三"),
    ("文图/张三", "张三"),
    ("图文：张三", "张三"),
    ("图文/张三", "张三"),
    ("图文 张三", "张三"),
    ("文/张三 图/李四", "张三"),
    ("文：张三　图：李四", "张三"),
    ("文｜张三 图｜李四", "张三"),
    ("文 张三 图 李四", "张三"),
    ("文字：张三 图片：李四", "张三"),
    ("文字/图片 张三", "张三"),
    ("撰文/摄影 张三", "张三"),
    ("摄影/撰文：张三", "张三"),
    ("（文/图 张三）", "张三"),
    ("（张三 文/图）", "张三"),
    ("张三/文 李四/图", "张三"),
    ("撰稿：张三　审核：李四", "张三"),
    ("撰文：张三", "张三"),
    ("执笔 张三", "张三"),
    ("供稿：示例学会", "示例学会"),
    ("供稿 示例学会", "示例学会"),
    ("供稿单位：示例学会", "示例学会"),
    ("供稿单位 示例学会", "示例学会"),
    ("供稿：示例学会　图片：李四", "示例学会"),
    ("（供稿：示例学会）", "示例学会"),
    ("（示例学会供稿）", "示例学会"),
    ("来稿：某某　作者：张三 王五", "张三、王五"),
    ("<span>作者</span><span>张三</span>", "张三"),
    ("来源<span>示例网</span>|作者<span>张三</span>", "张三"),
    ("<span>时间：2026-09-17</span><span>作者：张三</span><span>编辑：李四</span>", "张三"),
]
NOBODY = [
    "责任编辑：李四", "编辑 李四", "责编/李四", "图/李四", "图：李四", "摄影 李四", "图片 李四", "记者 李四 摄",
    "审核：李四", "校对：李四", "文/图", "图文", "来源：示例网", "文/图 责任编辑：李四", "作者：", "记者节", "文化活动",
    "编辑：李四　审核：王五", "图文来源：网络", "图片来源：示例网", "美编 李四 排版 李四",
]  # fmt: skip


@pytest.mark.parametrize(("line", "names"), BYLINES)
def test_who_wrote_is_read_from_a_line_in_any_of_its_forms(line: str, names: str) -> None:
    assert author(f"<p>{line}</p>") == names
    assert author(below=f"<div>{line}</div>") == names


@pytest.mark.parametrize("line", NOBODY)
def test_who_did_something_else_is_no_writer(line: str) -> None:
    found = author(f"<p>{line}</p>")

    assert "李四" not in found
    assert "王五" not in found
    assert not set(found.split("、")) & {"图", "文", "摄", "图片", "节", "化活动"}


@pytest.mark.parametrize(
    "mark_up",
    [
        "style='display:none'", "style='display: none;'", "hidden", "aria-hidden='true'", "style='visibility:hidden'",
        "class='x' style='color:red;DISPLAY:NONE'",
    ],
)  # fmt: skip
@pytest.mark.parametrize("line", ["作者：李四", "<span id='author_baidu'>作者：李四</span><span>责任编辑：李四</span>"])
def test_a_hidden_block_names_no_writer(mark_up: str, line: str) -> None:
    hidden = f"<div {mark_up}>{line}</div>"

    assert author(f"{hidden}<p>2026-09-17 来源：示例网</p>") in ("", "示例网")
    assert author(f"<div {mark_up}><div>{line}</div></div><p>作者：王五</p>") == "王五"
    assert author(hidden, below="<p>（作者 王五）</p>") == "王五"


def test_a_declared_author_who_is_printed_as_the_editor_wrote_nothing() -> None:
    meta = "<meta name='author' content='李四'>"

    assert author("<p>2026-09-17　责任编辑：李四</p>", head=meta) == ""
    assert author(below="<p>编辑：李 四</p>", head=meta) == ""
    assert author("<p>2026-09-17</p>", head=meta) == "李四"


def test_words_of_the_text_are_no_byline() -> None:
    assert author("<p>记者从示例科技馆获悉，作者 这个词在古代很少用，文 章千古事。</p>") == ""


def test_editors_are_named_for_what_they_are() -> None:
    assert list(others_of("作者：张三 责任编辑：李四 校对：王五")) == ["李四", "王五"]
    assert writers_of("责任编辑：李四", surnames=SURNAMES) == []
