"""crawler.scrapy.hops: every hop stays on the request's hosts, and a credential on its own.

How redirects are judged, value by value, is in test_redirects.py.
"""

from types import SimpleNamespace

import pytest
from scrapy import Request
from scrapy.exceptions import CannotResolveHostError
from scrapy.http import Response
from scrapy.settings import Settings as ScrapySettings
from twisted.internet.address import IPv4Address

from config.addresses import Place
from crawler.exchange import Answer, Ask
from crawler.scrapy.hops import CALL, HOSTS, SENT, Call, GuardedRedirect, GuardMiddleware, Refused, judge
from crawler.scrapy.resolver import CheckedReceiver

OURS, OTHER = "www.unit.example", "api.example"
PAGE = f"https://{OURS}/a"


def send(ask: Ask) -> Answer:
    return Answer(url=ask.url, body=b"")


def called() -> Request:
    """A call with a credential that may go to two hosts."""
    call = Call(ask=Ask(url=PAGE, credential="trial"), send=send)
    return Request(PAGE, meta={HOSTS: frozenset({OURS, OTHER}), CALL: call})


def followed(request: Request, location: str, *, status: int = 307) -> Request:
    redirect = GuardedRedirect(ScrapySettings({"REDIRECT_ENABLED": True, "REDIRECT_MAX_TIMES": 5}))
    redirect.crawler = SimpleNamespace(spider=None)  # type: ignore[assignment]  # all that it looks at
    found = redirect.process_response(request, Response(request.url, status=status, headers={"Location": location}))
    assert isinstance(found, Request)
    return found


def test_a_request_may_go_to_its_own_host_alone_unless_it_names_more() -> None:
    assert judge(Request(PAGE)).netloc == OURS
    assert judge(Request(f"https://{OTHER}/", meta={HOSTS: frozenset({OURS, OTHER})})).netloc == OTHER
    with pytest.raises(Refused, match=f"未登记的主机 {OTHER}"):
        judge(Request(f"https://{OTHER}/", meta={HOSTS: frozenset({OURS})}))


def test_what_is_no_web_address_is_refused() -> None:
    with pytest.raises(Refused, match="http 和 https"):
        judge(Request("ftp://www.unit.example/a"))


def test_every_hop_that_is_let_out_is_noted() -> None:
    sent: list[str] = []

    for address in (PAGE, f"https://{OURS}/b"):
        GuardMiddleware().process_request(Request(address, meta={SENT: sent}))

    assert sent == [PAGE, f"https://{OURS}/b"]


def test_a_call_keeps_its_credential_on_its_host_and_loses_it_on_the_way_to_another() -> None:
    stays, leaves = followed(called(), "/b"), followed(called(), f"https://{OTHER}/b")

    assert (stays.meta[CALL].ask.url, stays.meta[CALL].ask.credential) == (f"https://{OURS}/b", "trial")
    assert CALL not in leaves.meta


def test_a_redirect_that_is_no_address_is_refused() -> None:
    with pytest.raises(Refused, match="写法不对的网址"):
        followed(Request(PAGE), "http://[")


def test_where_addresses_were_withheld_the_reason_is_told_and_else_the_error_stays() -> None:
    error, guard = CannotResolveHostError("none"), GuardMiddleware()
    withheld = CheckedReceiver(SimpleNamespace(), Place(scheme="http", host="inside.example", port=80), frozenset())
    withheld.addressResolved(IPv4Address("TCP", "10.0.0.7", 80))

    with pytest.raises(Refused, match=r"10\.0\.0\.7"):
        guard.process_exception(Request("http://inside.example/"), error)
    guard.process_exception(Request("http://unknown.example/"), error)
    guard.process_exception(Request("http://inside.example/"), OSError())
