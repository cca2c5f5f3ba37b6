"""The public address: scheme and host, written as browsers write it."""

import pytest
from pydantic_core import PydanticCustomError

from config.errors import ConfigRefused
from config.public_url import public_origin
from config.settings import load_settings


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("https://kexue.example.cn", "https://kexue.example.cn"),
        ("https://kexue.example.cn/", "https://kexue.example.cn"),
        ("HTTPS://Kexue.Example.CN:443", "https://kexue.example.cn"),
        ("http://kexue.example.cn:80", "http://kexue.example.cn"),
        ("http://kexue.example.cn:443", "http://kexue.example.cn:443"),
        ("https://192.0.2.7:8443", "https://192.0.2.7:8443"),
        ("https://[2001:DB8::1]", "https://[2001:db8::1]"),
        ("https://科学.中国", "https://xn--48st12e.xn--fiqs8s"),
        ("", None),
    ],
)
def test_an_address_is_kept_as_browsers_write_it(monkeypatch: pytest.MonkeyPatch, given: str, kept: str | None) -> None:
    monkeypatch.setenv("CARNIVAL_PUBLIC_URL", given)

    assert load_settings().public_url == kept


@pytest.mark.parametrize(
    "given",
    [
        "kexue.example.cn",
        "//kexue.example.cn",
        "ftp://kexue.example.cn",
        "javascript:alert(1)",
        "https://",
        "https:///",
        "https:kexue.example.cn",
        "https://kexue.example.cn/site",
        "https://kexue.example.cn//",
        "https://kexue.example.cn?",
        "https://kexue.example.cn?a=b",
        "https://kexue.example.cn#",
        "https://kexue.example.cn#a",
        "https://anna@kexue.example.cn",
        "https://anna:secret@kexue.example.cn",
        "https://@kexue.example.cn",
        "https://kexue.example.cn:0",
        "https://kexue.example.cn:99999",
        "https://kexue.example.cn:x",
        "https://kexue .example.cn",
        " https://kexue.example.cn",
        "https://kexue.example.cn\n",
        "https://kexue..example.cn",
        "https://-kexue.example.cn",
        "https://*.example.cn",
        "https://kexue_example.cn\\evil",
        "https://[::1",
        "https://[g::1]",
    ],
)
def test_anything_else_is_refused_by_the_name_of_the_variable(monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.setenv("CARNIVAL_PUBLIC_URL", given)

    with pytest.raises(ConfigRefused) as refused:
        load_settings()

    assert [problem.field for problem in refused.value.problems] == ["CARNIVAL_PUBLIC_URL"]


@pytest.mark.parametrize(
    ("written", "origin"),
    [
        ("https://Kexue.Example.cn:443/", "https://kexue.example.cn"),
        ("http://a.example:8080", "http://a.example:8080"),
        ("http://[2001:DB8:0::1]:80", "http://[2001:db8::1]"),
        ("https://示例.example", "https://xn--fsq092h.example"),
    ],
)
def test_an_origin_is_written_as_browsers_write_it(written: str, origin: str) -> None:
    assert public_origin(written) == origin


@pytest.mark.parametrize(
    "wrong", ["", "a.example", "ftp://a.example", "https://u:p@a.example", "https://a.example/x", "https://-a"]
)
def test_what_is_no_origin_says_so(wrong: str) -> None:
    with pytest.raises(PydanticCustomError):
        public_origin(wrong)
