"""What `carnival up` does for the catalogue: the deployment's whitelist is imported once in a new data folder."""

from collections.abc import Sequence

from config.command.service import FirstRun, Service, Stage, Start

WHITELIST_DONE = "whitelist-imported"  # file in the data folder


class FirstWhitelist(Service):
    """No process: an import before the site starts."""

    def command(self, start: Start) -> Sequence[str]:
        return ()

    def first_run(self, start: Start) -> FirstRun:
        file = str(start.settings.units_file)
        return FirstRun(
            words=("units", "import", file, "--yes"),
            mark=WHITELIST_DONE,
            failed=f"the whitelist {file} was not imported",
        )


WHITELIST = FirstWhitelist("whitelist", stage=Stage.BEFORE_THE_SITE)
