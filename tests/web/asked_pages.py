"""The pages and forms whose queries are counted: the rows of `routes`, and addresses that make a page work harder."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from werkzeug.test import TestResponse

from tests.programs import written
from tests.sized import BIG_UNIT, EDITOR, STRANGER, UNIT, Sized
from tests.web.routes import GETS, OK, POSTS, REFUSED, SEE_OTHER, SIGN_IN, SIGNED, WHO, Post, Row, Signed

WORDS = quote("月球车")
# Beside the plain address of each route, what makes a page work harder.
MORE: Sequence[tuple[str, str]] = (
    (STRANGER, f"/search?q={WORDS}"),
    (STRANGER, "/search?kind=article&kind=video"),
    (STRANGER, f"/search?q={quote('查无此事的一句话')}"),
    (STRANGER, f"/search?q={quote('yueqiuche')}"),
    (STRANGER, f"/suggest?q={WORDS}"),
    (STRANGER, "/items/{copy}"),
    (STRANGER, "/items/{changed}"),
    (STRANGER, f"/whitelist?name={quote('示例')}"),
    (STRANGER, "/reports?ticket={ticket}"),
    (STRANGER, f"/feed.atom?q={WORDS}"),
    (STRANGER, "/feed.atom?unit=unit-0&topic=it"),
    (STRANGER, f"/api/items?q={WORDS}"),
    (EDITOR, "/review/?state=approved"),
    (EDITOR, "/review/?unit=unit-0"),
    (EDITOR, "/review/?topic=it"),
    (EDITOR, "/review/?severity=high"),
    (EDITOR, "/review/?order=findings"),
    (EDITOR, "/review/?unit=unit-0&order=findings"),
    (EDITOR, "/review/items/{changed}"),
    (EDITOR, "/review/items/{pending}?topic=it"),
    (EDITOR, "/review/items/{pending}?severity=high&order=findings"),
    (EDITOR, "/review/items/{copy}"),
    (EDITOR, "/review/reports?state=resolved"),
    (EDITOR, "/review/channels?condition=new&status=approved"),
    (EDITOR, f"/review/channels?name={quote('示例')}"),
)
ALONE = ("/sign-in", "/sign-out")  # what would end the session of whoever asks
ROLES = (STRANGER, EDITOR, UNIT)  # who asks for a route: the first of them that is let in


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """An address and who asks for it; form: of what is sent, None where the page is only looked at."""

    who: str
    row: Row
    address: str

    @property
    def name(self) -> str:
        """How a table and a list of known misses call it."""
        return f"{'POST' if self.is_form else 'GET'} {self.address}"

    @property
    def is_form(self) -> bool:
        """Whether it is sent, not only looked at."""
        return isinstance(self.row, Post) or (isinstance(self.row, Signed) and self.row.method == "POST")

    def ready(self, sized: Sized) -> Callable[[], TestResponse]:
        """Return what asks for it or sends it; a pending item is chosen before."""
        browser, address = sized.browsers[self.who], sized.filled(self.address)
        if isinstance(self.row, Signed):
            method, fields = self.row.method, {name: sized.filled(value) for name, value in self.row.body.items()}
            body = written(**fields) if fields else b""
            heads = sized.program.heads(address, body, method=method)
            return lambda: browser.open(address, method=method, data=body, headers=heads)
        if not isinstance(self.row, Post):
            return lambda: browser.get(address, buffered=True)
        form = self.row.data(sized.filled)
        return lambda: browser.post(address, data=form)


def gets() -> Iterator[Page]:
    """Yield the pages."""
    for row in GETS:
        if who := next((who for who in ROLES if row.statuses[WHO.index(who)] in (OK, SEE_OTHER)), None):
            yield Page(who=who, row=row, address=row.address.replace("unit-a", BIG_UNIT))
    yield from (Page(who=STRANGER, row=row, address=row.address) for row in SIGNED if row.method == "GET")
    for who, address in MORE:
        yield Page(who=who, row=Row(rule=address, statuses=()), address=address)


def posts() -> Iterator[Page]:
    """Yield the forms, each as the table fills it; a sign-in with a wrong password among them.

    What programs sign comes first: a form below suspends the channel that they push to.
    """
    yield from (Page(who=STRANGER, row=row, address=row.address) for row in SIGNED if row.method == "POST")
    for row in POSTS:
        is_open = row.rule in ALONE or row.statuses[0] != SIGN_IN
        who = STRANGER if is_open else UNIT if row.statuses[WHO.index(EDITOR)] == REFUSED else EDITOR
        yield Page(who=who, row=row, address=row.address)
