"""Read a day whose parts stand in elements of their own: `17` above `2026-09`, `09-17` beside `2026`."""

import re
from collections.abc import Sequence

from crawler.dates.forms import CHINESE_NUMBER, arabic
from crawler.dates.names import MONTH_NUMBERS
from crawler.dates.read import read_time
from indexer.base.times import Published

MOST_PIECES, PIECE_CHARS = 6, 12  # of a box that shows a day
YEAR, MARK = r"(?P<year>20\d\d)", r"\s?[-/.年]\s?"
MONTH, DAY = r"(?P<month>0?[1-9]|1[0-2])", r"(?P<day>0?[1-9]|[12]\d|3[01])"
PARTS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{YEAR}{MARK}{MONTH}\s?月?",
        rf"{MONTH}\s?[-/.月]\s?{YEAR}\s?年?",
        rf"{MONTH}\s?[-/.月]\s?{DAY}\s?[日号]?",
        rf"{YEAR}\s?年?",
        rf"{MONTH}\s?月",
        rf"{DAY}\s?[日号]?",
    )
)
DAY_OR_MONTH = re.compile(r"\d{1,2}")
BETWEEN = re.compile(r"[-/.年月日号|·\s]*")
NUMBER_OF_PARTS = 3


def day_of_pieces(pieces: Sequence[str]) -> Published | None:
    """Return the day that a few short texts name together, each of them nothing but a part of it; else None.

    `pieces` are the texts of one box in reading order, or of boxes that follow each other.
    """
    plain = [_plain(piece) for piece in pieces]
    plain = [piece for piece in plain if not BETWEEN.fullmatch(piece)]
    if not 2 <= len(plain) <= MOST_PIECES or any(len(piece) > PIECE_CHARS for piece in plain):
        return None
    return _together([piece.strip("-/.·| ") for piece in plain])


def _together(plain: Sequence[str]) -> Published | None:
    found: dict[str, int] = {}
    bare: list[int] = []
    for piece in plain:
        if DAY_OR_MONTH.fullmatch(piece):
            bare.append(int(piece))
            continue
        parts = _parts(piece)
        if parts is None or found.keys() & parts.keys():
            return None
        found |= parts
    if found.keys() >= {"year", "month"} and len(bare) == 1:
        found["day"] = bare[0]
    elif found.keys() == {"year"} and len(bare) == 2 and _is_year_at_end(plain):
        found |= {"month": bare[0], "day": bare[1]}
    elif bare:
        return None
    if len(found) != NUMBER_OF_PARTS:
        return None
    return read_time(f"{found['year']}-{found['month']:02}-{found['day']:02}", chinese=True)


def _is_year_at_end(plain: Sequence[str]) -> bool:
    """`2026` `09` `17`: year first, so the month comes before the day; behind them nobody knows."""
    return not DAY_OR_MONTH.fullmatch(plain[0])


def _parts(piece: str) -> dict[str, int] | None:
    if month := MONTH_NUMBERS.get(piece.casefold().rstrip(".")):
        return {"month": month}
    match = next((match for form in PARTS if (match := form.fullmatch(piece))), None)
    return {name: int(value) for name, value in match.groupdict().items()} if match else None


def _plain(piece: str) -> str:
    line = " ".join(piece.split())
    return CHINESE_NUMBER.sub(lambda number: arabic(number[0]), line)
