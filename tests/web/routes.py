"""Every route of the site with what each role gets there: one row a route, and a test fails for a route without one.

In paths and forms `{…}` stands for an object of the world that `test_routes.world` makes: `{pending}` and `{public}`
are items of unit-a, `{approval}` is the decision that made the latter public, `{batch}` a batch of one rejection,
`{report}` what a reader reported, `{channel}` the unit's channel, `{other_session}` a session of another person.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from indexer.accounts import Role

SIGN_IN, REFUSED, MISSING, WRONG, OK, DONE, STALE, SEE_OTHER = 302, 403, 404, 400, 200, 302, 409, 303
WHO = ("stranger", "unit", "other unit", "editor", "admin")
ROLES: Mapping[str, Role] = {"unit": Role.UNIT, "other unit": Role.UNIT, "editor": Role.EDITOR, "admin": Role.ADMIN}


@dataclass(frozen=True, kw_only=True)
class Row:
    """What a request gets, by role in the order of WHO. rule: as the route is declared, where `path` fills it."""

    rule: str
    statuses: tuple[int, ...]
    path: str = ""

    @property
    def address(self) -> str:
        """The address that is asked for."""
        return self.path or self.rule


@dataclass(frozen=True, kw_only=True)
class Post(Row):
    """A form. stale: the same form sent again by an editor after a colleague's decision, and its status.

    foreign: the address of the same thing where it is another's, and its status for a unit.
    """

    form: Mapping[str, str] = field(default_factory=dict)
    stale: int | None = None
    foreign: tuple[str, int] | None = None


EVERYONE, PERSONS = (OK,) * 5, (SIGN_IN, OK, OK, OK, OK)
EDITORS, UNITS = (SIGN_IN, REFUSED, REFUSED, OK, OK), (SIGN_IN, OK, OK, REFUSED, REFUSED)
EDITORS_DO, PERSONS_DO = (SIGN_IN, REFUSED, REFUSED, DONE, DONE), (SIGN_IN, DONE, DONE, DONE, DONE)
DECIDE = {"state": "pending", "version": "1", "move": "approve", "reason": "", "words": "示例理由"}

GETS = (
    Row(rule="/", statuses=EVERYONE),
    Row(rule="/search", statuses=EVERYONE),
    Row(rule="/units", statuses=EVERYONE),
    Row(rule="/units/<unit>", path="/units/unit-a", statuses=EVERYONE),
    Row(rule="/items/<item>", path="/items/{public}", statuses=EVERYONE),
    Row(rule="/items/<item>", path="/items/{pending}", statuses=(MISSING,) * 5),
    Row(rule="/items/<item>/report", path="/items/{public}/report", statuses=EVERYONE),
    Row(rule="/items/<item>/report", path="/items/{pending}/report", statuses=(MISSING,) * 5),
    Row(rule="/reports", statuses=EVERYONE),
    Row(rule="/whitelist", statuses=EVERYONE),
    Row(rule="/feed.atom", statuses=EVERYONE),
    Row(rule="/healthz", statuses=EVERYONE),
    Row(rule="/robots.txt", statuses=EVERYONE),
    Row(rule="/static/<path:filename>", path="/static/site.css", statuses=EVERYONE),
    Row(rule="/api/items", statuses=EVERYONE),
    Row(rule="/api/items/<item>", path="/api/items/{public}", statuses=EVERYONE),
    Row(rule="/api/items/<item>", path="/api/items/{pending}", statuses=(MISSING,) * 5),
    Row(rule="/sign-in", statuses=(OK, DONE, DONE, DONE, DONE)),
    Row(rule="/account/", statuses=PERSONS),
    Row(rule="/unit/", statuses=UNITS),
    Row(rule="/review/", statuses=EDITORS),
    Row(rule="/review/items/<item>", path="/review/items/{pending}", statuses=EDITORS),
    Row(rule="/review/log", statuses=EDITORS),
    Row(rule="/review/refused", statuses=EDITORS),
    Row(rule="/review/whitelist", statuses=EDITORS),
    Row(rule="/review/reports", statuses=EDITORS),
)
POSTS = (
    Post(rule="/sign-in", statuses=(401, DONE, DONE, DONE, DONE), form={"name": "nobody", "password": "nothing"}),
    Post(rule="/sign-out", statuses=(DONE,) * 5),
    Post(
        rule="/items/<item>/report",
        path="/items/{public}/report",
        statuses=(SEE_OTHER,) * 5,
        form={"kind": "mistake", "words": "第二段的年份写错了。"},
        foreign=("/items/{pending}/report", MISSING),
    ),
    Post(
        rule="/account/password",
        statuses=(SIGN_IN, WRONG, WRONG, WRONG, WRONG),
        form={"old": "not the password", "new": "another passphrase", "again": "another passphrase"},
    ),
    Post(
        rule="/account/sessions/<session>/end",
        path="/account/sessions/unknown/end",
        statuses=PERSONS_DO,
        foreign=("/account/sessions/{other_session}/end", DONE),
    ),
    Post(rule="/account/sessions/end-others", statuses=PERSONS_DO),
    Post(
        rule="/review/items/<item>/decide",
        path="/review/items/{pending}/decide",
        statuses=EDITORS_DO,
        form=DECIDE,
        stale=STALE,
        foreign=("/review/items/{pending}/decide", REFUSED),
    ),
    Post(
        rule="/review/items/<item>/undo",
        path="/review/items/{public}/undo",
        statuses=EDITORS_DO,
        form={"decision": "{approval}"},
        stale=STALE,
        foreign=("/review/items/{public}/undo", REFUSED),
    ),
    Post(
        rule="/review/batch",
        statuses=EDITORS_DO,
        form={"move": "reject", "chosen": "{pending}@1@pending", "confirmed": "1", "words": "示例理由"},
        stale=STALE,
        foreign=("/review/batch", REFUSED),
    ),
    Post(
        rule="/review/batch/undo",
        statuses=EDITORS_DO,
        form={"batch": "{batch}"},
        stale=STALE,
        foreign=("/review/batch/undo", REFUSED),
    ),
    Post(
        rule="/review/whitelist/<channel>",
        path="/review/whitelist/{channel}",
        statuses=EDITORS_DO,
        form={"status": "approved", "after": "suspended", "why": "示例理由"},
        stale=STALE,
        foreign=("/review/whitelist/{channel}", REFUSED),
    ),
    Post(
        rule="/review/whitelist/<channel>/account",
        path="/review/whitelist/{channel}/account",
        statuses=(SIGN_IN, REFUSED, REFUSED, WRONG, WRONG),
        form={"biz": "3070376195", "original_id": "", "name": "示例"},
        foreign=("/review/whitelist/{channel}/account", REFUSED),
    ),
    Post(
        rule="/review/reports/<report>",
        path="/review/reports/{report}",
        statuses=EDITORS_DO,
        form={"state": "received", "after": "seen", "answer": ""},
        stale=STALE,
        foreign=("/review/reports/{report}", REFUSED),
    ),
)
