"""Callbacks of the simulated WeChat arrive encrypted, signed, and in all the disorder that is switched on."""

import base64
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC

from tests.simulated.conftest import DRAFT, PARAGRAPHS, Simulated
from tests.simulators.speaking import Reply, Request, Service
from tests.simulators.wechat.crypto import signature
from tests.simulators.world.accounts import Callback
from tests.simulators.world.faults import Fault
from tests.simulators.world.posts import Draft

KEY, TOKEN = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG", "示例令牌"


@dataclass
class Received:
    """What came in, in its order: whether it was signed by WeChat, and the decrypted text."""

    status: int = 200
    letters: list[tuple[bool, str]] = field(default_factory=list)

    def answer(self, request: Request) -> Reply:
        body = re.search(r"<Encrypt><!\[CDATA\[(.*)\]\]></Encrypt>", request.body.decode())
        assert body is not None
        asked = request.query
        signed = signature(TOKEN, asked["timestamp"], asked["nonce"], body[1])
        self.letters.append((signed == asked["msg_signature"], opened(body[1])))
        return Reply(body=b"success", status=self.status)


def opened(encrypt: str) -> str:
    key = base64.b64decode(KEY + "=")
    decryptor = Cipher(AES(key), CBC(key[:16])).decryptor()
    whole = decryptor.update(base64.b64decode(encrypt)) + decryptor.finalize()
    return whole[: -whole[-1]][20:].decode()


@pytest.fixture
def received(wechat: Simulated) -> Iterator[Received]:
    """An endpoint to which the first account's messages go."""
    received = Received()
    with Service(received.answer) as service:
        wechat.account.callback = Callback(url=f"http://{service.host}/wechat?a=b", token=TOKEN, aes_key=KEY)
        yield received


def publish(wechat: Simulated, *titles: str, is_notified: bool = False) -> None:
    for title in titles:
        wechat.world.publish(wechat.account.id, Draft(title=title, paragraphs=PARAGRAPHS, is_notified=is_notified))
        wechat.hands.turn(minutes=1)
    wechat.platforms.courier.deliver()


def test_a_publication_is_told_by_an_event_with_its_addresses(wechat: Simulated, received: Received) -> None:
    publish(wechat, "未通知")
    publish(wechat, "群发", is_notified=True)

    (_, published), (_, sent) = received.letters

    assert "<Event><![CDATA[PUBLISHJOBFINISH]]></Event>" in published
    assert "<article_url><![CDATA[https://mp.weixin.qq.com/s?__biz=" in published
    assert "<Event><![CDATA[MASSSENDJOBFINISH]]></Event>" in sent
    assert "<ArticleUrl><![CDATA[https://mp.weixin.qq.com/s?__biz=" in sent
    assert [is_signed for is_signed, _ in received.letters] == [True, True]
    assert published.endswith(f"</xml>{wechat.account.id}")


def test_who_does_not_answer_is_asked_three_times(wechat: Simulated, received: Received) -> None:
    received.status = 500
    publish(wechat, "未通知")

    assert len(received.letters) == 3
    assert [done.status for done in wechat.platforms.courier.delivered] == [500]


@pytest.mark.parametrize(("fault", "letters"), [(Fault.EVENT_TRIPLE, 3), (Fault.EVENT_LOST, 0)])
def test_an_event_may_come_three_times_or_never(
    wechat: Simulated, received: Received, fault: Fault, letters: int
) -> None:
    wechat.world.faults.on(fault, wechat.account.id)
    publish(wechat, "未通知")

    assert len(received.letters) == letters


def test_an_event_may_come_without_addresses(wechat: Simulated, received: Received) -> None:
    wechat.world.faults.on(Fault.EVENT_EMPTY, wechat.account.id)
    publish(wechat, "群发", is_notified=True)

    assert "<Count>0</Count><ResultList></ResultList></ArticleUrlResult>" in received.letters[0][1]


def test_a_forged_event_comes_beside_the_true_one(wechat: Simulated, received: Received) -> None:
    wechat.world.faults.on(Fault.EVENT_FORGED, wechat.account.id)
    publish(wechat, "未通知")

    assert [is_signed for is_signed, _ in received.letters] == [False, True]


def test_of_two_events_the_later_may_come_first(wechat: Simulated, received: Received) -> None:
    wechat.world.faults.on(Fault.EVENT_UNORDERED, wechat.account.id)
    publish(wechat, "第一篇", "第二篇")

    numbers = [re.search(r"<publish_id>(\d+)<", letter) for _, letter in received.letters]

    assert [found and int(found[1]) - int(numbers[0][1]) for found in numbers if numbers[0]] == [0, -1]


def test_an_event_that_is_held_back_comes_once_the_fault_is_over(wechat: Simulated, received: Received) -> None:
    wechat.world.faults.on(Fault.EVENT_UNORDERED, wechat.account.id)
    wechat.world.publish(wechat.account.id, DRAFT)
    wechat.world.faults.off(Fault.EVENT_UNORDERED, wechat.account.id)
    wechat.hands.turn(minutes=1)
    wechat.platforms.courier.deliver()

    assert len(received.letters) == 1
