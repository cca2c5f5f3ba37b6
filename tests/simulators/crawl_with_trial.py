"""`carnival` with the trial source among the kinds: found, as every kind, by lying in a folder of sources.

Run as `python -m tests.simulators.crawl_with_trial crawl …`; the processes that read pages start from the same module.
"""

from pathlib import Path

from crawler import sources

FOLDER = Path(__file__).parent / "sources"


def add_trial_source() -> None:
    """Put the folder beside that of the sources."""
    sources.__path__.append(str(FOLDER))


if __name__ in ("__main__", "__mp_main__"):  # the latter: a process that reads pages
    add_trial_source()

if __name__ == "__main__":
    from config.command.cli import main

    main()
