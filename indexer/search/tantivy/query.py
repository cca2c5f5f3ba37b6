"""What a Query becomes for tantivy: terms and phrases only, so that nothing typed is ever parsed."""

import math
from collections.abc import Iterable, Sequence

import tantivy
from tantivy import Occur

from indexer.search.chinese import Asked
from indexer.search.port import Query

CHARACTER_FIELDS = ("title_chars", "text_chars", "names_chars")
# Far above what word scores (BM25, below 100) can reach: a phrase in the title comes before one in the text,
# and that before words that stand apart.
TITLE_PHRASE, TEXT_PHRASE, NAME_PHRASE = 1000.0, 200.0, 150.0
TITLE_WORD, TEXT_WORD = 3.0, 1.0
MOST = 2**62  # tantivy's integers have 64 bits
SHARE_OF_WORDS = 0.6  # of a long question, where no item holds all its words


class QueryBuilder:
    """Builds queries over one schema."""

    def __init__(self, schema: tantivy.Schema) -> None:
        self._schema = schema

    def all_words(self, asked: Asked) -> tantivy.Query:
        """Each word in a row of characters, in any field: every item that holds the typed phrase is among them."""
        return every(unscored(self._anywhere(word)) for word in asked.words)

    def most_words(self, asked: Asked) -> tantivy.Query:
        """At least 60 % of the words; of a question's words only those of two characters and more, if it has any."""
        chosen = [word for word in asked.words if len(word) > 1] or list(asked.words)
        needed = math.ceil(len(chosen) * SHARE_OF_WORDS)
        return tantivy.Query.boolean_query(
            [(Occur.Should, self._anywhere(word)) for word in chosen], minimum_number_should_match=needed
        )

    def scored(self, matching: tantivy.Query, asked: Asked) -> tantivy.Query:
        """Return the same matches with what orders them, which counting does without."""
        return tantivy.Query.boolean_query([(Occur.Must, matching), *self._scores(asked)])

    def filters(self, query: Query) -> dict[str, tantivy.Query]:
        """Return the filter of each facet that has one, by its field."""
        return {
            field: tantivy.Query.term_set_query(self._schema, field, [plain(value) for value in values])
            for field, values in query.filters.items()
        }

    def limits(self, query: Query) -> list[tantivy.Query]:
        """Return what narrows hits and facets alike: the dates."""
        found: list[tantivy.Query] = []
        if query.since or query.until:
            found.append(
                tantivy.Query.range_query(
                    self._schema,
                    "published",
                    tantivy.FieldType.Integer,
                    lower_bound=math.ceil(query.since.timestamp()) if query.since else None,
                    upper_bound=math.ceil(query.until.timestamp()) if query.until else None,
                    include_upper=query.until is None,
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
        others = tantivy.Query.term_set_query(self._schema, "key", list(stand_ins))
        return tantivy.Query.boolean_query([(Occur.Should, originals), (Occur.Should, others)])

    def _anywhere(self, word: str) -> tantivy.Query:
        return tantivy.Query.disjunction_max_query([self._row(field, word) for field in CHARACTER_FIELDS])

    def _row(self, field: str, word: str) -> tantivy.Query:
        if len(word) == 1:
            return tantivy.Query.term_query(self._schema, field, word)
        return tantivy.Query.phrase_query(self._schema, field, list(word))

    def _scores(self, asked: Asked) -> list[tuple[Occur, tantivy.Query]]:
        scored: list[tantivy.Query] = []
        weights = zip(CHARACTER_FIELDS, (TITLE_PHRASE, TEXT_PHRASE, NAME_PHRASE), strict=True)
        for field, weight in weights:
            share = weight / len(asked.phrases)
            scored += [tantivy.Query.const_score_query(self._row(field, phrase), share) for phrase in asked.phrases]
        for field, weight in (("title_words", TITLE_WORD), ("text_words", TEXT_WORD)):
            terms = [tantivy.Query.term_query(self._schema, field, word, "freq") for word in asked.words]
            scored += [tantivy.Query.boost_query(term, weight) for term in terms]
        return [(Occur.Should, query) for query in scored]


def every(queries: Iterable[tantivy.Query]) -> tantivy.Query:
    """Return what all of the queries match; all items where there is none."""
    chosen = [(Occur.Must, query) for query in queries]
    return tantivy.Query.boolean_query(chosen) if chosen else tantivy.Query.all_query()


def unscored(query: tantivy.Query) -> tantivy.Query:
    """Return the same matches with no weight in the order."""
    return tantivy.Query.const_score_query(query, 0.0)


def plain(value: str) -> str:
    """Return the value without lone surrogates, which would not reach the engine."""
    return value.encode("utf-8", "replace").decode("utf-8")
