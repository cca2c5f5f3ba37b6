"""The step that trains the tagger again after so many corrections."""

from config.settings import Settings
from indexer.base.actors import Actor, ActorKind
from indexer.base.times import now
from indexer.records.database import Database
from indexer.understanding.learning.school import open_school
from indexer.understanding.learning.training import NothingToLearn, train, waiting_corrections

LEARNER = Actor(kind=ActorKind.POLICY, id="learner", name="learner")


class Learn:
    """Trains where `tag_corrections` more corrections were made than the newest version knows.

    The model is loaded with each training and let go after it: it is rare.
    """

    name, every, batch = "learn", 10.0, 1

    def __init__(self, settings: Settings, database: Database) -> None:
        self._settings, self._database = settings, database
        self._passed = 0  # how many waited where nothing could be learned: asked again once there are more

    def waits(self) -> bool:
        wanted, waiting = self._settings.tag_corrections, waiting_corrections(self._database)
        return bool(wanted) and waiting >= wanted and waiting > self._passed

    def do(self) -> int:
        waiting = waiting_corrections(self._database)
        try:
            train(self._database, open_school(self._settings), by=LEARNER, now=now(), again=False)
        except NothingToLearn:
            self._passed = waiting
            return 0
        return 1


def make(settings: Settings, database: Database) -> Learn:
    """Return the step."""
    return Learn(settings, database)
