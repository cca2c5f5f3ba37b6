"""What is asked of tantivy: terms and phrases only, so that nothing typed is ever parsed."""

import math
from collections.abc import Iterable, Sequence
from typing import cast

import tantivy
from tantivy import Occur

from indexer.search.engine import Base, Needle, Part
from indexer.search.terms import covering, runs

MOST_HINTS = 20  # of a longer needle: it is rare anyway
MOST = 2**62  # tantivy's integers have 64 bits
RUNS = {1: "short", 2: "short", 3: "three"}  # each field more is a dictionary more that every commit writes
PREFIX = {Part.ANYWHERE: "", Part.TITLE: "title_", Part.NAMES: "names_"}


class QueryBuilder:
    """Builds queries over one schema."""

    def __init__(self, schema: tantivy.Schema) -> None:
        self._schema = schema

    def needle(self, needle: Needle) -> tantivy.Query:
        """Return the items in which it stands: a term up to three characters, above it a row of threes."""
        length = min(len(needle.text), max(RUNS))
        field = f"{PREFIX[needle.part]}{RUNS[length]}"
        if len(needle.text) == length:
            return tantivy.Query.term_query(self._schema, field, needle.text, "basic")
        # Where each of two words is common and the row of both is rare, the runs at their joint are: the engine begins
        # with the rarest, and compares the places of few.
        row = covering(needle.text, length)
        known = {run for _, run in row}
        hints = [run for run in dict.fromkeys(runs(needle.text, length).split()) if run not in known][:MOST_HINTS]
        must = [tantivy.Query.term_query(self._schema, field, run, "basic") for run in hints]
        phrase = tantivy.Query.phrase_query(self._schema, field, [*row])
        return tantivy.Query.boolean_query([(Occur.Must, one) for one in (phrase, *must)])

    def text(self, base: Base) -> list[tantivy.Query]:
        """Return what must hold of the text: one query, or none where any text does."""
        chosen = [(Occur.Must, self.needle(needle)) for needle in base.needles]
        apart = [(Occur.MustNot, self.needle(needle)) for needle in base.without]
        if apart and not chosen:  # what is left out is left out of something
            chosen = [(Occur.Must, everything())]
        return [tantivy.Query.boolean_query([*chosen, *apart])] if chosen else []

    def filters(self, base: Base) -> dict[str, tantivy.Query]:
        """Return the filter of each facet that has one, by its field."""
        return {
            field: tantivy.Query.term_set_query(self._schema, field, [plain(value) for value in values])
            for field, values in base.filters.items()
        }

    def limits(self, base: Base) -> list[tantivy.Query]:
        """Return what narrows lists and facets alike: the dates."""
        found: list[tantivy.Query] = []
        if base.since or base.until:
            found.append(
                tantivy.Query.range_query(
                    self._schema,
                    "published",
                    tantivy.FieldType.Integer,
                    lower_bound=math.ceil(base.since.timestamp()) if base.since else None,
                    upper_bound=math.ceil(base.until.timestamp()) if base.until else None,
                    include_upper=base.until is None,
                )
            )
        return found

    def before(self, publication: int) -> tantivy.Query:
        """Return the items of a lower publication."""
        return tantivy.Query.range_query(
            self._schema,
            "publication",
            tantivy.FieldType.Integer,
            upper_bound=min(max(publication, 0), MOST),
            include_upper=False,
        )

    def shared(self, *, is_shared: bool) -> tantivy.Query:
        """Return the items that have public copies, or those that have none."""
        return tantivy.Query.term_query(self._schema, "shared", int(is_shared))

    def one_a_cluster(self, stand_ins: Sequence[int]) -> tantivy.Query:
        """Return all originals, and of other items those that stand in for theirs; given by their keys."""
        originals = tantivy.Query.term_query(self._schema, "place", 0)
        if not stand_ins:
            return originals
        return tantivy.Query.boolean_query([(Occur.Should, originals), (Occur.Should, self.keys(stand_ins))])

    def keys(self, keys: Sequence[int]) -> tantivy.Query:
        """Return the items of these keys."""
        return tantivy.Query.term_set_query(self._schema, "key", list(keys))


def everything() -> tantivy.Query:
    """Return all items: not what is written to fill a part (filling.py), which has no key."""
    return tantivy.Query.exists_query("key")


def every(queries: Iterable[tantivy.Query]) -> tantivy.Query:
    """Return what all of the queries match; all items where there is none."""
    chosen = [(Occur.Must, query) for query in queries]
    return tantivy.Query.boolean_query(chosen) if chosen else everything()


def without(query: tantivy.Query, apart: tantivy.Query) -> tantivy.Query:
    """Return what the first matches and the second does not."""
    return tantivy.Query.boolean_query([(Occur.Must, query), (Occur.MustNot, apart)])


def unscored(query: tantivy.Query) -> tantivy.Query:
    """Return the same matches with no weight in the order."""
    return tantivy.Query.const_score_query(query, 0.0)


def count_of(searcher: tantivy.Searcher, query: tantivy.Query) -> int:
    """Return how many items the query matches."""
    result = searcher.search(query, limit=1)
    return cast("int", result.count)  # type: ignore[attr-defined]  # the package's stub lacks it


def plain(value: str) -> str:
    """Return the value without lone surrogates, which would not reach the engine."""
    return value.encode("utf-8", "replace").decode("utf-8")
