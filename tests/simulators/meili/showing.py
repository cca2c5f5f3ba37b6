"""How a Meilisearch server shows what it found: fields asked for, cut, marked, and where the words stand in bytes."""

from collections.abc import Mapping, Sequence
from typing import Any

from tests.simulators.meili.answers import Json
from tests.simulators.meili.words import Term, Token, cut

BESIDE = frozenset({"attributesToHighlight", "attributesToCrop", "showMatchesPosition"})
CROP_WORDS, MARKER = 10, "…"


def shown(document: Json, query: Json, terms: Sequence[Term], kept: tuple[str, ...]) -> Json:
    """Return what a hit has of its document, with what the query asks for beside it."""
    names = query.get("attributesToRetrieve") or ["*"]
    if "*" not in names and not query.keys() & BESIDE:
        return {name: document[name] for name in names if name in document and name != "_vectors"}
    whole = {name: value for name, value in document.items() if name != "_vectors"}
    hit = whole if "*" in names else {name: whole[name] for name in names if name in whole}
    wanted = {word for term in terms for word in term.words}
    marked, cropped = query.get("attributesToHighlight", []), query.get("attributesToCrop", [])
    if marked or cropped:
        formatted = {name: _plain(value) for name, value in whole.items()}
        for name in {*marked, *cropped} & whole.keys():
            tokens: Sequence[Token] = cut(whole[name], kept)
            if name in cropped:
                tokens, before, after = _cropped(tokens, wanted, query.get("cropLength", CROP_WORDS))
                text = before + _marked(tokens, wanted if name in marked else set()) + after
            else:
                text = _marked(tokens, wanted)
            formatted[name] = text
        hit = hit | {"_formatted": formatted}
    if query.get("showMatchesPosition"):
        hit = hit | {"_matchesPosition": _positions(whole, wanted, kept)}
    return hit


def _plain(value: Any) -> Any:  # noqa: ANN401  # of foreign JSON
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


def _marked(tokens: Sequence[Token], wanted: set[str]) -> str:
    return "".join(f"<em>{one.text}</em>" if one.word in wanted else one.text for one in tokens)


def _cropped(tokens: Sequence[Token], wanted: set[str], most: int) -> tuple[Sequence[Token], str, str]:
    """So many words around the first that was found, with a mark where the text goes on."""
    numbers = [place for place, one in enumerate(tokens) if one.is_word]
    first = next((n for n, place in enumerate(numbers) if tokens[place].word in wanted), 0)
    begin = max(min(first - most // 2 + 1, len(numbers) - most), 0)
    last = numbers[min(begin + most, len(numbers)) - 1]
    start = numbers[begin] if begin else 0
    return tokens[start : last + 1], MARKER if start else "", MARKER if last < len(tokens) - 1 else ""


def _positions(whole: Mapping[str, Any], wanted: set[str], kept: tuple[str, ...]) -> Json:
    found: Json = {}
    for name in (one for one, value in whole.items() if isinstance(value, str)):
        tokens = [one for one in cut(whole[name], kept) if one.word in wanted]
        spans = [{"start": len(whole[name][: one.start].encode()), "length": len(one.text.encode())} for one in tokens]
        if spans:
            found[name] = spans
    return found
