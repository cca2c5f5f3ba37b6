"""config.command.service: services join by entry point, start in stages, and may stand in for one another."""

from pathlib import Path

import pytest

from config.command.service import Service, Stage, Start, running, services
from config.settings import Settings


def names(folder: Path, **options: object) -> list[str]:
    start = Start(settings=Settings(data_folder=folder), options=options)
    return [service.name for service in running(start)]


def test_every_service_has_a_name_of_its_own() -> None:
    every = [service.name for service in services()]

    assert len(set(every)) == len(every)
    assert {"demo serve", "whitelist", "web", "crawl"} <= set(every)


def test_the_demo_stands_in_for_the_whitelist(tmp_path: Path) -> None:
    with_demo, without = names(tmp_path, demo=True), names(tmp_path, demo=False)

    assert ("demo serve" in with_demo, "whitelist" in with_demo) == (True, False)
    assert ("demo serve" in without, "whitelist" in without) == (False, True)


@pytest.mark.parametrize("demo", [True, False])
def test_the_site_starts_after_what_it_leans_on_and_before_the_workers(tmp_path: Path, demo: bool) -> None:
    order = names(tmp_path, demo=demo)

    assert order[0] in ("demo serve", "whitelist")
    assert order.index("web") < order.index("crawl")


def test_a_service_needs_no_more_than_a_name() -> None:
    start = Start(settings=Settings(), options={})
    plain = Service("index publish")

    assert list(plain.command(start)) == ["index", "publish"]
    assert (plain.stage, plain.runs(start), plain.address(start)) == (Stage.BEHIND_THE_SITE, True, None)
    assert (plain.first_run(start), list(plain.greeting(start)), dict(plain.prepare(start))) == (None, [], {})
