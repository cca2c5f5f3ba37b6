"""Page numbers and the links to them."""

from dataclasses import dataclass
from urllib.parse import urlencode

from flask import request

from web.app.addresses import origin
from web.app.site import site

LAST_PAGE = 500
PLACES = ("page", "seen", "after")
NUMBER_DIGITS = 15
NUMBERS = 24  # publications that tell where a page ended: a page of them and more, for all of it may be taken back


@dataclass(frozen=True, slots=True)
class Pager:
    """Page numbers count from 1; the links keep everything else that the address asks for.

    seen: the last publication when the first page was shown. Links to further pages carry it: what came out since
    moves nothing in the list. after: the publications that this page ends with, the last one first; the link to the
    next page carries them: what was taken back meanwhile moves nothing either.
    """

    page: int
    last: int
    seen: int | None = None
    after: tuple[int, ...] = ()

    def link(self, page: int) -> str:
        """Return the address of another page of the same list."""
        return f"{request.path}?{urlencode(self._args(page))}"

    def next_link(self) -> str | None:
        """Return the absolute address of the page after this one; None behind the last."""
        if self.page >= self.last:
            return None
        return f"{origin(site().settings)}{self.link(self.page + 1)}"

    def _args(self, page: int) -> list[tuple[str, str]]:
        kept = [(name, value) for name, value in request.args.items(multi=True) if name not in PLACES]
        seen = [("seen", str(self.seen))] if self.seen is not None and page > 1 else []
        is_next = bool(self.after) and page == self.page + 1
        after = [("after", ".".join(map(str, self.after)))] if is_next else []
        return [*kept, ("page", str(page)), *seen, *after]


def asked_page() -> int:
    """Return the page that the address asks for; 1 where it asks for none, or for nonsense."""
    text = request.args.get("page", "1")
    return min(max(int(text), 1), LAST_PAGE) if text.isdecimal() and len(text) < 6 else 1


def asked_number(name: str) -> int | None:
    """Return the number of a publication that the address gives; None where it gives none, or nonsense."""
    text = request.args.get(name, "")
    return int(text) if _is_number(text) else None


def asked_numbers(name: str) -> tuple[int, ...]:
    """Return the numbers of publications that the address gives, with a dot between; none where it gives nonsense."""
    texts = request.args.get(name, "").split(".")[:NUMBERS]
    return tuple(int(text) for text in texts) if all(_is_number(text) for text in texts) else ()


def _is_number(text: str) -> bool:
    return text.isdecimal() and len(text) <= NUMBER_DIGITS


def pager(total: int, *, size: int, page: int, seen: int | None = None) -> Pager:
    """Return the pager of a list of that many entries."""
    return Pager(page=page, last=last_page(total, size), seen=seen)


def last_page(total: int, size: int) -> int:
    """Return the number of the last page of a list of that many entries."""
    return min(max(-(-total // size), 1), LAST_PAGE)
