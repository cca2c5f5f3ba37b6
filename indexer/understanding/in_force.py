"""The rules in force: the policy's file and what administrators switched, read again as either changes."""

from config.policy import Policy, live, load_policy
from config.policy_file import PolicyFile
from config.settings import Settings
from indexer.records.database import Database
from indexer.understanding.switched import switched


class RulesInForce:
    """Looks whether the file or the switches changed. policy: the rules in force, None before the first look."""

    def __init__(self, settings: Settings, database: Database) -> None:
        self._file, self._database = PolicyFile(settings.policy_file), database
        self._seen: tuple[Policy, dict[str, bool]] | None = None
        self.policy: Policy | None = None

    def is_changed(self) -> bool:
        """Look; True where `policy` is another one now. Raises ConfigRefused where the first file is faulty."""
        whole = self._file.read()
        with self._database.reading() as tx:
            stand = switched(tx)
        if self._seen is not None and whole is self._seen[0] and stand == self._seen[1]:
            return False
        self._seen = (whole, stand)
        self.policy = live(whole, stand)
        return True


def rules_in_force(settings: Settings, database: Database) -> Policy:
    """Return the rules that are in force now. Raises ConfigRefused."""
    with database.reading() as tx:
        return live(load_policy(settings.policy_file), switched(tx))
