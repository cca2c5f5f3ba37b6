"""indexer.service: the deployment's whitelist is imported once, without a process of its own."""

from pathlib import Path

from config.command.service import Stage, Start
from config.settings import Settings
from indexer.service import WHITELIST


def test_the_whitelist_of_the_settings_is_imported_once_before_the_site_starts() -> None:
    start = Start(settings=Settings(units_file=Path("lists/mine.yaml")), options={})
    first = WHITELIST.first_run(start)

    assert (list(WHITELIST.command(start)), WHITELIST.stage) == ([], Stage.BEFORE_THE_SITE)
    assert (list(first.words), first.mark) == (["units", "import", "lists/mine.yaml", "--yes"], "whitelist-imported")
