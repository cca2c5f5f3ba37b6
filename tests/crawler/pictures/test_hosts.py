"""crawler.pictures.hosts: from which page a picture is asked for."""

import pytest

from crawler.pictures.hosts import referer_of

PAGE = "https://a.example/art/1.html?from=list"


@pytest.mark.parametrize(
    ("url", "page", "referer"),
    [
        ("https://a.example/1.jpg", PAGE, PAGE),
        ("https://img.b.example/1.jpg", PAGE, "https://a.example/"),
        ("http://a.example/1.jpg", PAGE, ""),
        ("http://a.example/1.jpg", "http://a.example/文/1.html", "http://a.example/%E6%96%87/1.html"),
        ("https://mmbiz.qpic.cn/x/0", PAGE, "https://mp.weixin.qq.com/"),
        ("https://wx1.sinaimg.cn/large/1.jpg", PAGE, "https://weibo.com/"),
        ("nothing", PAGE, ""),
    ],
)
def test_it_is_asked_for_from_the_page_that_its_host_expects(url: str, page: str, referer: str) -> None:
    assert referer_of(url, page) == referer
