"""`carnival policy`: try the rules before they go live."""

import json
from dataclasses import asdict
from pathlib import Path

import click

from config.policy import load_policy
from config.settings import load_settings
from indexer.understanding.by_examples import opened_meaning
from indexer.understanding.policies.examples import Tried, passages_tried, try_examples, without_examples
from indexer.understanding.replaying.commands import backtest_command, switch_command

REFUSED = 1


@click.group("policy")
def policy_group() -> None:
    """The rules that make findings."""


@policy_group.command("test")
@click.option(
    "--file",
    "path",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Another file than the deployment's, one that is not live yet say.",
)
@click.option("--json", "as_json", is_flag=True, help="The result as JSON.")
@click.pass_context
def test_command(context: click.Context, *, path: Path | None, as_json: bool) -> None:
    """Try every example of every rule: it should find those of `finds` and leave those of `passes`.

    A faulty file is refused with its lines. Ends with 1 where an example is not met; rules that lack examples are
    named.
    """
    settings = load_settings()
    policy = load_policy(path or settings.policy_file)
    meaning = opened_meaning(policy, settings, also=passages_tried(policy))
    tried, bare = list(try_examples(policy, meaning)), without_examples(policy)
    wrong = [one for one in tried if not one.is_right]
    if as_json:
        said = {"rules": len(policy.rules), "examples": len(tried), "wrong": [asdict(one) for one in wrong]}
        click.echo(json.dumps({**said, "without_examples": bare}, ensure_ascii=False))
    else:
        for line in (*map(_line, wrong), *(f"{rule}: has no examples of both kinds" for rule in bare)):
            click.echo(line)
        click.echo(f"{len(policy.rules)} rules, {len(tried)} examples, {len(wrong)} not met")
    context.exit(REFUSED if wrong else 0)


def _line(one: Tried) -> str:
    if one.should_find:
        return f"{one.rule}: should find something in: {one.text}"
    return f"{one.rule}: should leave: {one.text} (found: {one.excerpt})"


policy_group.add_command(backtest_command)
policy_group.add_command(switch_command)
