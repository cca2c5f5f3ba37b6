"""`carnival units …`: check and import whitelist files, list units, move a channel's whitelist status."""

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

import click

from config.checks import check_file, check_own_files
from config.editions import load_editions
from config.errors import ConfigRefused, Problem, setting_refused
from config.settings import Settings, load_settings
from config.taxonomy import load_taxonomy
from config.units.load import load_units
from indexer.base.actors import Actor, operator
from indexer.base.ids import ChannelId
from indexer.base.times import now
from indexer.catalogue.editions import keep_editions
from indexer.commands.opening import open_or_make_records, open_records
from indexer.commands.operators import this_operator
from indexer.people.rights import Right, may
from indexer.records import channels as register
from indexer.records import people, seen_accounts
from indexer.records.database import IN_MEMORY, Database, RecordsMissing
from indexer.whitelist import desk as whitelist
from indexer.whitelist.diff import Comparison, Outcome, Step
from indexer.whitelist.records import Channel
from indexer.whitelist.states import WhitelistMove, WhitelistRefused
from indexer.whitelist.wechat_accounts import WechatAccount, account_of

FILE = click.Path(path_type=Path)
WHO = click.option(
    "--who", default=lambda: this_operator().name, help="Who makes the change; by default the signed-in user."
)
WHY = click.option("--why", required=True, help="Why, for the record.")
SIGNS = {Outcome.ADDED: "+", Outcome.CHANGED: "~", Outcome.ABSENT: "·"}


@click.group("units")
def units_group() -> None:
    """The whitelist: units, their channels, and each channel's status."""


@units_group.command("check")
@click.argument("files", nargs=-1, type=FILE)
def check_command(files: tuple[Path, ...]) -> None:
    """Check whitelist files (YAML, CSV, XLSX), or a taxonomy, policy, editions or synonyms file.

    Without FILES it checks those that this deployment uses.
    """
    settings = load_settings()
    if not files:
        check_own_files(settings)
    own = (
        settings.units_file,
        settings.taxonomy_file,
        settings.policy_file,
        settings.editions_file,
        settings.synonyms_file,
    )
    problems: list[Problem] = []
    results = []
    for file in files or own:
        try:
            results.append(f"{file}: {check_file(file, settings)}")
        except ConfigRefused as refused:
            problems.extend(refused.problems)
    for result in results:
        click.echo(result)
    if problems:
        raise ConfigRefused(problems)


@units_group.command("import")
@click.argument("file", type=FILE)
@click.option("--dry-run", is_flag=True, help="Show what would change, and change nothing.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--approve-as", metavar="NAME", help="Let `approved` in the file count; NAME answers for it.")
@click.option("--json", "as_json", is_flag=True, help="Say what changed as JSON.")
def import_command(*, file: Path, dry_run: bool, yes: bool, approve_as: str | None, as_json: bool) -> None:
    """Import a whitelist file: show what it changes, ask, write all of it or nothing.

    Where there is no terminal to ask on, --yes is needed. Importing the same file again changes nothing. What the file
    leaves out stays; no unit or channel is deleted.
    The editions of CARNIVAL_EDITIONS_FILE are brought up to date with it.
    """
    settings = load_settings()
    entries = load_units(file, taxonomy=load_taxonomy(settings.taxonomy_file))
    years = load_editions(settings.editions_file)
    can_ask = sys.stdin.isatty() and not as_json
    may_write = yes or can_ask
    database = _register(settings, may_write=may_write and not dry_run)
    who = _approver(database, approve_as) if approve_as else this_operator()
    comparison = whitelist.preview(database, entries, file=str(file), approve=bool(approve_as))
    if not (dry_run or comparison.is_empty or may_write):
        raise setting_refused("--yes", "there is no terminal to ask on", "Give it to import, or --dry-run to look.")
    if not as_json:
        _show(comparison)
    if not (dry_run or comparison.is_empty or yes):
        click.confirm("Import this?", abort=True, err=True)
    if may_write and not dry_run:
        keep_editions(database, years, now=now())
    if dry_run or comparison.is_empty:
        _finish(comparison, as_json=as_json, imported=False)
        return
    comparison = whitelist.import_units(database, entries, file=str(file), who=who, approve=bool(approve_as), now=now())
    _finish(comparison, as_json=as_json, imported=True)


@units_group.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
def list_command(*, as_json: bool) -> None:
    """List units with their channels and each channel's whitelist status."""
    with open_records(load_settings()).reading() as tx:
        units, channels = register.units(tx), register.channels(tx)
    if as_json:
        listed = [
            {**asdict(unit), "channels": [_plain(channel) for channel in channels if channel.unit == unit.id]}
            for unit in units
        ]
        click.echo(json.dumps(listed, ensure_ascii=False, indent=1))
        return
    for unit in units:
        click.echo(f"{unit.id}  {unit.name}  ({unit.system}, {unit.district})")
        for channel in channels:
            if channel.unit == unit.id:
                click.echo(f"    {channel.id}  {channel.kind}  {channel.status}  {channel.name}")


@units_group.command("approve")
@click.argument("channel")
@click.option(
    "--licence", metavar="REF", help="Reference of the unit's recorded consent; needed unless one is recorded."
)
@click.option("--path", metavar="PATH", help="The unit's own column, where the host is a parent body's.")
@WHY
@WHO
def approve_command(channel: str, licence: str | None, path: str | None, why: str, who: str) -> None:
    """Approve CHANNEL: from now on it is read."""
    _move(channel, WhitelistMove.APPROVE, licence=licence, path=path, why=why, who=who)


@units_group.command("suspend")
@click.argument("channel")
@WHY
@WHO
def suspend_command(channel: str, why: str, who: str) -> None:
    """Suspend CHANNEL: it is not read until someone approves it again."""
    _move(channel, WhitelistMove.SUSPEND, why=why, who=who)


@units_group.command("revoke")
@click.argument("channel")
@WHY
@WHO
def revoke_command(channel: str, why: str, who: str) -> None:
    """Revoke CHANNEL: it is off the whitelist."""
    _move(channel, WhitelistMove.REVOKE, why=why, who=who)


@units_group.command("confirm-account")
@click.argument("channel")
@click.option("--number", metavar="NUMBER", help="Which one, where several were seen: its biz number or gh_… id.")
@click.option("--json", "as_json", is_flag=True, help="The account as JSON.")
@WHO
def confirm_account_command(*, channel: str, number: str | None, as_json: bool, who: str) -> None:
    """Confirm that the WeChat account seen in CHANNEL is its own: from now on its articles are taken in."""
    database = open_records(load_settings())
    with database.reading() as tx:
        seen = [each.account for each in seen_accounts.seen_of(tx, ChannelId(channel))]
    wanted = [account for account in seen if number in (None, account.biz, account.original_id)]
    if len(wanted) != 1:
        raise click.ClickException(_which_account(channel, seen))
    with _refusals():
        account = whitelist.confirm_account(database, ChannelId(channel), wanted[0], who=operator(who), now=now())
    click.echo(json.dumps(asdict(account), ensure_ascii=False) if as_json else f"{channel}: {_numbers(account)}")


def _which_account(channel: str, seen: Sequence[WechatAccount]) -> str:
    if not seen:
        return f"no account waits to be confirmed for `{channel}`; push one of its articles first"
    listed = "\n".join(f"  {_numbers(account)}" for account in seen)
    return f"say by --number which of these is the account of `{channel}`:\n{listed}"


def _numbers(account: WechatAccount) -> str:
    return (
        f"{account.name or '(no name)'}  original id {account.original_id or 'unknown'}  biz {account.biz or 'unknown'}"
    )


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except WhitelistRefused as refused:
        raise click.ClickException(str(refused)) from refused


def _register(settings: Settings, *, may_write: bool) -> Database:
    """Return the records to import into; where nothing may be written and none are there, empty ones in memory."""
    if may_write:
        return open_or_make_records(settings)
    try:
        return open_records(settings)
    except RecordsMissing:
        return Database.open(IN_MEMORY)


def _approver(database: Database, name: str) -> Actor:
    """The person who answers for the approvals of a file."""
    with database.reading() as tx:
        user = people.by_name(tx, name)
    if user is None or not may(user, Right.WHITELIST):
        what = f"there is no editor or administrator {name!r}" if user is None else f"{name!r} is no editor"
        raise setting_refused("--approve-as", what, "Name an account of `carnival users list`: it answers for this.")
    return user.actor


def _show(comparison: Comparison) -> None:
    for difference in (*comparison.units, *comparison.channels):
        if difference.outcome in (Outcome.ADDED, Outcome.CHANGED):
            click.echo(f"{SIGNS[difference.outcome]} {difference.id}  {difference.name}")
        for name, (before, after) in difference.fields.items():
            click.echo(f"    {name}: {before or '(nothing)'} → {after or '(nothing)'}")
    for step in comparison.steps:
        click.echo(
            f"! {step.channel}: {step.before} → {step.after}" + (f": not taken, {step.why_not}" * (not step.is_taken))
        )


def _finish(comparison: Comparison, *, as_json: bool, imported: bool) -> None:
    if as_json:
        click.echo(json.dumps({"imported": imported, **_as_json(comparison)}, ensure_ascii=False, indent=1))
        return
    click.echo(f"units: {_counts(comparison, 'units')}")
    click.echo(f"channels: {_counts(comparison, 'channels')}")
    click.echo("imported" if imported else "nothing to change" if comparison.is_empty else "nothing was changed")


def _counts(comparison: Comparison, what: str) -> str:
    differences = comparison.units if what == "units" else comparison.channels
    outcomes = [difference.outcome for difference in differences]
    names = {Outcome.ABSENT: "not in the file (kept)"}
    return ", ".join(f"{outcomes.count(outcome)} {names.get(outcome, outcome.value)}" for outcome in Outcome)


def _as_json(comparison: Comparison) -> dict[str, object]:
    def listed(what: str) -> dict[str, object]:
        differences = comparison.units if what == "units" else comparison.channels
        by_outcome: dict[str, object] = {
            outcome.value: [difference.id for difference in differences if difference.outcome is outcome]
            for outcome in Outcome
        }
        return {
            **by_outcome,
            "fields": {difference.id: difference.fields for difference in differences if difference.fields},
        }

    return {"units": listed("units"), "channels": listed("channels"), "steps": [_step(s) for s in comparison.steps]}


def _step(step: Step) -> dict[str, object]:
    return {
        "channel": step.channel,
        "before": step.before,
        "after": step.after,
        "taken": step.is_taken,
        "why_not": step.why_not,
    }


def _plain(channel: Channel) -> dict[str, object]:
    return {
        "id": channel.id,
        "kind": channel.kind,
        "name": channel.name,
        "status": channel.status,
        "source": channel.source,
        "address": channel.address,
        "hosts": channel.hosts,
        "path": channel.path,
        "licence": channel.licence,
        "account": asdict(account) if (account := account_of(channel)) else None,
    }


def _move(
    channel: str, move: WhitelistMove, *, why: str, who: str, licence: str | None = None, path: str | None = None
) -> None:
    database, wanted = open_records(load_settings()), ChannelId(channel)
    with _refusals():
        change = whitelist.step(
            database, wanted, move, who=operator(who), why=why, now=now(), licence=licence, path=path
        )
    click.echo(f"{change.channel}: {change.before} → {change.after}")
