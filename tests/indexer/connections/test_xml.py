"""The small XML of callbacks: what is declared refuses the whole."""

import pytest

from indexer.connections.xml import MOST_DEEP, MOST_ELEMENTS, XmlRefused, read_xml

LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"text",
        b"<xml>",
        b"<xml></xml><xml></xml>",
        b"<xml><a></xml>",
        b"<xml>&undeclared;</xml>",
        b"<xml a='1' a='2'/>",
        b"<xml>\xff\xfe</xml>",
        b"<xml>\x00</xml>",
        "<xml>汉字</xml>".encode("utf-16"),
        b"<!DOCTYPE xml><xml/>",
        b'<!DOCTYPE xml SYSTEM "http://a.example/x.dtd"><xml/>',
        b'<!DOCTYPE xml [<!ENTITY a SYSTEM "file:///etc/passwd">]><xml>&a;</xml>',
        b'<!DOCTYPE xml [<!ENTITY % a SYSTEM "http://a.example/"> %a;]><xml/>',
        f'<!DOCTYPE xml [<!ENTITY a0 "ha">{LAUGHS}]><xml>&a9;</xml>'.encode(),
        b"<xml>" * (MOST_DEEP + 1) + b"</xml>" * (MOST_DEEP + 1),
        b"<xml>" + b"<a/>" * MOST_ELEMENTS + b"</xml>",
    ],
)
def test_what_is_not_well_formed_or_declares_anything_is_refused_whole(body: bytes) -> None:
    with pytest.raises(XmlRefused):
        read_xml(body)


def test_text_paths_and_numbers_are_read() -> None:
    root = read_xml("<xml><a> 汉<![CDATA[字 &]]></a><b><c>1</c><c>二</c></b><b><c>3</c></b></xml>".encode())

    assert root.says("a") == "汉字 &"
    assert [one.says() for one in root.all("b", "c")] == ["1", "二", "3"]
    assert (root.number("b", "c"), root.number("a"), root.number("none"), root.says("none")) == (1, None, None, "")


@pytest.mark.parametrize("said", ["-1", "1.0", "٣", "1" * 20, "", " "])
def test_what_is_no_plain_number_is_none(said: str) -> None:
    assert read_xml(f"<xml><n>{said}</n></xml>".encode()).number("n") is None


def test_an_encoding_that_is_declared_counts_for_nothing() -> None:
    assert read_xml('<?xml version="1.0" encoding="gbk"?><xml><a>汉字</a></xml>'.encode()).says("a") == "汉字"


def test_a_doctype_inside_text_is_text() -> None:
    assert read_xml(b"<xml><a><![CDATA[<!DOCTYPE x>]]></a></xml>").says("a") == "<!DOCTYPE x>"
