"""A program of a unit that pushes, and asks what became of it."""

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from config.settings import Settings
from indexer.records.database import Database
from indexer.whitelist.records import Channel
from tests.programs import BODY, PUSH, Ask, Program, Send, program_of


@pytest.fixture
def program(database: Database, settings: Settings, channel: Channel) -> Program:
    return program_of(database, settings, channel.unit)


@pytest.fixture
def send(client: FlaskClient, program: Program) -> Send:
    """Push by the unit's program; heads: in place of those that it would send."""

    def post(body: bytes = BODY, *, once: str = "", heads: dict[str, str] | None = None) -> TestResponse:
        signed = program.heads(PUSH, body, once=once)
        return client.post(PUSH, data=body, headers=signed | (heads or {}))

    return post


@pytest.fixture
def ask(client: FlaskClient, program: Program) -> Ask:
    """Ask by the unit's program what became of a push."""

    def get(push: str) -> TestResponse:
        path = f"{PUSH}/{push}"
        return client.get(path, headers=program.heads(path, method="GET"))

    return get
