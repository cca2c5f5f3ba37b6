"""Switching rules on and off: a row of the ledger each, and no rule goes live without its replay."""

import hashlib
from collections.abc import Callable
from datetime import datetime

import structlog

from config.errors import UNDONE, Refused
from config.policy import AnyRule, Policy
from indexer.base.actors import Actor
from indexer.base.changes import ChangeKind, changed
from indexer.records import ledger
from indexer.records.database import Database
from indexer.records.decided import decided
from indexer.records.turns import Turn, take_turn
from indexer.review.reasons import is_reason
from indexer.understanding.policies.check import NO_MEANING, Meaning
from indexer.understanding.replaying.replay import Replayed, replay
from indexer.understanding.switched import OFF, ON, REASON, STATE, switched

FILE = "policy"  # subject of the row that says what was replayed
DIGEST_CHARS = 12

log = structlog.get_logger()

MeaningOf = Callable[[Policy], Meaning]


def _none(_: Policy) -> Meaning:
    return NO_MEANING


class SwitchRefused(Refused):
    """A rule that is not there, stands so already, or a switch without a reason."""

    exit_code = UNDONE


def switch(
    database: Database,
    policy: Policy,
    rule: str,
    *,
    on: bool,
    why: str,
    by: Actor,
    now: datetime,
    meaning_of: MeaningOf = _none,
) -> Replayed | None:
    """Switch a rule, and say so in the ledger; return what its replay said, which goes before a rule is live.

    policy: of the file, drafts included. meaning_of: what a replay of these rules needs, as of `replay`; asked for
    where there is one. None where it is switched off. Raises SwitchRefused, and what meaning_of raises.
    """
    found = [one for one in policy.rules if one.id == rule]
    if not found:
        raise SwitchRefused(f"{rule}: is no rule of the policy. `carnival policy backtest` names them.")
    if not is_reason(why):
        raise SwitchRefused(f"{rule}: is not switched without a reason. Say why.")
    alone = policy.model_copy(update={"rules": tuple(found)})
    said = replay(database, alone, meaning=meaning_of(alone))[0] if on else None
    with database.transaction() as tx:
        take_turn(tx, Turn.RULES)
        if switched(tx).get(rule, not found[0].draft) is on:
            raise SwitchRefused(f"{rule}: is {ON if on else OFF} already. Nothing was changed.")
        facts = {STATE: ON if on else OFF, "version": str(found[0].version), REASON: why.strip(), **_facts(said)}
        ledger.append(tx, changed(ChangeKind.RULE_SWITCHED, rule, facts, by=by, now=now))
    return said


def note_replay(
    database: Database, policy: Policy, *, by: Actor, now: datetime, meaning_of: MeaningOf = _none
) -> list[Replayed]:
    """Replay those of the rules that were never live in this form, and say in the ledger what came out; return it.

    policy: the rules that are about to be in force. Of records without decisions nothing is noted. meaning_of: as of
    `switch`. Raises what meaning_of raises.
    """
    forms = {rule.id: f"{rule.version}:{_digest(rule)}" for rule in policy.rules}
    with database.reading() as tx:
        last = ledger.last_of(tx, ChangeKind.RULES_REPLAYED, FILE)
        is_empty = not decided(tx, limit=1)
    known = dict(last.facts) if last else {}
    new = [rule for rule in policy.rules if known.get(rule.id, "").partition("|")[0] != forms[rule.id]]
    if is_empty or not new:
        return []
    never_live = policy.model_copy(update={"rules": tuple(new)})
    said = replay(database, never_live, meaning=meaning_of(never_live))
    counted = {one.rule: f"{forms[one.rule]}|{one.found}/{one.pieces}|+{one.appears}-{one.vanishes}" for one in said}
    facts = {rule: counted.get(rule, known.get(rule, "")) for rule in forms}
    with database.transaction() as tx:
        take_turn(tx, Turn.RULES)
        if ledger.last_of(tx, ChangeKind.RULES_REPLAYED, FILE) != last:  # another process did the same meanwhile
            return said
        ledger.append(tx, changed(ChangeKind.RULES_REPLAYED, FILE, facts, by=by, now=now))
    log.info("rules_replayed", rules=len(said), pieces=said[0].pieces, appears=sum(one.appears for one in said))
    return said


def _digest(rule: AnyRule) -> str:
    meaning = rule.model_dump_json(exclude={"basis", "finds", "passes", "draft"})
    return hashlib.sha256(meaning.encode()).hexdigest()[:DIGEST_CHARS]


def _facts(said: Replayed | None) -> dict[str, str]:
    if said is None:
        return {}
    counted = {"pieces": said.pieces, "found": said.found, "refused": said.right, "appears": said.appears}
    return {f"replay_{name}": str(count) for name, count in counted.items()}
