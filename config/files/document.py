"""The parsed content of a configuration file, with the line number of each part."""

from collections.abc import Mapping
from dataclasses import dataclass

from config.errors import Problem

Spot = tuple[str | int, ...]  # ("units", 3, "channels", 0, "hosts")


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What was read, before anything is known of its shape.

    data: None, bool, int, float, str, list, dict. lines: for each spot its line, counted from 1; () is the whole.
    """

    file: str
    data: object
    lines: Mapping[Spot, int]

    def line(self, spot: Spot) -> int:
        """Return the line of that spot, or of the nearest part around it that stands in the file."""
        while spot and spot not in self.lines:
            spot = spot[:-1]
        return self.lines.get(spot, 0)

    def rows(self, key: str) -> list[Mapping[str, object]]:
        """Return the list under that key; a part that is no mapping is given as an empty one, in its place."""
        rows = self.data.get(key) if isinstance(self.data, Mapping) else None
        return [row if isinstance(row, Mapping) else {} for row in rows] if isinstance(rows, list) else []

    def problem(self, spot: Spot, *, what: str, do: str) -> Problem:
        """Return a Problem at that spot."""
        return Problem(file=self.file, line=self.line(spot), field=field_name(spot), what=what, do=do)


def field_name(spot: Spot) -> str:
    """Return the spot as people write it: `units[3].channels[0].hosts`."""
    name = ""
    for part in spot:
        name += f"[{part}]" if isinstance(part, int) else f".{part}"
    return name.removeprefix(".")
