"""config.words: one spelling for files and records, which stored rows depend on."""

from config.words import ChannelKind, HostOwner, Severity, System, WhitelistStatus


def test_the_words_are_those_that_files_and_stored_rows_hold() -> None:
    assert list(ChannelKind) == ["site", "wechat", "weibo", "video"]
    assert list(WhitelistStatus) == ["applied", "approved", "suspended", "revoked"]
    assert list(HostOwner) == ["unit", "parent"]
    assert list(Severity) == ["note", "low", "high", "hold"]
    assert list(System) == ["委办局", "区", "学会·高校·园区·企业", "科技馆之城", "京津冀"]
