"""`carnival units …`: what is printed, as text and as JSON, and the exit codes."""

import json
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from config.settings import load_settings
from indexer.base.ids import ChannelId, UnitId
from indexer.base.times import now
from indexer.commands.opening import open_records
from indexer.people.rights import Role
from indexer.people.sign_in import add_account
from indexer.records import seen_accounts
from indexer.records.seen_accounts import SeenAccount
from indexer.whitelist.commands import units_group
from indexer.whitelist.wechat_accounts import WechatAccount
from tests.operators import NOW, OPERATOR

GOOD = """units:
  - id: hall
    name: 示例科技馆
    system: 科技馆之城
    district: 海淀区
    channels:
      - {id: hall-site-1, kind: site, address: "http://hall.example/"}
"""
Run = Callable[..., Result]


@pytest.fixture
def run(records_on: str, make_records: Callable[..., str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run `carnival units …` in an empty folder that holds `list.yaml`, with records that are not there yet."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CARNIVAL_DATABASE_URL", "" if records_on == "sqlite" else make_records(is_migrated=False))
    (tmp_path / "list.yaml").write_text(GOOD, encoding="utf-8")
    return lambda *words: CliRunner().invoke(units_group, words, catch_exceptions=False)


def test_check_says_what_the_deployments_own_files_hold(run: Run) -> None:
    result = run("check")

    assert result.exit_code == 0
    assert "units.yaml: 149 units" in result.output
    assert "taxonomy.yaml: 10 topics, 20 districts" in result.output


def test_import_shows_what_changes_and_imports_it(run: Run) -> None:
    result = run("import", "list.yaml", "--yes")

    assert result.exit_code == 0
    assert "+ hall  示例科技馆" in result.output
    assert result.output.endswith("imported\n")


def test_a_dry_run_writes_nothing_and_makes_nothing(run: Run, tmp_path: Path) -> None:
    result = run("import", "list.yaml", "--dry-run")

    assert result.output.endswith("nothing was changed\n")
    assert not (tmp_path / "data").exists()


def test_the_same_import_again_says_that_nothing_changes(run: Run) -> None:
    run("import", "list.yaml", "--yes")

    assert run("import", "list.yaml", "--yes").output.endswith("nothing to change\n")


def test_import_speaks_json(run: Run) -> None:
    said = json.loads(run("import", "list.yaml", "--json", "--yes").output)

    assert said["imported"] is True
    assert said["units"]["added"] == ["hall"]
    assert said["channels"] == {
        "added": ["hall-site-1"],
        "changed": [],
        "unchanged": [],
        "absent": [],
        "fields": {},
    }


@pytest.mark.parametrize("options", [[], ["--json"]])
def test_without_a_terminal_an_import_asks_for_yes_and_changes_nothing(
    options: list[str], run: Run, tmp_path: Path
) -> None:
    result = run("import", "list.yaml", *options)

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.splitlines() == [
        "command line: --yes: there is no terminal to ask on. Give it to import, or --dry-run to look."
    ]
    assert not (tmp_path / "data").exists()


def test_an_import_without_a_terminal_writes_nothing_into_records_that_are_there(run: Run, tmp_path: Path) -> None:
    run("import", "list.yaml", "--yes")
    (tmp_path / "list.yaml").write_text(GOOD.replace("示例科技馆", "示例天文馆"), encoding="utf-8")

    assert run("import", "list.yaml").exit_code == 2
    assert "示例科技馆" in run("list").output


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("没有这个人", "there is no editor or administrator '没有这个人'"),
        ("demo-unit", "'demo-unit' is no editor"),
    ],
)
def test_who_answers_for_an_approval_must_be_an_editor_or_administrator(name: str, what: str, run: Run) -> None:
    run("import", "list.yaml", "--yes")
    account("demo-unit", Role.UNIT, unit=UnitId("hall"))

    result = run("import", "list.yaml", "--yes", "--approve-as", name)

    assert result.exit_code == 2
    assert result.stderr.splitlines() == [
        f"command line: --approve-as: {what}. Name an account of `carnival users list`: it answers for this."
    ]


@pytest.mark.parametrize("role", [Role.EDITOR, Role.ADMIN])
def test_an_editor_or_administrator_may_answer_for_an_approval(role: Role, run: Run) -> None:
    run("import", "list.yaml", "--yes")
    account("管理员甲", role)

    assert run("import", "list.yaml", "--yes", "--approve-as", "管理员甲").exit_code == 0


def account(name: str, role: Role, *, unit: UnitId | None = None) -> None:
    with closing(open_records(load_settings())) as database:
        add_account(database, name, "示例口令-只用于测试", by=OPERATOR, now=NOW, role=role, unit=unit)


def test_list_speaks_json_of_units_with_their_channels(run: Run) -> None:
    run("import", "list.yaml", "--yes")

    listed = json.loads(run("list", "--json").output)

    assert [(unit["id"], unit["channels"][0]["status"]) for unit in listed] == [("hall", "applied")]


def test_approve_suspend_and_revoke_print_the_step(run: Run) -> None:
    run("import", "list.yaml", "--yes")

    words = ("hall-site-1", "--why", "授权书已收到", "--who", "编辑甲")

    assert run("approve", *words, "--licence", "一号").output == "hall-site-1: applied → approved\n"
    assert run("suspend", *words).output == "hall-site-1: approved → suspended\n"
    assert run("revoke", *words).output == "hall-site-1: suspended → revoked\n"


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (("approve", "hall-site-1", "--why", "同意"), 1, "no licence of the unit is recorded"),
        (("suspend", "none", "--why", "停更"), 1, "there is no channel `none`"),
        (("revoke", "hall-site-1"), 2, "Missing option '--why'"),
    ],
)
def test_a_refused_change_exits_with_1_and_a_wrong_call_with_2(
    words: tuple[str, ...], code: int, message: str, run: Run
) -> None:
    run("import", "list.yaml", "--yes")

    result = run(*words)

    assert result.exit_code == code
    assert message in result.output


ACCOUNTS = (
    WechatAccount(biz="3070376195", original_id="gh_ee2320e6a2ac", name="示例科技馆"),
    WechatAccount(biz="2399024900", name="别家公众号"),
)


@pytest.fixture
def see(run: Run, tmp_path: Path) -> Callable[..., None]:
    """Import a WeChat channel in which these accounts were seen."""
    site = 'site-1, kind: site, address: "http://hall.example/"'
    wechat = GOOD.replace(site, "wechat-1, kind: wechat, name: 示例科技馆, source: wechat_page")
    (tmp_path / "wechat.yaml").write_text(wechat, encoding="utf-8")
    run("import", "wechat.yaml", "--yes")

    def seen(*accounts: WechatAccount) -> None:
        database = open_records(load_settings())
        with database.transaction() as tx:
            for account in accounts:
                row = SeenAccount(
                    channel=ChannelId("hall-wechat-1"), account=account, url="https://a.example/", at=now()
                )
                seen_accounts.add_seen(tx, row)
        database.close()

    return seen


def test_the_one_account_that_was_seen_is_confirmed(run: Run, see: Callable[..., None]) -> None:
    see(ACCOUNTS[0])

    said = json.loads(run("confirm-account", "hall-wechat-1", "--json", "--who", "编辑甲").output)

    assert said == {"biz": "3070376195", "original_id": "gh_ee2320e6a2ac", "name": "示例科技馆"}
    assert run("confirm-account", "hall-wechat-1").exit_code == 1


@pytest.mark.parametrize("number", ["3070376195", "gh_ee2320e6a2ac"])
def test_of_several_accounts_the_one_that_is_named_is_confirmed(
    run: Run, see: Callable[..., None], number: str
) -> None:
    see(*ACCOUNTS)

    unsaid = run("confirm-account", "hall-wechat-1")
    said = run("confirm-account", "hall-wechat-1", "--number", number)

    assert unsaid.exit_code == 1
    assert "别家公众号  original id unknown  biz 2399024900" in unsaid.output
    assert said.output == "hall-wechat-1: 示例科技馆  original id gh_ee2320e6a2ac  biz 3070376195\n"


def test_a_channel_in_which_nothing_was_seen_has_nothing_to_confirm(run: Run) -> None:
    run("import", "list.yaml", "--yes")

    result = run("confirm-account", "none")

    assert result.exit_code == 1
    assert "push one of its articles first" in result.output
