"""crawler.extract.fields.authors: writers as papers print them; who published; an editor is no writer."""

import pytest

from crawler.extract.body.blocks import read_blocks
from crawler.extract.document import parse
from crawler.extract.fields.authors import read_account, read_author
from crawler.extract.fields.meta import Declared
from crawler.extract.page import read_page

TEXT = "<p>一杯清水放在窗台上，过几天水面就低了一截，它到哪里去了呢？请看下面的实验。</p>"
PROSE = "钻头要在月面上打出一个洞，把土样一层一层地留在软管里，地上的人才能看出先后的次序。" * 3


def author(before: str = "", after: str = "", *, chinese: bool = True, **declared: tuple[str, ...]) -> str:
    tree = parse(f"<html><body><h1>窗台上的水</h1>{before}{TEXT}{after}</body></html>")
    assert tree is not None
    blocks = list(read_blocks(tree))
    start = next(place for place, block in enumerate(blocks) if block.text.startswith("一杯"))
    return read_author(
        blocks,
        Declared(is_chinese=chinese, **declared),  # type: ignore[arg-type]
        title=0,
        start=start,
        end=start + 1,
    )


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("<p>作者：张三</p>", "张三"),
        ("<p>文/张三 图/李四</p>", "张三"),
        ("<p>记者：张三 李四</p>", "张三、李四"),
        ("<p>2026-09-17 来源：示例网 作者：王 芳</p>", "王芳"),
        ("<p>（本报记者 张三）</p>", "张三"),
        ("<p>张三/示例日报</p>", "张三"),
        ("<p>（张三）</p>", "张三"),
    ],
)
def test_a_printed_byline_names_the_writers(byline: str, names: str) -> None:
    assert author(byline) == names


def test_a_writer_may_be_named_behind_the_article() -> None:
    assert author(after="<p>（作者：张三）</p>") == "张三"


@pytest.mark.parametrize(
    "line", ["<p>责任编辑：张三</p>", "<p>编辑：张三</p>", "<p>作者：佚名</p>", "<p>来源：网络</p>"]
)
def test_editors_and_nobody_are_no_writers(line: str) -> None:
    assert author(line) == ""


def test_a_printed_name_stands_above_a_declared_one() -> None:
    assert author("<p>作者：张三</p>", authors=("李四",)) == "张三"
    assert author(authors=("李四",)) == "李四"


@pytest.mark.parametrize("declared", [("https://a.example",), ("示例网",), ("李四",)])
def test_an_address_the_site_and_the_editor_are_no_declared_writers(declared: tuple[str, ...]) -> None:
    assert author(authors=declared, sites=("示例网",), editors=("李四",)) == ""


def test_an_element_that_is_named_author_holds_one() -> None:
    assert author("<p>09-17</p><span class='author'>张三</span>") == "张三"


def test_an_english_byline_is_read_on_english_pages_only() -> None:
    assert author("<p>By Jane Doe and John Roe</p>", chinese=False) == "Jane Doe, John Roe"
    assert author("<p>作者：张三</p>", chinese=False) == ""


@pytest.mark.parametrize(
    ("line", "declared", "account"),
    [
        ("<p>来源：示例科技馆 2026-09-17</p>", {}, "示例科技馆"),
        ("<p>来源：示例科技馆</p>", {"sources": ("示例晚报",)}, "示例晚报"),
        ("<p><span>2026-09-17</span> <span>示例社团</span></p>", {}, "示例社团"),
        ("<p>2026-09-17</p>", {"authors": ("示例作者",)}, "示例作者"),
        ("<p>来源：网络</p>", {}, ""),
    ],
)
def test_who_published_is_declared_or_printed_or_stands_beside_the_date(
    line: str, declared: dict[str, tuple[str, ...]], account: str
) -> None:
    tree = parse(f"<html><body><h1>窗台上的水</h1>{line}{TEXT}</body></html>")
    assert tree is not None

    found = read_account(list(read_blocks(tree)), Declared(is_chinese=True, **declared), title=0, start=2, end=3)  # type: ignore[arg-type]

    assert found == account


def author_of(head: str = "", line: str = "") -> str:
    page = (
        f"<html lang='zh-CN'><head><title>采样钻头怎样工作</title>{head}</head><body><h1>采样钻头怎样工作</h1>"
        f"<p>{line}</p><div class='content'><p>{PROSE}</p></div></body></html>"
    )
    return read_page(page.encode()).author


def meta(name: str, content: str) -> str:
    return f"<meta name='{name}' content='{content}'>"


@pytest.mark.parametrize("editor", ["editor", "responsibleEditor"])
def test_a_declared_author_who_is_the_pages_editor_is_no_writer(editor: str) -> None:
    assert author_of(meta("author", "王小明") + meta(editor, "王 小明")) == ""
    assert author_of(meta("author", "李小红") + meta(editor, "王小明")) == "李小红"


@pytest.mark.parametrize(
    "line",
    [
        "作者：李小红　责任编辑：王小明",
        "记者：李小红 责编：王小明",
        "作者：李小红 编辑：王小明",
        "<span class='author'>李小红 责任编辑：王小明</span>",
    ],
)
def test_the_editor_in_the_line_of_the_writer_is_left_out(line: str) -> None:
    assert author_of(line=line) == "李小红"


def test_an_author_element_that_names_an_editor_names_no_writer() -> None:
    assert author_of(line="<span class='author'>责任编辑：王小明</span>") == ""


@pytest.mark.parametrize(
    "line",
    [
        "<p><i>发布时间：2026-09-17</i><i>作者：</i><i>点击：[<span></span>]</i></p>",
        "<p><span>发布时间：2026-09-17</span><b>来源：</b><b>作者：</b></p>",
    ],
)
def test_a_label_without_a_value_names_nobody(line: str) -> None:
    html = f"<html><head><title>窗台上的水</title></head><body><h1>窗台上的水</h1>{line}{TEXT * 3}</body></html>"

    assert read_page(html.encode()).author == ""


@pytest.mark.parametrize("byline", ["由 <a class='author' href='/a/'>张三</a>", "<i>By</i> 张三"])
def test_the_word_by_is_no_part_of_the_name(byline: str) -> None:
    assert author(f"<p class='byline'>{byline}</p>") == "张三"
