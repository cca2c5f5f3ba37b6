"""The simulated Meilisearch keeps what its documents hold as they come and go: as if all were read for each search."""

import random
from collections.abc import Mapping, Sequence
from typing import Any

from tests.simulators.meili import filters
from tests.simulators.meili.documents import Documents
from tests.simulators.meili.words import Term, words

NAMES, LETTERS = ("title", "text"), "abc"
FILTERS = (
    'topic = "a"',
    'topic != "a"',
    'NOT topic IN ["a", "b"]',
    'NOT topic != "b"',
    "number >= 3",
    "NOT number < 3",
    "flag = true",
)
TERMS = [Term(("aa",), is_phrase=True, is_unwanted=False), Term(("aa", "bb"), is_phrase=True, is_unwanted=False)]


def made(chance: random.Random) -> Mapping[str, Any]:
    text = {name: " ".join(2 * chance.choice(LETTERS) for _ in range(4)) for name in NAMES}
    topics = chance.choice(("a", ["a", "b"], ["b"], [], None))
    return text | {"topic": topics, "flag": chance.random() < 0.5, "number": chance.randrange(6)}


def stands(term: Term, document: Mapping[str, Any]) -> bool:
    length = len(term.words)
    rows = [words(document[name]) for name in NAMES]
    return any(tuple(row[at : at + length]) == term.words for row in rows for at in range(len(row)))


def found(documents: Documents) -> Sequence[list[str]]:
    """What each term and each filter finds, by what is kept."""
    slots = [documents.holding(term, NAMES, ()) for term in TERMS]
    slots += [filters.among(documents, filters.conditions(one)) for one in FILTERS]
    return [sorted(one["item"] for one in documents.at(some)) for some in slots]


def read(documents: Documents) -> Sequence[list[str]]:
    """The same by reading every document."""
    each = list(documents.values())
    holding = [[one for one in each if stands(term, one)] for term in TERMS]
    holding += [[one for one in each if filters.holds(one, filters.conditions(wanted))] for wanted in FILTERS]
    return [sorted(one["item"] for one in some) for some in holding]


def test_what_is_kept_follows_what_is_put_replaced_and_taken_away() -> None:
    chance, documents = random.Random(7), Documents()  # noqa: S311  # not for secrets
    for number in range(120):
        item = f"i{chance.randrange(20)}"
        if number % 4 == 3:
            documents.pop(item, None)
        else:
            documents[item] = {"item": item, **made(chance)}

        assert found(documents) == read(documents), number


def test_documents_stand_as_they_came_in_and_one_that_is_replaced_keeps_its_place() -> None:
    documents = Documents()
    documents.update({item: {"item": item, "order": order} for item, order in (("a", 1), ("b", 3), ("c", 3))})
    documents["a"] = {"item": "a"}
    del documents["b"]
    documents["b"] = {"item": "b", "order": 3}
    places = documents.places((("order", True),))

    assert list(documents) == ["a", "c", "b"]
    assert [one["item"] for one in documents.at(sorted(documents.slots, key=places.__getitem__))] == ["c", "b", "a"]
