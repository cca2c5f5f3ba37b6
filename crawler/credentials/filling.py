"""A secret filled into one request: as a header, a parameter of the query, or a field of a JSON body. Pure."""

import dataclasses
import json
from collections.abc import Mapping
from dataclasses import dataclass

from w3lib.url import add_or_replace_parameter

from config.addresses import Place
from indexer.records.credentials import SecretPlace


class CredentialUnusable(Exception):
    """A credential that a request cannot have; what, do: words for its unit, without the secret."""

    def __init__(self, what: str, *, do: str) -> None:
        self.what, self.do = what, do
        super().__init__(f"{what}。{do}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Credential:
    """An opened credential. hosts: the only ones that get it. field: name of header, parameter or JSON field."""

    name: str
    hosts: tuple[str, ...]
    place: SecretPlace
    field: str
    secret: str = dataclasses.field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What goes over the wire, with the secret in it: kept nowhere, shown nowhere."""

    url: str = dataclasses.field(repr=False)
    headers: Mapping[str, str] = dataclasses.field(repr=False)
    body: bytes | None = dataclasses.field(repr=False)


def fill(credential: Credential, sent: Sent) -> Sent:
    """Return the request with the secret in its place. Raises CredentialUnusable."""
    match credential.place:
        case SecretPlace.HEADER:
            headers = {**sent.headers, credential.field: credential.secret}
            return Sent(url=sent.url, headers=headers, body=sent.body)
        case SecretPlace.QUERY:
            url = add_or_replace_parameter(sent.url, credential.field, credential.secret)
            return Sent(url=url, headers=sent.headers, body=sent.body)
        case SecretPlace.JSON:
            return Sent(url=sent.url, headers=sent.headers, body=_with_field(credential, sent.body))


def check_place(credential: Credential, place: Place, *, private_hosts: tuple[str, ...]) -> None:
    """Raise CredentialUnusable where the request does not go to one of its hosts, encrypted.

    Without encryption it goes only to `private_hosts`, those of this machine.
    """
    named = f"凭据 {credential.name}"
    if place.netloc not in credential.hosts:
        hosts = "、".join(credential.hosts)
        raise CredentialUnusable(
            f"{named} 只发给 {hosts}，不发给 {place.netloc}",
            do="请管理员检查凭据登记的主机（carnival credentials list）",
        )
    if place.scheme != "https" and f"{place.host}:{place.port}" not in private_hosts:
        raise CredentialUnusable(f"{named} 只经 https 发送", do="请改用 https 网址")


def _with_field(credential: Credential, body: bytes | None) -> bytes:
    try:
        fields = json.loads(body or b"{}")
    except ValueError:
        fields = None
    if not isinstance(fields, dict):
        do = "请把这个渠道告诉管理员：采集方式的请求正文不是 JSON 对象"
        raise CredentialUnusable(f"凭据 {credential.name} 填不进请求", do=do)
    return json.dumps({**fields, credential.field: credential.secret}, ensure_ascii=False).encode()
