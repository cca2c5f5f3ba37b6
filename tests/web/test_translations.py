"""The Chinese catalogue is whole: every English msgid of code and templates has its words."""

from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

import web
from indexer.items import (
    ChannelKind,
    ItemKind,
    MediaKind,
    Move,
    RefusalReason,
    Severity,
    State,
    WhitelistStatus,
)
from indexer.reports import ReportProblem
from indexer.review.states import MoveProblem
from indexer.tickets import ReportKind, ReportState
from web.labels import LABELS, MOVE_PROBLEMS, REPORT_PROBLEMS, STATUSES

WEB = Path(web.__file__).parent
CATALOGUE = WEB / "translations" / "zh_Hans_CN" / "LC_MESSAGES" / "messages.po"
METHODS = [("**.py", "python"), ("**/templates/**", "jinja2")]
KEYWORDS = {"_": None, "gettext": None, "lazy_gettext": None, "ngettext": (1, 2)}


def singular(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


@pytest.fixture(scope="module")
def translated() -> dict[str, Message]:
    with CATALOGUE.open("rb") as file:
        return {singular(message): message for message in read_po(file) if message.id}


@pytest.fixture(scope="module")
def used() -> set[str]:
    found = extract_from_dir(WEB, method_map=METHODS, keywords=KEYWORDS)
    return {message if isinstance(message, str) else message[0] for _, _, message, _, _ in found}


def test_every_word_of_the_site_stands_in_chinese(used: set[str], translated: dict[str, Message]) -> None:
    assert used - set(translated) == set()


def test_no_translation_is_empty_or_doubtful(translated: dict[str, Message]) -> None:
    assert [key for key, message in translated.items() if message.fuzzy or not "".join(message.string or "")] == []


def test_no_translation_lost_a_placeholder(translated: dict[str, Message]) -> None:
    assert [key for key, message in translated.items() if list(message.check()) != []] == []


def test_no_translation_is_left_over(used: set[str], translated: dict[str, Message]) -> None:
    assert set(translated) - used == set()


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({*State, *Move, *ItemKind, *ChannelKind, *MediaKind, *Severity, *RefusalReason}, LABELS),
        (set(WhitelistStatus), STATUSES),
        (set(MoveProblem), MOVE_PROBLEMS),
        ({*ReportKind, *ReportState}, LABELS),
        (set(ReportProblem), REPORT_PROBLEMS),
    ],
)
def test_every_value_that_people_see_has_a_word(values: set[str], words: dict[str, object]) -> None:
    assert values - set(words) == set()
