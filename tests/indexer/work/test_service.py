"""indexer.work.service: the worker starts behind the site."""

from config.command.service import Stage, Start
from config.settings import Settings
from indexer.work.service import WORK


def test_the_worker_is_carnival_work_and_starts_behind_the_site() -> None:
    assert list(WORK.command(Start(settings=Settings(), options={}))) == ["work"]
    assert WORK.stage is Stage.BEHIND_THE_SITE
