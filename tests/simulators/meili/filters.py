"""Filters as a Meilisearch server reads them: conditions, in a list joined by and, in an inner one by or."""

import json
import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache
from typing import Any

from tests.simulators.meili.answers import Json, Refused, quoted
from tests.simulators.meili.documents import NONE, Documents, values_of

CONDITION = re.compile(r"^(NOT )?(\w+) (=|!=|>=|<=|<|>|IN) (.+)$", re.DOTALL)
VALUE = re.compile(r'"(?:[^"\\]|\\.)*"|[^\s=<>!\[\],"]+')
Filter = str | list[Any] | None


class Condition:
    """One condition of a filter."""

    def __init__(self, text: str) -> None:
        found = CONDITION.match(text)
        if found is None or (found[3] != "IN" and not VALUE.fullmatch(found[4])):
            at = len(text) if found is None else found.start(4) + 1
            words = f"Was expecting a value but instead got nothing.\n{at}:{at} {text}"
            raise Refused(400, "invalid_search_filter", words)
        self.text, self.is_not, self.name, self.sign = text, bool(found[1]), found[2], found[3]
        self.values = [_value(one) for one in VALUE.findall(found[4])]

    def holds(self, document: Json) -> bool:
        """Tell whether a document satisfies it."""
        return self._holds(document) is not self.is_not

    def _holds(self, document: Json) -> bool:
        held = document.get(self.name)
        match self.sign:
            case "=" | "IN":
                return not set(self.values).isdisjoint(values_of(held))
            case "!=":  # also what lacks the attribute
                return set(self.values).isdisjoint(values_of(held))
        if not isinstance(held, int | float):
            return False
        least = float(self.values[0])
        return {">=": held >= least, "<": held < least, "<=": held <= least, ">": held > least}[self.sign]

    def among(self, documents: Documents) -> AbstractSet[int]:
        """Return the slots of the documents that satisfy it."""
        if self.sign not in ("=", "IN", "!="):
            pairs = zip(documents.slots, documents.at(documents.slots), strict=True)
            return {slot for slot, document in pairs if self.holds(document)}
        held = documents.having(self.name, self.values)
        return held if (self.sign == "!=") is self.is_not else documents.slots - held


def conditions(filters: Filter) -> list[list[Condition]]:
    """Return the conditions, of which one of each inner list must hold."""
    outer: Sequence[Any] = [filters] if isinstance(filters, str) else filters or []
    return [[_condition(one) for one in (part if isinstance(part, list) else [part])] for part in outer]


def holds(document: Json, wanted: Sequence[Sequence[Condition]]) -> bool:
    """Tell whether a document satisfies a filter."""
    return all(any(one.holds(document) for one in part) for part in wanted)


def among(documents: Documents, wanted: Sequence[Sequence[Condition]]) -> AbstractSet[int]:
    """Return the slots of the documents that satisfy a filter."""
    found = documents.slots
    for part in wanted:
        found = found & NONE.union(*(one.among(documents) for one in part))
    return found


def check(wanted: Sequence[Sequence[Condition]], settings: Json, uid: str, *, code: str) -> None:
    """Refuse what the settings do not name as filterable."""
    known = sorted(settings["filterableAttributes"])
    listed = f"Available filterable attribute patterns are: {', '.join(map('`{}`'.format, known))}."
    for one in (condition for part in wanted for condition in part):
        if one.name not in known:
            rest = listed if known else "This index does not have configured filterable attributes."
            words = f"Index `{uid}`: Attribute `{one.name}` is not filterable. {rest}\n{_shown(one, code)}"
            raise Refused(400, code, words)


def unfilterable(name: str, settings: Json) -> Refused:
    """Return the refusal of a facet that is not filterable."""
    known = quoted(sorted(settings["filterableAttributes"]), between=", ")
    words = f"Invalid facet distribution: Pattern `{name}` is not filterable. Available filterable attributes patterns"
    return Refused(400, "invalid_search_facets", f"{words} are: {known}.")


def _shown(one: Condition, code: str) -> str:
    """Where it stands, and the condition: a search shows it as it was understood, a deletion as it was written."""
    if code == "invalid_document_filter":
        return f"1:{1 + len(one.name)} {one.text}"
    return f'2:{2 + len(one.name)} "{one.name}" {one.sign} "{one.values[0]}"'


def _value(text: str) -> str:
    return str(json.loads(text)) if text.startswith('"') else text


@lru_cache(maxsize=10_000)
def _condition(text: str) -> Condition:
    return Condition(text)
