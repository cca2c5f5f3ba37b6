"""Compare an index's settings with ours: any that are sent make the server read all its documents again."""

from collections.abc import Mapping
from typing import Any

UNORDERED = frozenset({"filterableAttributes", "sortableAttributes"})


def differing(held: Mapping[str, Any], wanted: Mapping[str, Any]) -> list[str]:
    """Return the names of the wanted settings that the index has otherwise."""
    return [name for name, value in wanted.items() if not _is_held(name, held.get(name), value)]


def _is_held(name: str, held: object, wanted: object) -> bool:
    if name in UNORDERED and isinstance(held, list) and isinstance(wanted, list):
        return set(held) == set(wanted)
    if isinstance(held, Mapping) and isinstance(wanted, Mapping):  # the server answers with its defaults beside
        return all(key in held and _is_held("", held[key], value) for key, value in wanted.items())
    return held == wanted
