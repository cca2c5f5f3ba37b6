"""The rules' page: everybody at the desk reads it, an administrator switches, without JavaScript."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from config.words import Severity
from indexer.catalogue.items import Item
from indexer.people.accounts import User
from indexer.people.rights import Role
from indexer.records.database import Database
from indexer.review.records import Decision, Move
from indexer.understanding.embeddings.model_folder import ModelMissing
from indexer.understanding.results import Finding
from indexer.understanding.switched import switched
from web.review import rules

FOUND = Finding(
    rule="discount",
    rule_version=2,
    severity=Severity.LOW,
    where="text",
    start=0,
    end=4,
    excerpt="全场七折",
    message="核",
)


@pytest.fixture
def admin(browse: Callable[[User], FlaskClient], make_user: Callable[..., User]) -> FlaskClient:
    return browse(make_user(name="管理员乙", role=Role.ADMIN))


def stands(database: Database) -> dict[str, bool]:
    with database.reading() as tx:
        return switched(tx)


def test_the_list_says_of_each_rule_what_it_reads_to_the_editor_and_how_often_it_hit(
    desk_client: FlaskClient, make_item: Callable[..., Item], monkeypatch: pytest.MonkeyPatch
) -> None:
    make_item(findings=(FOUND,))
    monkeypatch.setattr(rules, "LATELY", timedelta(days=36_500))  # the piece was checked on one fixed day

    page = desk_client.get("/review/rules").text

    row = page[page.index("/review/rules/discount") :].partition("</tr>")[0]
    assert "有打折、满减一类的字句" in row
    assert "<td>1</td>" in row
    assert "生效中" in row


def test_a_rule_is_shown_with_examples_and_its_replay_over_past_decisions(
    desk_client: FlaskClient, make_item: Callable[..., Item], move: Callable[..., Decision]
) -> None:
    item = make_item(title="科学实验盒", text="全场七折，送完为止。" * 5)
    move(item, Move.REJECT)

    page = desk_client.get("/review/rules/discount").text

    assert "科学实验盒全场七折" in page
    assert "一张纸对折七次就很难再折。" in page
    assert "命中1条，其中1条没有公开" in page
    assert f'href="/review/items/{item.id}"' in page
    assert 'name="state"' not in page


def test_an_administrator_switches_a_rule_with_a_reason(admin: FlaskClient, database: Database) -> None:
    answer = admin.post("/review/rules/discount/switch", data={"state": "off", "why": "误报多"})

    assert (answer.status_code, answer.location, stands(database)) == (303, "/review/rules", {"discount": False})
    page = admin.get("/review/rules/discount").text
    assert "误报多" in page
    assert 'value="on"' in page
    assert "规则启用或停用" in admin.get("/review/log?kind=rules").text


@pytest.mark.parametrize(
    ("form", "status", "words"),
    [
        ({"state": "off", "why": " "}, 409, "理由"),
        ({"state": "on", "why": "重复"}, 409, "已经是这个状态"),
        ({"why": "理由"}, 400, "表单不完整"),
    ],
)
def test_a_switch_that_is_refused_says_why_and_changes_nothing(
    admin: FlaskClient, database: Database, form: dict[str, str], status: int, words: str
) -> None:
    answer = admin.post("/review/rules/discount/switch", data=form)

    assert answer.status_code == status
    assert words in answer.text
    assert stands(database) == {}


def test_a_rule_that_is_not_there_is_no_page(desk_client: FlaskClient) -> None:
    assert desk_client.get("/review/rules/none").status_code == 404


def test_an_editor_switches_nothing(desk_client: FlaskClient, database: Database) -> None:
    assert desk_client.post("/review/rules/discount/switch", data={"state": "off", "why": "理由"}).status_code == 403
    assert stands(database) == {}


def test_where_the_model_of_a_rule_cannot_be_loaded_its_page_says_so_and_it_stays_as_it_was(
    admin: FlaskClient, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(_: object) -> None:
        raise ModelMissing("no such folder")

    monkeypatch.setattr(rules, "_meaning", missing)

    page = admin.get("/review/rules/discount")
    refused = admin.post("/review/rules/discount/switch", data={"state": "on", "why": "看过"})

    assert (page.status_code, refused.status_code, stands(database)) == (200, 503, {})
    assert "模型加载不了" in page.text
    assert "模型加载不了" in refused.text
