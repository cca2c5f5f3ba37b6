"""Page numbers and the links to them."""

from dataclasses import dataclass
from urllib.parse import urlencode

from flask import request

LAST_PAGE = 500


@dataclass(frozen=True, slots=True)
class Pager:
    """Page numbers count from 1; the links keep everything else that the address asks for."""

    page: int
    last: int

    def link(self, page: int) -> str:
        """Return the address of another page of the same list."""
        kept = [(name, value) for name, value in request.args.items(multi=True) if name != "page"]
        return f"{request.path}?{urlencode([*kept, ('page', str(page))])}"


def asked_page() -> int:
    """Return the page that the address asks for; 1 where it asks for none, or for nonsense."""
    text = request.args.get("page", "1")
    return min(max(int(text), 1), LAST_PAGE) if text.isdecimal() and len(text) < 6 else 1


def pager(total: int, *, size: int, page: int) -> Pager:
    """Return the pager of a list of that many entries."""
    return Pager(page=page, last=min(max(-(-total // size), 1), LAST_PAGE))
