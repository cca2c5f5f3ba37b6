"""Callbacks, sent as the platform sends them: encrypted, signed, again where nobody answers; and what goes wrong."""

import http.client
import secrets
import urllib.error
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode

from tests.simulators.wechat import events
from tests.simulators.wechat.crypto import encrypted, signature
from tests.simulators.world.accounts import Callback, Component, WechatAccount
from tests.simulators.world.faults import Fault, Switch
from tests.simulators.world.posts import Post
from tests.simulators.world.world import World

ANSWER_SECONDS, TRIES, AFTER = 5.0, 3, timedelta(seconds=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One message on its way. heads: what stands unencrypted beside it. is_forged: signed by nobody who may."""

    due: datetime
    to: Callback
    appid: str
    xml: str
    heads: tuple[tuple[str, str], ...]
    is_forged: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """What came of one try: status of HTTP, 0 where nobody answered."""

    letter: Letter
    status: int
    answer: str = ""


class Courier:
    """Holds what is to be sent until it is due. component: told of accounts that authorised it, by appid."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.component: Component | None = None
        self.authorised: set[str] = set()
        self.delivered: list[Delivered] = []
        self._waiting: list[Letter] = []
        self._held: dict[str, list[Letter]] = {}
        world.told.append(self.tell)

    def tell(self, message: Sequence[Post]) -> None:
        """Tell of what an account just published; how, that is what the faults decide."""
        account = self.world.account(message[0].account, WechatAccount)
        to = self._callback(account) if account else None
        if account is None or to is None or self.world.faults.met(Fault.EVENT_LOST, account.id):
            return
        due, faults = self.world.clock() + AFTER, self.world.faults
        with_urls = faults.met(Fault.EVENT_EMPTY, account.id) is None
        write = events.mass_sent if message[0].draft.is_notified else events.published
        xml = write(account, message, at=due, with_urls=with_urls)
        letter = Letter(due=due, to=to, appid=self._receiver(account), xml=xml, heads=self._heads(account))
        if faults.met(Fault.EVENT_FORGED, account.id):
            self.post(_forged(letter))
        if (switch := faults.switch(Fault.EVENT_UNORDERED, account.id)) is not None:
            self._turn_around(account, letter, switch)
            return
        for _ in range(TRIES if faults.met(Fault.EVENT_TRIPLE, account.id) else 1):
            self.post(letter)

    def tell_component(self, kind: str, **fields: str) -> None:
        """Tell the component, where there is one that wants to know: a ticket, an authorisation."""
        component = self.component
        if component is None or not component.events:
            return
        to = Callback(url=component.events, token=component.token, aes_key=component.aes_key)
        now = self.world.clock()
        xml = events.component(component.id, kind, at=now, **fields)
        self.post(Letter(due=now, to=to, appid=component.id, xml=xml, heads=(("AppId", component.id),)))

    def post(self, letter: Letter) -> None:
        """Hand a letter over."""
        with self.world.lock:
            self._waiting.append(letter)

    def deliver(self) -> list[Delivered]:
        """Send all that is due, each up to three times; return what came of it."""
        now = self.world.clock()
        for account in list(self._held):
            if self.world.faults.switch(Fault.EVENT_UNORDERED, account) is None:
                self._release(account)
        with self.world.lock:
            due = [letter for letter in self._waiting if letter.due <= now]
            self._waiting = [letter for letter in self._waiting if letter.due > now]
        found = [self._sent(letter) for letter in due]
        self.delivered += found
        return found

    def next_due(self) -> datetime | None:
        """Return when the next letter is due."""
        with self.world.lock:
            return min((letter.due for letter in self._waiting), default=None)

    def _sent(self, letter: Letter) -> Delivered:
        done = Delivered(letter=letter, status=0)
        for _ in range(TRIES):
            done = _once(letter, at=self.world.clock())
            if done.status == 200 or letter.is_forged:
                break
        return done

    def _turn_around(self, account: WechatAccount, letter: Letter, switch: Switch) -> None:
        """Of two letters the later one first: the earlier is held until the later was posted."""
        held = self._held.setdefault(account.id, [])
        if not held:
            held.append(letter)
            return
        self.world.faults.note(switch, account.id)
        for one in (letter, *held):
            self.post(one)
        held.clear()

    def _release(self, account: str) -> None:
        """Post what is still held, since no later letter came."""
        for letter in self._held.pop(account, []):
            self.post(letter)

    def _callback(self, account: WechatAccount) -> Callback | None:
        if account.callback is not None:
            return account.callback
        component = self.component
        if component is None or not component.messages or account.id not in self.authorised:
            return None
        url = component.messages.replace("$APPID$", account.id)
        return Callback(url=url, token=component.token, aes_key=component.aes_key)

    def _receiver(self, account: WechatAccount) -> str:
        return account.id if account.callback is not None or self.component is None else self.component.id

    def _heads(self, account: WechatAccount) -> tuple[tuple[str, str], ...]:
        return (("ToUserName", account.original_id),)


def _once(letter: Letter, *, at: datetime) -> Delivered:
    timestamp, nonce = str(int(at.timestamp())), secrets.token_hex(5)
    body = encrypted(letter.xml, aes_key=letter.to.aes_key, appid=letter.appid)
    token = "nobody's token" if letter.is_forged else letter.to.token
    asked = {
        "signature": signature(token, timestamp, nonce),
        "timestamp": timestamp,
        "nonce": nonce,
        "encrypt_type": "aes",
        "msg_signature": signature(token, timestamp, nonce, body),
    }
    url = f"{letter.to.url}{'&' if '?' in letter.to.url else '?'}{urlencode(asked)}"
    request = urllib.request.Request(  # noqa: S310 - an address that whoever runs the simulator gave
        url, data=events.envelope(body, dict(letter.heads)).encode(), headers={"Content-Type": "text/xml"}
    )
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=ANSWER_SECONDS) as answer:
            return Delivered(letter=letter, status=answer.status, answer=answer.read(200).decode("utf-8", "replace"))
    except urllib.error.HTTPError as error:
        with error:
            return Delivered(letter=letter, status=error.code, answer=error.read(200).decode("utf-8", "replace"))
    except (OSError, http.client.HTTPException):
        return Delivered(letter=letter, status=0)


def _forged(letter: Letter) -> Letter:
    return Letter(due=letter.due, to=letter.to, appid=letter.appid, xml=letter.xml, heads=letter.heads, is_forged=True)
