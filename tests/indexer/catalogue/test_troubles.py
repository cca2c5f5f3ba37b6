"""indexer.catalogue.troubles: every reason tells its unit, in Chinese, what happened and what to do."""

import re
from datetime import datetime

import pytest

from indexer.base.ids import UnitId
from indexer.catalogue.troubles import CASE, WORDS, RefusalReason, Trouble, refusal

MARK = re.compile(r"%\((\w+)\)s")


def test_every_reason_has_words() -> None:
    assert {reason for reason, _ in WORDS} == set(RefusalReason)


@pytest.mark.parametrize(("reason", "case"), list(WORDS))
def test_words_take_up_every_fact_and_leave_no_mark(reason: RefusalReason, case: str) -> None:
    names = MARK.findall(WORDS[reason, case])
    facts = {name: f"<{name}>" for name in names} | ({CASE: case} if case else {})

    told = str(Trouble(reason=reason, facts=facts))

    assert [name for name in names if f"<{name}>" not in told] == []
    assert "%(" not in told


def test_a_percent_sign_in_a_fact_stays_as_it_is() -> None:
    url = "http://a.example/%E6%96%B0?q=%(do)s"

    assert url in str(Trouble(reason=RefusalReason.ROBOTS, facts={"url": url}))


def test_a_case_chooses_its_own_words() -> None:
    usual, missing = (
        Trouble(reason=RefusalReason.BAD_STATUS, facts={"url": "http://a.example/", "status": "404"} | more)
        for more in ({}, {CASE: "404"})
    )

    assert (usual.case, missing.case) == ("", "404")
    assert str(usual) == "网站回答 404，不是网页：http://a.example/。请检查登记的网址"
    assert str(missing) == "网页不存在（404）：http://a.example/。请检查登记的网址"


def test_a_refusal_keeps_the_words_and_its_facts_in_characters_that_can_be_stored(now: datetime) -> None:
    trouble = Trouble(reason=RefusalReason.TOO_LARGE, facts={"url": "http://a.example/\0"})

    made = refusal(trouble, channel="channel-a", unit=UnitId("unit-a"), url="http://a.example/", title="", at=now)

    assert (made.reason, made.message, made.at) == (RefusalReason.TOO_LARGE, str(trouble), now)
    assert made.facts == {"url": "http://a.example/\ufffd"}
