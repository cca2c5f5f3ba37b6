"""web.app.forms: what may come back from a form, and within which limits."""

import pytest
from flask import Flask

from indexer.base.ids import ItemId
from indexer.review.desk import Pick
from indexer.review.records import State
from web.app.forms import (
    LARGEST,
    PICKS,
    WORDS_CHARS,
    AccountForm,
    BatchForm,
    DecideForm,
    LinkForm,
    PasswordForm,
    ReasonedForm,
    SignInForm,
    StatusForm,
)

DECIDED = {"state": "pending", "move": "approve", "version": "1"}


def faults(app: Flask, form: type, **data: object) -> set[str]:
    """Names of the fields that are refused."""
    with app.test_request_context("/", method="POST", data=data):
        made = form()
        made.validate()
        return set(made.errors)


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({}, set()),
        ({"state": "approved by me"}, {"state"}),
        ({"move": "undo"}, {"move"}),
        ({"move": "edit"}, {"move"}),
        ({"version": "0"}, {"version"}),
        ({"version": str(LARGEST + 1)}, {"version"}),
        ({"version": "9" * 6000}, {"version"}),
        ({"version": "one"}, {"version"}),
        ({"version": ""}, {"version"}),
        ({"words": "x" * (WORDS_CHARS + 1)}, {"words"}),
        ({"following": "x" * 81}, {"following"}),
    ],
)
def test_a_decision_names_a_move_that_people_make_on_what_they_saw(
    app: Flask, given: dict[str, str], wrong: set[str]
) -> None:
    assert faults(app, DecideForm, **(DECIDED | given)) == wrong


@pytest.mark.parametrize(
    ("url", "wrong"),
    [
        (" http://a.example/1 ", set()),
        ("http://a.example/1 2", {"url"}),
        ("http://a.example/\u202e", {"url"}),
        ("", {"url"}),
    ],
)
def test_a_link_is_one_whole_address(app: Flask, url: str, wrong: set[str]) -> None:
    assert faults(app, LinkForm, url=url) == wrong


@pytest.mark.parametrize(
    ("reason", "words", "why"),
    [("广告", "", "广告"), ("", "太短", "太短"), ("广告", "太短", "广告：太短"), ("", " \u200b ", ""), ("", "", "")],
)
def test_reason_and_words_are_one_line_of_what_is_seen(app: Flask, reason: str, words: str, why: str) -> None:
    with app.test_request_context("/", method="POST", data={"reason": reason, "words": words}):
        assert ReasonedForm().why == why


@pytest.mark.parametrize(
    "wrong", ["i1", "i1@1", "i1@0@pending", "i1@1@public", "I1@1@pending", "i1@1@pending@", "@1@held"]
)
def test_a_batch_of_which_one_item_is_not_named_as_it_was_seen_has_no_picks(app: Flask, wrong: str) -> None:
    with app.test_request_context("/", method="POST", data={"chosen": ["i1@1@pending", wrong]}):
        assert BatchForm().picks is None


def test_the_picks_of_a_batch_are_each_once_in_their_order(app: Flask) -> None:
    with app.test_request_context("/", method="POST", data={"chosen": ["i2@3@held", "i1@1@pending", "i2@3@held"]}):
        picks = BatchForm().picks

    assert picks == [
        Pick(item=ItemId("i2"), version=3, state=State.HELD),
        Pick(item=ItemId("i1"), version=1, state=State.PENDING),
    ]


def test_a_batch_has_its_limit_and_withdraws_nothing(app: Flask) -> None:
    many = [f"i{n}@1@pending" for n in range(PICKS + 1)]

    assert faults(app, BatchForm, move="approve", chosen=many) == {"chosen"}
    assert faults(app, BatchForm, move="withdraw", chosen=many[:1]) == {"move"}


def test_a_new_password_is_typed_twice_alike(app: Flask) -> None:
    assert faults(app, PasswordForm, old="a", new="b", again="b") == set()
    assert faults(app, PasswordForm, old="a", new="b", again="c") == {"again"}
    assert faults(app, PasswordForm, new="b", again="b") == {"old"}


def test_who_signs_in_gives_name_and_password_of_bearable_length(app: Flask) -> None:
    assert faults(app, SignInForm, name="编辑", password="x") == set()
    assert faults(app, SignInForm, name="x" * 101, password="x" * 10**5) == {"name", "password"}


def test_a_step_of_a_channel_has_a_reason(app: Flask) -> None:
    step = {"status": "applied", "after": "approved", "licence": "示例授权书"}

    assert faults(app, StatusForm, **step, why="核对过") == set()
    assert faults(app, StatusForm, **step) == {"why"}
    assert faults(app, StatusForm, **(step | {"after": "gone"}), why="核对过") == {"after"}


def test_an_account_that_is_confirmed_is_of_bearable_length(app: Flask) -> None:
    assert faults(app, AccountForm, biz="1", original_id="gh_1", name="示例") == set()
    assert faults(app, AccountForm, biz="1" * 101, original_id="g" * 101, name="x" * 301) == {
        "biz",
        "original_id",
        "name",
    }
