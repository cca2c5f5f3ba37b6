"""What every view needs of the process: settings, records, index, taxonomy, policy, what explains."""

from dataclasses import dataclass, field

from flask import current_app

from config.policy import Policy
from config.policy_file import PolicyFile
from config.settings import Settings
from config.taxonomy import Taxonomy
from indexer.records.database import Database
from indexer.search.help.gathering import Gathered
from indexer.search.help.popular import Tally
from indexer.search.port import SearchReader
from indexer.understanding.learning.reasons import Reasons
from web.app.disk import DiskProbe

EXTENSION = "carnival"


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """The parts that one application serves from."""

    settings: Settings
    database: Database
    index: SearchReader
    taxonomy: Taxonomy
    policies: PolicyFile
    help: Gathered
    tally: Tally
    disk: DiskProbe = field(init=False)
    reasons: Reasons = field(init=False)

    @property
    def policy(self) -> Policy:
        """The rules of the file as it is now, drafts and those switched off among them."""
        return self.policies.read()

    def __post_init__(self) -> None:
        records = self.database.file
        folders = [self.settings.data_folder, *([records.parent] if records else [])]
        object.__setattr__(self, "disk", DiskProbe(folders))
        object.__setattr__(self, "reasons", Reasons(self.settings, self.database))


def site() -> Site:
    """Return the parts of the application that answers the present request."""
    parts: Site = current_app.extensions[EXTENSION]
    return parts
