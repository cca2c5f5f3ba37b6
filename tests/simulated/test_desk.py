"""The simulators' own page: what a person does on it happens in the world."""

from collections.abc import Iterator

import pytest

from tests.simulated.asking import ask, submit
from tests.simulated.conftest import Simulated
from tests.simulators.desk import Desk
from tests.simulators.speaking import Service
from tests.simulators.world.faults import Fault
from tests.simulators.world.posts import Standing


@pytest.fixture
def desk(wechat: Simulated) -> Iterator[str]:
    """`127.0.0.1:port` of the page."""
    with Service(Desk(wechat.platforms).answer) as service:
        yield service.host


def test_a_post_is_published_corrected_and_removed_on_it(wechat: Simulated, desk: str) -> None:
    account = wechat.account.id
    submit(desk, "/publish", account=account, title="今晚看土星", text="第一段\n\n第二段")
    made = wechat.world.posts(account)[0]
    shown = ask(desk, "/").text

    for move in ("edit", "withhold"):
        assert submit(desk, f"/{move}", account=account, post=made.id).status == 303

    assert "今晚看土星" in shown
    assert (made.draft.paragraphs, made.edits, made.standing) == (("第一段", "第二段"), 1, Standing.WITHHELD)


def test_a_fault_is_switched_on_and_off_on_it(wechat: Simulated, desk: str) -> None:
    account, faults = wechat.account.id, wechat.world.faults
    submit(desk, "/fault", fault="CAPTCHA", account=account, move="on")
    is_on = faults.switch(Fault.CAPTCHA, account) is not None
    submit(desk, "/fault", fault="CAPTCHA", account=account, move="off")

    assert (is_on, faults.standing()) == (True, [])


def test_it_says_where_callbacks_go(wechat: Simulated, desk: str) -> None:
    submit(desk, "/callback", account=wechat.account.id, url="http://a.example/", token="t", aes_key="k")
    submit(desk, "/component", events="http://a.example/events", messages="http://a.example/$APPID$")

    assert wechat.account.callback is not None
    assert wechat.account.callback.url == "http://a.example/"
    assert wechat.platforms.courier.next_due() == wechat.hands.at


def test_what_is_not_there_is_refused(desk: str) -> None:
    assert submit(desk, "/edit", account="nobody", post="1_1").status == 400
    assert ask(desk, "/elsewhere").status == 404
