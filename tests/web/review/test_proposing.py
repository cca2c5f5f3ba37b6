"""web.review.proposing: what is typed into the form of a trial."""

import pytest
from flask import Flask
from werkzeug.exceptions import BadRequest

from config.addresses import BadAddress
from indexer.whitelist.trials import Proposal
from web.review.proposing import TrialForm, trouble_of, typed_proposal, with_own_host

FORM = {"address": " http://a.example/n/ ", "unit": "unit-a"}


def typed(app: Flask, form: dict[str, str]) -> tuple[Proposal, str]:
    """What a form proposes, and what is wrong with it."""
    with app.test_request_context(method="POST", data=form):
        found = TrialForm()
        proposal = typed_proposal(found)
        return proposal, trouble_of(found, proposal, is_known=True)


def test_blanks_around_what_is_typed_do_not_count(app: Flask) -> None:
    assert typed(app, FORM) == (Proposal(address="http://a.example/n/", unit="unit-a"), "")  # type: ignore[arg-type]


def test_options_that_another_source_takes_are_left_out(app: Flask) -> None:
    proposal, trouble = typed(app, FORM | {"source": "feed", "option.list": "ul a", "option.item_kind": "video"})

    assert (dict(proposal.options), trouble) == ({"item_kind": "video"}, "")


@pytest.mark.parametrize(
    "wrong",
    [
        {"address": "http://a.example/" + "x" * 2048},
        {"hosts": "a_b.example"},
        {"hosts": "x" * 2001},
        {"path": "/" + "x" * 501},
        {"path": "/../"},
        {"option.pages": "0", "source": "site"},
        {"option.pages": "0"},
        {"unit": "x" * 101},
    ],
)
def test_what_no_whitelist_could_hold_is_told(app: Flask, wrong: dict[str, str]) -> None:
    assert typed(app, FORM | wrong)[1]


def test_a_source_that_the_form_does_not_offer_is_no_form_of_this_site(app: Flask) -> None:
    with pytest.raises(BadRequest):
        typed(app, FORM | {"source": "gopher"})


def test_hosts_that_are_named_are_joined_by_that_of_the_address() -> None:
    named = with_own_host(Proposal(address="http://a.example/", hosts=("b.example",)))

    assert named.hosts == ("b.example", "a.example")
    assert with_own_host(Proposal(address="http://a.example/")).hosts == ()
    with pytest.raises(BadAddress):
        with_own_host(Proposal(address="a.example"))
