"""The Chinese catalogue is whole: every English msgid of code and templates has its words."""

from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

import web
from config.words import ChannelKind, Severity, WhitelistStatus
from indexer.base.actors import ActorKind
from indexer.base.changes import ChangeKind
from indexer.catalogue.facets import FACETS
from indexer.catalogue.items import ItemKind, MediaKind
from indexer.catalogue.pictures import PictureRefusal
from indexer.catalogue.troubles import WORDS, RefusalReason
from indexer.health.words import CONDITION_WORDS
from indexer.health.words import WORDS as HEALTH_WORDS
from indexer.people.rights import GRANTS
from indexer.reports.desk import ReportProblem
from indexer.reports.tickets import ReportKind, ReportState
from indexer.review.records import Move, State
from indexer.review.states import MoveProblem
from indexer.whitelist.states import WhitelistProblem
from web.shown.health import CONDITIONS
from web.shown.health import TOLD as HEALTH_TOLD
from web.shown.labels import LABELS, MOVE_PROBLEMS, REPORT_PROBLEMS, STATUSES, WHITELIST_PROBLEMS
from web.shown.refusals import TOLD

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
    facets = {facet.label for facet in FACETS}  # which the table of facets names
    words = {message if isinstance(message, str) else message[0] for _, _, message, _, _ in found}
    return words | facets | {grant.word for grant in GRANTS.values()}


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
        (
            {*State, *Move, *ItemKind, *ChannelKind, *MediaKind, *Severity, *RefusalReason, *ActorKind, *ChangeKind},
            LABELS,
        ),
        (set(WhitelistStatus), STATUSES),
        (set(MoveProblem), MOVE_PROBLEMS),
        (set(WhitelistProblem), WHITELIST_PROBLEMS),
        ({*ReportKind, *ReportState, *PictureRefusal}, LABELS),
        (set(ReportProblem), REPORT_PROBLEMS),
    ],
)
def test_every_value_that_people_see_has_a_word(values: set[str], words: dict[str, object]) -> None:
    assert values - set(words) == set()


def test_what_is_said_of_a_channel_is_what_commands_and_letters_say(translated: dict[str, Message]) -> None:
    chinese = {
        key: tuple(translated[words._args[0]].string if words else "" for words in both)
        for key, both in HEALTH_TOLD.items()
    }

    assert chinese == dict(HEALTH_WORDS)
    assert {key: translated[words._args[0]].string for key, words in CONDITIONS.items()} == dict(CONDITION_WORDS)


def test_every_reason_has_words_and_in_chinese_they_are_those_of_the_commands(
    translated: dict[str, Message],
) -> None:
    assert {key: translated[words._args[0]].string for key, words in TOLD.items()} == dict(WORDS)
    assert {reason for reason, _ in WORDS} == set(RefusalReason)
