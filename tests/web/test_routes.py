"""Every route against every role, from the one table in `routes`; each form also where it must be refused."""

import re
from collections.abc import Callable, Mapping
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from config.settings import Settings
from indexer.base import times
from indexer.base.ids import UnitId
from indexer.catalogue.items import Item
from indexer.people import sessions
from indexer.people.accounts import User, Visit
from indexer.people.rights import GRANTS
from indexer.records import channels, decisions, inbox, push_keys
from indexer.records.database import Database
from indexer.records.inbox import InboxKind
from indexer.reports import desk as reports
from indexer.reports.tickets import ReportKind
from indexer.review import desk
from indexer.review.records import Decision, Move, State
from indexer.whitelist.records import Channel, Unit
from tests import trials
from tests.programs import Program, program_of
from tests.programs import written as written_push
from tests.web.kept import shown_by
from tests.web.routes import CALLED, GETS, POSTS, ROLES, SIGNED, WHO, Post, Row, Signed

OPEN_SESSIONS = sessions.SessionLimits(idle=timedelta(days=1), absolute=timedelta(days=1))


@pytest.fixture
def people(
    database: Database, channel: Channel, make_unit: Callable[..., Unit], make_user: Callable[..., User], editor: User
) -> Mapping[str, User]:
    """One person of each role; the item and the channel belong to the first unit."""
    with database.transaction() as tx:
        channels.save_unit(tx, make_unit(id=UnitId("unit-b"), name="另一示例馆"))
    units = {who: UnitId("unit-b" if who.startswith("other ") else "unit-a") for who in ROLES}
    others = {
        who: make_user(who, role=role, unit=units[who] if GRANTS[role].of_unit else None)
        for who, role in ROLES.items()
        if role is not editor.role
    }
    return {"editor": editor, **others}


@pytest.fixture
def owner(make_user: Callable[..., User]) -> User:
    """Somebody who is signed in elsewhere."""
    return make_user("编辑丙")


@pytest.fixture
def program(database: Database, settings: Settings, channel: Channel) -> Program:
    """A program of the first unit."""
    return program_of(database, settings, channel.unit)


@pytest.fixture
def world(
    settings: Settings,
    database: Database,
    channel: Channel,
    make_item: Callable[..., Item],
    move_on: Callable[..., Decision],
    owner: User,
    people: Mapping[str, User],
    program: Program,
) -> Mapping[str, str]:
    """What the table's `{…}` stand for."""
    editor = people["editor"]
    public = make_item(url="http://a.example/public.html", title="已公开的一篇")
    approval = move_on(public, Move.APPROVE, who=editor, now=times.now())
    withdrawn = make_item(url="http://a.example/withdrawn.html", title="单位撤下的一篇")
    move_on(withdrawn, Move.APPROVE, who=owner, now=times.now())
    batched = make_item(url="http://a.example/batched.html", title="批量处理的一篇")
    pick = desk.Pick(item=batched.id, version=1, state=State.PENDING)
    (decided,) = desk.batch(database, picks=[pick], move=Move.REJECT, who=editor, why="示例理由", now=times.now())
    assert decided.decision is not None
    told = reports.Told(kind=ReportKind.MISTAKE, words="年份写错了。", contact="")
    with database.transaction() as tx:
        sessions.start(tx, owner.id, Visit(), now=times.now())
        link = {"url": "http://a.example/pushed.html"}
        push = inbox.file(tx, InboxKind.PUSH, channel=channel.id, payload=link, who="单位甲", at=times.now())
    (open_one,) = sessions.of_person(database, owner.id, limits=OPEN_SESSIONS, now=times.now())
    return {
        "public": public.id,
        "picture": shown_by(settings, database, public.id, now=times.now()),
        "own": public.id,
        "withdrawn": withdrawn.id,
        "withdrawal": move_on(withdrawn, Move.WITHDRAW, who=people["unit"], now=times.now()).id,
        "approval": approval.id,
        "batch": decided.decision.batch or "",
        "report": reports.hand_in(database, item=public.id, told=told, now=times.now()).id,
        "pending": make_item(url="http://a.example/pending.html", title="待审的一篇").id,
        "channel": channel.id,
        "unit": "unit-a",
        "trial": trials.answered(database, trials.proposal(), now=times.now()),
        "own_channel": channel.id,
        "other_session": open_one.id,
        "key": program.key,
        "push": push,
    }


@pytest.fixture
def enter(
    app: Flask, browse: Callable[[User], FlaskClient], people: Mapping[str, User]
) -> Callable[[str], FlaskClient]:
    """Give the browser of one of WHO."""
    return lambda who: browse(people[who]) if who in people else app.test_client()


def filled(text: str, world: Mapping[str, str]) -> str:
    return text.format(**world)


def send(client: FlaskClient, row: Post, world: Mapping[str, str], *, address: str = "") -> TestResponse:
    return client.post(filled(address or row.address, world), data=row.data(lambda value: filled(value, world)))


def named(row: Row) -> str:
    return row.address


def test_every_route_has_its_row(app: Flask) -> None:
    routes = {
        (method, rule.rule) for rule in app.url_map.iter_rules() for method in (rule.methods or set()) & {"GET", "POST"}
    }

    # The sign-in page is both shown and sent: one row for each.
    pages = {("GET", row.rule) for row in GETS} | {("POST", row.rule) for row in POSTS}
    signed = {(row.method, row.rule) for row in SIGNED} | {(row.method, row.rule) for row in CALLED}
    assert routes == pages | signed


@pytest.mark.parametrize("who", WHO)
def test_every_page_answers_each_role_as_the_table_says(
    enter: Callable[[str], FlaskClient], world: Mapping[str, str], who: str
) -> None:
    client = enter(who)

    answers = {row.address: client.get(filled(row.address, world), buffered=True).status_code for row in GETS}

    assert answers == {row.address: row.statuses[WHO.index(who)] for row in GETS}


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("row", POSTS, ids=named)
def test_every_form_answers_each_role_as_the_table_says(
    enter: Callable[[str], FlaskClient], world: Mapping[str, str], row: Post, who: str
) -> None:
    answer = send(enter(who), row, world)

    assert answer.status_code == row.statuses[WHO.index(who)]


@pytest.mark.parametrize("who", WHO)
def test_no_form_is_taken_from_any_role_without_its_token(
    app: Flask, enter: Callable[[str], FlaskClient], world: Mapping[str, str], who: str
) -> None:
    client = enter(who)
    app.config["WTF_CSRF_ENABLED"] = True

    answers = {row.address: send(client, row, world).status_code for row in POSTS}

    assert answers == {row.address: row.untaken(who) for row in POSTS}


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("row", SIGNED, ids=named)
def test_what_needs_a_signature_is_done_for_no_role_and_for_a_program_whoever_is_signed_in_beside_it(
    enter: Callable[[str], FlaskClient], world: Mapping[str, str], program: Program, row: Signed, who: str
) -> None:
    client, path = enter(who), filled(row.address, world)
    body = written_push(**{name: filled(value, world) for name, value in row.body.items()}) if row.body else b""

    unsigned = client.open(path, method=row.method, data=body, content_type="application/json")
    signed = client.open(path, method=row.method, data=body, headers=program.heads(path, body, method=row.method))

    assert unsigned.status_code == row.statuses[WHO.index(who)]
    assert signed.status_code == (202 if row.method == "POST" else 200)


@pytest.mark.parametrize("who", WHO)
def test_what_a_platform_has_not_signed_is_done_for_nobody(
    enter: Callable[[str], FlaskClient], world: Mapping[str, str], who: str
) -> None:
    client = enter(who)

    answers = {(row.method, row.rule): client.open(row.address, method=row.method).status_code for row in CALLED}

    assert answers == {(row.method, row.rule): row.statuses[WHO.index(who)] for row in CALLED}


@pytest.mark.parametrize("who", WHO)
def test_no_form_takes_a_body_that_is_none_from_any_role(
    enter: Callable[[str], FlaskClient], world: Mapping[str, str], who: str
) -> None:
    client = enter(who)

    answers = {row.address: client.post(filled(row.address, world), json=row.form).status_code for row in POSTS}

    assert answers == {row.address: row.untaken(who) for row in POSTS}


@pytest.mark.parametrize("row", [row for row in POSTS if row.stale is not None], ids=named)
def test_a_form_that_a_colleague_was_faster_than_changes_nothing(
    enter: Callable[[str], FlaskClient], database: Database, world: Mapping[str, str], row: Post
) -> None:
    send(enter("admin"), row, world)
    before = written(database)

    answer = send(enter("editor"), row, world)

    assert answer.status_code == row.stale
    assert written(database) == before


@pytest.mark.parametrize("row", [row for row in POSTS if row.foreign is not None], ids=named)
def test_what_is_another_s_is_not_changed_by_a_unit(
    enter: Callable[[str], FlaskClient], database: Database, world: Mapping[str, str], owner: User, row: Post
) -> None:
    assert row.foreign is not None
    address, status = row.foreign
    before = written(database)

    answer = send(enter("other unit"), row, world, address=address)

    assert answer.status_code == status
    assert written(database) == before
    assert len(sessions.of_person(database, owner.id, limits=OPEN_SESSIONS, now=times.now())) == 1


def test_the_site_s_own_form_carries_a_token_that_is_taken(
    app: Flask, enter: Callable[[str], FlaskClient], world: Mapping[str, str]
) -> None:
    client = enter("editor")
    app.config["WTF_CSRF_ENABLED"] = True
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get(filled("/review/items/{pending}", world)).text)
    assert token is not None
    row = next(row for row in POSTS if row.rule.endswith("/decide"))

    answer = client.post(filled(row.address, world), data={**row.form, "csrf_token": token[1]})

    assert answer.location == "/review/"


def written(database: Database) -> tuple[object, ...]:
    """Every decision, every step of the whitelist and every key."""
    with database.reading() as tx:
        steps = [channels.status_changes(tx, one.id) for one in channels.channels(tx)]
        return decisions.recent(tx, limit=100), steps, push_keys.push_keys(tx)
