"""crawler.extract.body.main_text: the article among everything else on a page."""

from crawler.extract.body.main_text import Body, read_body
from crawler.extract.document import parse

TEXT = [
    "把一杯清水放在窗台上，过几天水面就低了一截，杯子并没有漏，水到哪里去了呢？",
    "窗台上放了三个同样大小的盘子，分别盛上清水、糖水和盐水，每天早上称一次重量。",
    "一周以后，清水少得最多，盐水少得最少，盘底还留下了一层白色的盐，这就是蒸发。",
]
LAST = "在家里也可以试一试，做完之后把盘子洗干净，把每天的重量记在本子上。"
ARTICLE = "".join(f"<p>{paragraph}</p>" for paragraph in TEXT)
LINKS = "".join(f"<li><a href='/{n}.html'>另一篇文章的标题，第{n}号，欢迎阅读</a></li>" for n in range(12))
FEW = "".join(f"<li><a href='/{n}.html'>另一篇文章的标题，第{n}号</a></li>" for n in range(4))


def body(html: str) -> Body | None:
    tree = parse(f"<html><body>{html}</body></html>")
    assert tree is not None
    return read_body(tree)


def text(html: str) -> list[str]:
    found = body(html)
    return found.text.splitlines() if found else []


def test_menus_lists_and_footers_are_left_out() -> None:
    page = f"<ul>{LINKS}</ul><div>{ARTICLE}</div><div>版权所有 © 示例网 京ICP备00000000号</div>"

    assert text(page) == TEXT


def test_a_box_of_links_inside_the_article_is_taken_out() -> None:
    page = f"<div>{ARTICLE}<div class='related'><ul>{FEW}</ul></div><p>{LAST}</p></div>"

    assert text(page) == [*TEXT, LAST]


def test_a_misleading_name_does_not_hide_what_all_readers_found() -> None:
    assert text(f"<div class='sidebar'>{ARTICLE}</div>") == TEXT


def test_a_page_of_links_has_no_article() -> None:
    assert body(f"<ul>{LINKS}</ul>") is None
    assert body("") is None


def test_the_copy_is_changed_and_the_page_keeps_its_elements() -> None:
    found = body(f"<div id='all'>{ARTICLE}<div class='share'><a href='/s'>分享到</a></div></div>")

    assert found is not None
    assert found.source.find(".//div[@class='share']") is not None
    assert found.node.find(".//div[@class='share']") is None


def test_scripts_are_no_text() -> None:
    assert text(f"<div><script>var text = '{TEXT[0]}一'</script>{ARTICLE}</div>") == TEXT


def test_paragraphs_of_the_page_itself_stay_together_beside_a_long_list() -> None:
    assert text(f"{ARTICLE}<p>{LAST}</p><div><h4>点击排行</h4><ul>{LINKS}</ul></div>") == [*TEXT, LAST]
