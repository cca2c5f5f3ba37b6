"""A page reads what it shows: each page and each form takes as many queries over 1,000 items as over 10."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest
from flask import Flask

from tests.benchmarks.catalogue import Plan
from tests.queries import counted
from tests.sized import enter, make
from tests.web.asked_pages import Page, gets, posts
from tests.web.routes import CALLED

FEW, MANY = Plan(items=10, paragraphs=1), Plan(items=1_000, paragraphs=1)
PAGES = [*gets(), *posts()]
# Pages that cost more today, each with its cause. An entry that is mended fails here until it is taken out.
NOT_FLAT: Mapping[str, str] = {
    "POST /review/trials/{trial}/save": "two more, never further, where a public item of the unit names its source: "
    "whether that is a channel of its own is asked again",
}


class Cost(NamedTuple):
    """The status of an answer, and the queries before it."""

    status: int
    queries: int


def listed(pages: Sequence[Page]) -> list[object]:
    return [
        pytest.param(
            page.name,
            id=page.name,
            marks=[pytest.mark.xfail(strict=True, reason=NOT_FLAT[page.name])] if page.name in NOT_FLAT else [],
        )
        for page in pages
    ]


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Cost]:
    return costs(FEW, tmp_path_factory.mktemp("few") / "data")


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Cost]:
    return costs(MANY, tmp_path_factory.mktemp("many") / "data")


def costs(plan: Plan, folder: Path) -> Mapping[str, Cost]:
    """What each page and, after them, each form costs. A page is asked for twice, for what a process keeps."""
    make(plan, folder)
    sized, found = enter(folder, plan), dict[str, Cost]()
    for page in PAGES:
        if not page.is_form:
            page.ready(sized)()
        ask = page.ready(sized)
        with counted(sized.database) as queries:
            answer = ask()
        found[page.name] = Cost(answer.status_code, len(queries))
    sized.database.close()
    return found


@pytest.mark.parametrize("page", listed(PAGES))
def test_a_page_takes_no_more_queries_over_a_larger_catalogue(
    few: Mapping[str, Cost], many: Mapping[str, Cost], page: str
) -> None:
    assert many[page] == few[page]


def test_every_page_is_shown_and_every_form_taken(many: Mapping[str, Cost]) -> None:
    """What was refused for another reason would count nothing."""
    refused = {name: cost.status for name, cost in many.items() if cost.status not in (200, 202, 302, 303)}

    assert refused == {
        "POST /sign-in": 401,  # a wrong password
        "POST /account/password": 400,
        "POST /review/tagger": 403,  # an administrator's, and none asks here
        "POST /review/whitelist/{channel}/account": 400,  # no WeChat account
        "POST /review/rules/phone-number/switch": 403,  # an administrator's; what it reads, the rule's page reads
        "POST /unit/channels/{own_channel}/connect/component": 404,  # no third-party platform
        "POST /unit/channels/{own_channel}/connect/wechat": 400,  # the channel is a site
    }


def test_every_route_is_counted(app: Flask) -> None:
    routes = {
        (method, rule.rule) for rule in app.url_map.iter_rules() for method in (rule.methods or set()) & {"GET", "POST"}
    }

    called = {(row.method, row.rule) for row in CALLED}  # what comes from a platform shows nothing
    assert routes <= called | {("POST" if page.is_form else "GET", page.row.rule) for page in PAGES}
