"""config.wechat: an account's number, however it was copied."""

import pytest

from config.wechat import biz_number


@pytest.mark.parametrize("biz", ["MzA3MDM3NjE5NQ==", "MzA3MDM3NjE5NQ", "3070376195"])
def test_an_account_has_one_number_however_it_is_written(biz: str) -> None:
    assert biz_number(biz) == "3070376195"


@pytest.mark.parametrize("biz", ["", "示例", "MzA3*", "aGVsbG8=", "gh_ee2320e6a2ac", "٣"])
def test_what_is_no_number_is_none(biz: str) -> None:
    assert biz_number(biz) is None
