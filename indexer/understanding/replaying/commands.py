"""`carnival policy backtest` and `switch`: a rule over past decisions, and in force or not."""

import json
from dataclasses import asdict
from functools import partial
from pathlib import Path

import click

from config.policy import Policy, load_policy
from config.settings import load_settings
from indexer.base.times import now
from indexer.commands.opening import open_records
from indexer.commands.operators import this_operator
from indexer.understanding.by_examples import opened_meaning
from indexer.understanding.replaying.replay import DECISIONS, Replayed, replay
from indexer.understanding.switches import SwitchRefused, switch


@click.command("backtest")
@click.argument("rules", nargs=-1)
@click.option(
    "--file",
    "path",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Another file than the deployment's, one that is not live yet say.",
)
@click.option("--limit", type=click.IntRange(1, 100_000), default=DECISIONS, show_default=True, help="Decisions read.")
@click.option("--json", "as_json", is_flag=True, help="The result as JSON.")
def backtest_command(rules: tuple[str, ...], *, path: Path | None, limit: int, as_json: bool) -> None:
    """Replay RULES, or all of them, over the pieces that were decided on last; nothing is written.

    Of each rule: in how many pieces it finds something, how many of these editors kept from the public, which pieces
    flip against what was found when they were checked, and a sample to look at.
    """
    settings = load_settings()
    policy = _chosen(load_policy(path or settings.policy_file), rules)
    said = replay(open_records(settings), policy, limit=limit, meaning=opened_meaning(policy, settings))
    if as_json:
        rows = [{**asdict(one), "precision": one.precision, "recall": one.recall} for one in said]
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    for one in said:
        click.echo(line(one))
        for seen in one.sample if rules else ():
            sign = ("+" if seen.excerpt else "-") if seen.is_flip else " "
            click.echo(f"  {sign} {seen.move} {seen.item} v{seen.version} {seen.title[:40]} {seen.excerpt}".rstrip())
    click.echo(f"{len(said)} rules over {said[0].pieces if said else 0} decided pieces")


@click.command("switch")
@click.argument("rule")
@click.argument("state", type=click.Choice(["on", "off"]))
@click.option("--why", required=True, help="The reason, which the ledger keeps.")
def switch_command(rule: str, state: str, *, why: str) -> None:
    """Switch a RULE on or off for all processes; on only after its replay, which is printed and kept in the ledger."""
    settings = load_settings()
    policy, database = load_policy(settings.policy_file), open_records(settings)
    meaning_of = partial(opened_meaning, settings=settings)
    said = switch(
        database, policy, rule, on=state == "on", why=why, by=this_operator(), now=now(), meaning_of=meaning_of
    )
    if said is not None:
        click.echo(line(said))
    click.echo(f"{rule} is {state}; findings are made anew by `carnival work`")


def line(one: Replayed) -> str:
    """Return what a replay says, in one line."""
    rates = (("precision", one.precision), ("recall", one.recall))
    said = ", ".join(f"{name} {'-' if rate is None else f'{rate:.2f}'}" for name, rate in rates)
    flips = f"{one.appears} appear, {one.vanishes} vanish"
    return f"{one.rule} v{one.version}: found in {one.found}, {one.right} of them refused; {said}; {flips}"


def _chosen(policy: Policy, rules: tuple[str, ...]) -> Policy:
    unknown = set(rules) - {rule.id for rule in policy.rules}
    if unknown:
        raise SwitchRefused(f"{min(unknown)}: is no rule of the policy. Without a name all are replayed.")
    kept = tuple(rule for rule in policy.rules if not rules or rule.id in rules)
    return policy.model_copy(update={"rules": kept})
