"""How channels are, as `carnival status` says it: how many in each condition, and in words those that want somebody."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from indexer.health.conditions import Condition, Diagnosis, Grade
from indexer.health.diagnosis import worst
from indexer.health.looking import look_at
from indexer.health.words import to_do, what
from indexer.records.database import Transaction
from indexer.whitelist.records import Channel

UNSAID = frozenset({Condition.OFF, Condition.NEW})  # notes that a count says as well


def health_of(tx: Transaction, channels: Sequence[Channel], *, now: datetime) -> dict[str, Any]:
    """Return `conditions`: how many channels stand in each; `channels`: those with something to be known, and what."""
    looked = look_at(tx, channels, every=channels, now=now)
    worsts = {channel.id: worst(looked[channel.id].diagnoses) for channel in channels}
    many = Counter(one.condition for one in worsts.values())
    said = [
        _said(channel, each)
        for channel in sorted(channels, key=lambda one: (list(Condition).index(worsts[one.id].condition), one.id))
        for each in looked[channel.id].diagnoses
        if each.grade is not Grade.GOOD and each.condition not in UNSAID
    ]
    return {"conditions": {each.value: many[each] for each in Condition if many[each]}, "channels": said}


def lines_of(health: Mapping[str, Any]) -> Iterator[str]:
    """Yield the same as lines of text."""
    yield f"{'health':9}{', '.join(f'{many} {name}' for name, many in health['conditions'].items()) or 'no channel'}"
    for one in health["channels"]:
        yield f"{'':9}{one['condition']:8} {one['channel']}  {one['name']}  {one['what']}。{one['do']}"


def _said(channel: Channel, diagnosis: Diagnosis) -> dict[str, str]:
    return {
        "channel": channel.id,
        "name": channel.name,
        "unit": channel.unit,
        "condition": diagnosis.condition.value,
        "grade": diagnosis.grade.value,
        "whose": diagnosis.whose.value,
        "what": what(diagnosis),
        "do": to_do(diagnosis),
    }
