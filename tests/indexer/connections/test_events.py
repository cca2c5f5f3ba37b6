"""What callbacks say: publications, mass sends, the component's notices; and when two are the same one."""

import pytest

from indexer.connections.events import EventKind, XmlRefused, read_envelope, read_event

HEAD = "<ToUserName>gh_1</ToUserName><FromUserName>o1</FromUserName><CreateTime>{at}</CreateTime><Event>{event}</Event>"


def published(
    *, at: int = 1790000000, status: int = 0, urls: tuple[str, ...] = ("http://a.example/1",), more: str = ""
) -> bytes:
    items = "".join(f"<item><idx>{n}</idx><article_url>{url}</article_url></item>" for n, url in enumerate(urls, 1))
    detail = f"<article_detail><count>9</count>{items}</article_detail>" if urls else ""
    info = f"<publish_id>100</publish_id><publish_status>{status}</publish_status>{more}{detail}"
    head = HEAD.format(at=at, event="PUBLISHJOBFINISH")
    return f"<xml>{head}<PublishEventInfo>{info}</PublishEventInfo></xml>".encode()


def sent(status: str, urls: str = "") -> bytes:
    head = HEAD.format(at=1, event="MASSSENDJOBFINISH")
    return f"<xml>{head}<MsgID>1 2\n3</MsgID><Status>{status}</Status>{urls}</xml>".encode()


def notice(kind: str, more: str = "") -> bytes:
    return f"<xml><AppId>wx1</AppId><CreateTime>5</CreateTime><InfoType>{kind}</InfoType>{more}</xml>".encode()


def test_a_publication_gives_its_addresses_whatever_count_it_states() -> None:
    event = read_event(published(urls=("http://a.example/1?a=1&amp;amp;copy=2", " http://a.example/2\n", "")))

    assert event.kind is EventKind.PUBLISHED
    assert event.publication is not None
    assert event.publication.urls == ("http://a.example/1?a=1&copy=2", "http://a.example/2")
    assert (event.publication.stated, event.publication.is_out, event.publication.article_id) == (9, True, None)


def test_a_refused_publication_names_the_articles() -> None:
    more = "<fail_idx>1</fail_idx><fail_idx>3</fail_idx><fail_idx>x</fail_idx>"
    event = read_event(published(status=4, urls=(), more=more))

    assert event.publication is not None
    assert (event.publication.status, event.publication.failed, event.publication.urls) == (4, (1, 3), ())
    assert not event.publication.is_out


def test_an_id_has_no_blanks_inside() -> None:
    event = read_event(published(more="<article_id><![CDATA[ab\ncd ]]></article_id>"))

    assert event.publication is not None
    assert event.publication.article_id == "abcd"


@pytest.mark.parametrize(("status", "is_out"), [("send success", True), ("send fail", False), ("err(30003)", False)])
def test_a_mass_send_says_whether_it_went_out(status: str, is_out: bool) -> None:
    event = read_event(sent(status))

    assert event.mass_send is not None
    assert (event.mass_send.id, event.mass_send.is_out, event.mass_send.urls) == ("123", is_out, ())


def test_the_same_job_told_again_is_the_same_event_and_one_with_its_addresses_is_another() -> None:
    first, again = read_event(published(at=1)), read_event(published(at=2))
    empty = read_event(published(at=1, urls=()))

    assert first.key == again.key
    assert first.key != empty.key


def test_notices_of_two_moments_are_two() -> None:
    one = read_event(notice("unauthorized", "<AuthorizerAppid>wx2</AuthorizerAppid>"))
    later = read_event(notice("unauthorized", "<AuthorizerAppid>wx2</AuthorizerAppid>").replace(b">5<", b">6<"))

    assert (one.kind, one.account) == (EventKind.UNAUTHORISED, "wx2")
    assert one.key != later.key


def test_ticket_and_code_are_secrets_that_nothing_prints() -> None:
    ticket = read_event(notice("component_verify_ticket", "<ComponentVerifyTicket>t@1</ComponentVerifyTicket>"))
    code = read_event(notice("authorized", "<AuthorizationCode>c@1</AuthorizationCode>"))

    assert (ticket.ticket, code.code) == ("t@1", "c@1")
    assert ticket.holds_secret
    assert code.holds_secret
    assert "t@1" not in f"{ticket!r}{ticket.key}"
    assert "c@1" not in f"{code!r}{code.key}"


@pytest.mark.parametrize(
    "body",
    [
        notice("PUBLISHJOBFINISH"),
        notice("something_new"),
        b"<xml><Event>authorized</Event></xml>",
        b"<xml><Event>subscribe</Event></xml>",
        b"<xml><MsgType>text</MsgType><Content>hello</Content></xml>",
        b"<xml/>",
    ],
)
def test_what_is_not_kept_has_no_kind(body: bytes) -> None:
    assert read_event(body).kind is None


def test_a_key_is_short_enough_to_be_kept_whatever_the_name() -> None:
    assert len(read_event(f"<xml><Event>{'x' * 5000}</Event></xml>".encode()).key) == 81


def test_an_envelope_gives_its_cipher_text() -> None:
    assert read_envelope(b"<xml><AppId>wx1</AppId><Encrypt><![CDATA[QUJD]]></Encrypt></xml>") == "QUJD"
    assert read_envelope(b"<xml/>") == ""
    with pytest.raises(XmlRefused):
        read_envelope(b"<!DOCTYPE x><xml/>")
