"""Which rules were switched on or off, as the ledger says."""

from indexer.base.changes import ChangeKind
from indexer.records import ledger
from indexer.records.database import Transaction

ON, OFF = "on", "off"
STATE, REASON = "state", "reason"


def switched(tx: Transaction) -> dict[str, bool]:
    """Return id → whether a rule was switched on or off last; rules that nobody switched are left out."""
    newest = ledger.newest_of_each(tx, ChangeKind.RULE_SWITCHED)
    return {rule: change.facts[STATE] == ON for rule, change in newest.items()}
