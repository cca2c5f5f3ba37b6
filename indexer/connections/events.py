"""What WeChat tells at a callback address: publications that ended, the component's ticket, authorisations. Pure.

Facts: Callback_on_finish.html, Batch_Sends.md, authorize_event.html of developers.weixin.qq.com. Counts that an event
states may be wrong: its items count.
"""

import hashlib
import json
from dataclasses import dataclass, field
from enum import StrEnum

from indexer.connections.xml import Element, XmlRefused, read_xml

__all__ = ["Event", "EventKind", "MassSend", "Publication", "XmlRefused", "read_envelope", "read_event"]
PUBLISHED = 0  # publish_status
SENT = "send success"  # Status of a mass send


class EventKind(StrEnum):
    """What is kept of all that an account or the component is told; the values are the platform's words."""

    PUBLISHED = "PUBLISHJOBFINISH"
    MASS_SENT = "MASSSENDJOBFINISH"
    TICKET = "component_verify_ticket"
    AUTHORISED = "authorized"
    UPDATED = "updateauthorized"
    UNAUTHORISED = "unauthorized"


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """A publication that ended. status: of the platform, 0 is published. article_id: None until it is published.

    urls: of its articles. failed: numbers of those refused, from 1. stated: how many it says there are.
    """

    id: str
    status: int | None
    article_id: str | None
    urls: tuple[str, ...]
    failed: tuple[int, ...]
    stated: int | None

    @property
    def is_out(self) -> bool:
        """Whether it was published."""
        return self.status == PUBLISHED


@dataclass(frozen=True, slots=True, kw_only=True)
class MassSend:
    """A mass send that ended. status: `send success`, or `err(…)`. sent: to how many. check: of copyright, in all.

    copyright_items: how many results of that check there are. stated: how many urls it says there are.
    """

    id: str
    status: str
    sent: int | None
    urls: tuple[str, ...]
    copyright_items: int
    check: int | None
    stated: int | None

    @property
    def is_out(self) -> bool:
        """Whether it was sent."""
        return self.status.lower() == SENT


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One callback. name: the platform's word for it. kind: None for what is not kept. at: seconds since 1970.

    to, sender: original id of the account, and who caused it. component: app id of the component. account: app id of
    the account that an authorisation is about.
    """

    name: str
    kind: EventKind | None
    is_notice: bool  # of the component, not of an account
    at: int | None
    to: str = ""
    sender: str = ""
    component: str = ""
    account: str = ""
    code: str = field(default="", repr=False)
    ticket: str = field(default="", repr=False)
    publication: Publication | None = None
    mass_send: MassSend | None = None

    @property
    def holds_secret(self) -> bool:
        """Whether something in it opens an account."""
        return bool(self.code or self.ticket)

    @property
    def key(self) -> str:
        """By what it is known as the same one, however often, whenever and in whatever envelope it comes again.

        A job is told by what came of it: one that names its addresses later is another event.
        """
        job = self.publication or self.mass_send
        told = [job.id, job.status, *job.urls] if job else [self.account, self.at, self.code, self.ticket]
        digest = hashlib.sha256(json.dumps([self.name, self.to, self.component, *told]).encode()).hexdigest()
        return f"{self.name[:40]}:{digest[:40]}"


def read_envelope(body: bytes) -> str:
    """Return the cipher text of a callback's body, empty where it has none. Raises XmlRefused."""
    return read_xml(body).says("Encrypt")


def read_event(body: bytes) -> Event:
    """Return what a decrypted body says. Raises XmlRefused: nothing of it is read then."""
    said = read_xml(body)
    notice = said.says("InfoType")
    name = notice or said.says("Event")
    return Event(
        name=name,
        kind=_kind(name, is_notice=bool(notice)),
        is_notice=bool(notice),
        at=said.number("CreateTime"),
        to=said.says("ToUserName"),
        sender=said.says("FromUserName"),
        component=said.says("AppId"),
        account=said.says("AuthorizerAppid"),
        code=said.says("AuthorizationCode"),
        ticket=said.says("ComponentVerifyTicket"),
        publication=_publication(said) if name == EventKind.PUBLISHED else None,
        mass_send=_mass_send(said) if name == EventKind.MASS_SENT else None,
    )


def _kind(name: str, *, is_notice: bool) -> EventKind | None:
    """The kind of a name; an account's event does not become the component's notice by its name."""
    of_jobs = {EventKind.PUBLISHED, EventKind.MASS_SENT}
    kinds = {kind.value: kind for kind in EventKind if (kind in of_jobs) != is_notice}
    return kinds.get(name)


def _publication(said: Element) -> Publication:
    info = next(iter(said.all("PublishEventInfo")), Element("PublishEventInfo"))
    return Publication(
        id=_id(info, "publish_id"),
        status=info.number("publish_status"),
        article_id=_id(info, "article_id") or None,
        urls=_urls(info.all("article_detail", "item", "article_url")),
        failed=tuple(number for one in info.all("fail_idx") if (number := one.number()) is not None),
        stated=info.number("article_detail", "count"),
    )


def _mass_send(said: Element) -> MassSend:
    return MassSend(
        id=_id(said, "MsgID") or _id(said, "MsgId"),
        status=said.says("Status"),
        sent=said.number("SentCount"),
        urls=_urls(said.all("ArticleUrlResult", "ResultList", "item", "ArticleUrl")),
        copyright_items=len(said.all("CopyrightCheckResult", "ResultList", "item")),
        check=said.number("CopyrightCheckResult", "CheckState"),
        stated=said.number("ArticleUrlResult", "Count"),
    )


def _id(said: Element, name: str) -> str:
    """An id, without the line breaks that pages of the documentation have inside it."""
    return "".join(said.says(name).split())


def _urls(elements: list[Element]) -> tuple[str, ...]:
    """Addresses; inside CDATA they may be escaped as in a page."""
    urls = ("".join(one.text.split()).replace("&amp;", "&") for one in elements)
    return tuple(url for url in urls if url)
