"""web.app.signatures: before a view that needs one, who signed is known or the request is over."""

import pytest
from flask import Flask
from werkzeug.exceptions import HTTPException

from config.settings import Settings
from indexer.people.push_keys import SignatureProblem
from indexer.records.database import Database
from indexer.whitelist.records import Channel
from tests.programs import PUSH, program_of
from web.app.signatures import ADVICE, check, of_signer, signer


def test_who_signed_is_known_to_the_view_and_to_its_limit(
    app: Flask, database: Database, settings: Settings, channel: Channel
) -> None:
    program = program_of(database, settings, channel.unit)
    path = f"{PUSH}/x?lang=en"

    with app.test_request_context(path, headers=program.heads(path, method="GET")):
        check()
        assert (signer().id, signer().unit, of_signer()) == (program.key, channel.unit, f"key {program.key}")


def test_who_did_not_sign_gets_no_further(app: Flask) -> None:
    with app.test_request_context(PUSH, method="POST"), pytest.raises(HTTPException) as refused:
        check()

    assert refused.value.get_response().status_code == 401


def test_every_problem_has_words_in_chinese(app: Flask) -> None:
    with app.test_request_context("/"):
        assert [problem for problem in SignatureProblem if str(ADVICE[problem]).isascii()] == []
