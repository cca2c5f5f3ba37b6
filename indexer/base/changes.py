"""What is changed beside items and channels, and stays in the ledger: accounts, keys, connections, rules in force."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from indexer.base.actors import Actor, ActorKind, recorded
from indexer.base.ids import new_id


class ChangeKind(StrEnum):
    """What was changed."""

    ACCOUNT_ADDED = "account_added"
    PASSWORD_SET = "password_set"  # noqa: S105  (by an operator; who changes their own leaves no row)
    ACCOUNT_REMOVED = "account_removed"
    ACCOUNT_UNLOCKED = "account_unlocked"
    KEY_MADE = "key_made"
    KEY_REVOKED = "key_revoked"
    CHANNEL_CONNECTED = "channel_connected"
    CHANNEL_DISCONNECTED = "channel_disconnected"
    ACCOUNT_NAME_CONFIRMED = "account_name_confirmed"
    POLICY_LOADED = "policy_loaded"
    TAXONOMY_LOADED = "taxonomy_loaded"
    PIECES_JOINED = "pieces_joined"  # two items are one piece, an editor says
    PIECES_PARTED = "pieces_parted"
    TAGS_CORRECTED = "tags_corrected"
    TAGGER_TRAINED = "tagger_trained"
    TAGGER_ACTIVATED = "tagger_activated"
    RULE_SWITCHED = "rule_switched"
    RULES_REPLAYED = "rules_replayed"


OF_ACCOUNTS = (
    ChangeKind.ACCOUNT_ADDED,
    ChangeKind.PASSWORD_SET,
    ChangeKind.ACCOUNT_REMOVED,
    ChangeKind.ACCOUNT_UNLOCKED,
    ChangeKind.KEY_MADE,
    ChangeKind.KEY_REVOKED,
    ChangeKind.CHANNEL_CONNECTED,
    ChangeKind.CHANNEL_DISCONNECTED,
    ChangeKind.ACCOUNT_NAME_CONFIRMED,
)
OF_RULES = (
    ChangeKind.POLICY_LOADED,
    ChangeKind.TAXONOMY_LOADED,
    ChangeKind.RULE_SWITCHED,
    ChangeKind.RULES_REPLAYED,
)
OF_PIECES = (ChangeKind.PIECES_JOINED, ChangeKind.PIECES_PARTED)
OF_TAGS = (ChangeKind.TAGS_CORRECTED, ChangeKind.TAGGER_TRAINED, ChangeKind.TAGGER_ACTIVATED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One row of the ledger. facts: what is so now, by name.

    subject: id of an account, key, channel, item or rule, kind of a file, or number of a version of the tagger.
    """

    id: str
    kind: ChangeKind
    subject: str
    facts: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    who: str
    actor_kind: ActorKind | None
    actor_id: str | None
    at: datetime

    @property
    def actor(self) -> Actor:
        """Who made it."""
        return recorded(kind=self.actor_kind, id=self.actor_id, who=self.who)


def changed(kind: ChangeKind, subject: str, facts: Mapping[str, str], *, by: Actor, now: datetime) -> Change:
    """Return a new row of the ledger. now: aware. Pure but for its id."""
    return Change(
        id=new_id(),
        kind=kind,
        subject=subject,
        facts=facts,
        who=by.name,
        actor_kind=by.kind,
        actor_id=by.id,
        at=now,
    )
