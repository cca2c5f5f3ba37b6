"""crawler.extract.wechat.account: which account a page says it is of."""

from pathlib import Path

import pytest

from crawler.extract.wechat.account import biz_of_address, read_identity
from tests.real.rows import fixtures, read_bytes

BIZ, NUMBER = "MzA3MDM3NjE5NQ==", "3070376195"


def page(script: str, body: str = "") -> bytes:
    return f"<html><head><script>{script}</script></head><body>{body}</body></html>".encode()


@pytest.mark.parametrize(
    "script",
    [
        f'var biz = "{BIZ}" || "";',
        f'var biz = "" || "{BIZ}";',
        f"window.biz = '' || '{BIZ}';",
        f"x = {{biz: '{BIZ}'}};",
        f'{{"biz":"{BIZ}"}}',
        f'var biz = "{NUMBER}";',
        f'var biz = "{BIZ.rstrip("=")}";',
    ],
)
def test_the_biz_number_is_read_and_decoded(script: str) -> None:
    assert read_identity(page(script)) == (NUMBER, "")


@pytest.mark.parametrize(
    "script",
    ["user_name: JsDecode('gh_ee2320e6a2ac'),", 'user_name: "gh_ee2320e6a2ac"', 'var user_name = "gh_ee2320e6a2ac";'],
)
def test_the_original_id_is_read(script: str) -> None:
    assert read_identity(page(script)) == ("", "gh_ee2320e6a2ac")


@pytest.mark.parametrize(
    "script",
    ["var biz = null;", "var biz = '' || '';", 'var biz = "no number";', f'nobiz = "{BIZ}"', "if (window.biz) {", ""],
)
def test_what_is_no_number_of_an_account_is_none(script: str) -> None:
    assert read_identity(page(script)) == ("", "")


def test_what_an_article_s_text_says_counts_for_nothing() -> None:
    text = f"<p>var biz = \"{BIZ}\"; user_name: 'gh_ee2320e6a2ac'</p>"

    assert read_identity(page("", text)) == ("", "")


def test_a_page_of_nothing_but_beginnings_is_read_in_one_pass() -> None:
    assert read_identity(b"<script>var biz = " * 100_000) == ("", "")
    assert read_identity(b"<script>" + b'biz="" || ' * 100_000) == ("", "")


def test_an_address_names_the_biz_number_in_its_long_form_only() -> None:
    assert biz_of_address(f"https://mp.weixin.qq.com/s?__biz={BIZ}&mid=1&idx=1&sn=a") == NUMBER
    assert biz_of_address("https://mp.weixin.qq.com/s/Ab1_cd") == ""


# Read off the captured pages by hand.
CAPTURED = {
    "article_02.html.gz": ("3286016687", "gh_2f5c59ad6e1e"),
    "article_author_01.html.gz": ("2399024900", "gh_ee2320e6a2ac"),
    "article_c02.html.gz": ("3260866002", "gh_625dcd91968f"),
    "picture_post_01.html.gz": ("3264997043", "gh_240fbf8b33e4"),
    "picture_post_c01.html.gz": ("3264997043", "gh_240fbf8b33e4"),
    "shared_article_03.html.gz": ("3286016687", "gh_2f5c59ad6e1e"),
    "text_post_04.html.gz": ("3286016687", "gh_2f5c59ad6e1e"),
    "text_post_c03.html.gz": ("3234721291", "gh_bc6c492e205e"),
    "violation_01.html": ("", "gh_7aed10cde089"),
    "deleted_zh_03.html": ("", ""),
}


@pytest.mark.parametrize("name", sorted(CAPTURED))
def test_captured_pages_say_whose_they_are(name: str) -> None:
    path: Path = fixtures() / "social" / name
    if not path.exists():
        pytest.skip(f"no captured page at {path}")

    assert read_identity(read_bytes(path)) == CAPTURED[name]
