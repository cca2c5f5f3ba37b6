"""crawler.lists.paging: which page is the next one."""

import pytest

from crawler.extract.document import parse
from crawler.lists.paging import next_page

URL = "https://a.example/kx/index.html"


@pytest.mark.parametrize(
    ("piece", "target"),
    [
        ("<a href='index_1.html'>下一页</a>", "index_1.html"),
        ("<a href='index_1.html'>下页</a>", "index_1.html"),
        ("<a href='index_1.html'>下一页&gt;&gt;</a>", "index_1.html"),
        ("<a href='index_1.html'><span>[下一页]</span></a>", "index_1.html"),
        ("<a href='index_1.html' title='下一页'>&gt;</a>", "index_1.html"),
        ("<a href='index_1.html'><img alt='下一页'></a>", "index_1.html"),
        ("<a href='index_1.html'>Next page »</a>", "index_1.html"),
        ("<a href='index_1.html' rel='next'>2</a>", "index_1.html"),
        ("<link rel='next' href='index_1.html'>", "index_1.html"),
        ("<link rel='next' href=' index_1.html#top '>", "index_1.html"),
        ("<link rel='next' href='http://['><a href='index_1.html'>下一页</a>", "index_1.html"),
        ("<link rel='next' href='mailto:a@a.example'>", None),
        ("<a href='#' onclick=\"location.href='index_1.html'\">下一页</a>", "index_1.html"),
        ("<script>createPageHTML(12, 0, 'index', 'html');</script>", "index_1.html"),
        ("<script>createPageHTML('page-div',12,3,'index','shtml',240);</script>", "index_4.shtml"),
        ("<script>createPageHTML(1, 0, 'index', 'html');</script>", None),
        ("<a href='index.html'>下一页</a>", None),
        ("<a href='javascript:goPage(2)'>下一页</a>", None),
        ("<a href='/next/'>走进下一页科学</a>", None),
        ("<a href='index_1.html'>上一页</a>", None),
    ],
)
def test_the_next_page_is_the_one_that_the_page_names(piece: str, target: str | None) -> None:
    page = parse(f"<html><head></head><body><p>x</p>{piece}</body></html>")
    assert page is not None

    assert next_page(page, URL) == (target and f"https://a.example/kx/{target}")
