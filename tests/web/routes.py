"""Every route of the site with what each role gets there: one row a route, and a test fails for a route without one.

In paths and forms `{…}` stands for an object of the world that `test_routes.world` makes: `{pending}` and `{public}`
are items of unit-a, `{approval}` is the decision that made the latter public, `{batch}` a batch of one rejection,
`{trial}` a site that was tried for `{unit}`, `{report}` what a reader reported, `{channel}` the unit's channel,
`{other_session}` a session of another person. `{own}` is a public item of the unit whose person asks, `{withdrawn}` one
that they took down by `{withdrawal}`, `{key}` a key of theirs, `{push}` what they pushed last.
`{picture}` is a copy of the picture of a public item.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from io import BytesIO

from indexer.people.rights import GRANTS, Right, Role

SIGN_IN, REFUSED, MISSING, WRONG, OK, DONE, STALE, SEE_OTHER = 302, 403, 404, 400, 200, 302, 409, 303
UNSIGNED = 401
# Each role, and where it is of a unit somebody of another unit beside it.
ROLES: Mapping[str, Role] = {
    name: role for role in Role for name in (role.value, f"other {role}")[: 2 if GRANTS[role].of_unit else 1]
}
WHO = ("stranger", *ROLES)


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

    foreign: the address of the same thing where it is another's, and its status for a unit. file: in the field `page`.
    """

    form: Mapping[str, str] = field(default_factory=dict)
    file: bytes = b""
    stale: int | None = None
    foreign: tuple[str, int] | None = None

    def untaken(self, who: str) -> int:
        """Return the status of a body that is no form: a file is not even read of who may send none."""
        status = self.statuses[WHO.index(who)]
        return status if self.file and status in (SIGN_IN, REFUSED) else WRONG

    def data(self, fill: Callable[[str], str]) -> dict[str, object]:
        """Return what is sent, each value filled in."""
        sent: dict[str, object] = {name: fill(value) for name, value in self.form.items()}
        return sent | ({"page": (BytesIO(self.file), "page.html")} if self.file else {})


@dataclass(frozen=True, kw_only=True)
class Signed(Row):
    """What a program of a unit asks for, signed; who is signed in counts nothing. body: JSON, filled as forms are."""

    method: str
    body: Mapping[str, str] = field(default_factory=dict)


def by_right(right: Right, status: int) -> tuple[int, ...]:
    """What each of WHO gets where a page needs this right, and answers with this status whoever has it."""
    return (SIGN_IN, *(status if right in GRANTS[role].rights else REFUSED for role in ROLES.values()))


def for_all(status: int, *, stranger: int | None = None) -> tuple[int, ...]:
    """What each of WHO gets where all persons get the same, and a stranger perhaps something else."""
    return (stranger or status, *(status for _ in ROLES))


def foreign(statuses: tuple[int, ...]) -> tuple[int, ...]:
    """The same, but that nothing is there for somebody of another unit."""
    return tuple(MISSING if who.startswith("other ") else status for who, status in zip(WHO, statuses, strict=True))


@dataclass(frozen=True, kw_only=True)
class Called(Row):
    """What a platform asks for, signed by it; who is signed in counts nothing."""

    method: str


EVERYONE, PERSONS = for_all(OK), by_right(Right.OWN_ACCOUNT, OK)
EDITORS, UNITS = by_right(Right.REVIEW, OK), by_right(Right.UNIT_DESK, OK)
EDITORS_DO, PERSONS_DO = by_right(Right.REVIEW, DONE), by_right(Right.OWN_ACCOUNT, DONE)
UNITS_DO = foreign(by_right(Right.UNIT_DESK, DONE))
DECIDE = {"state": "pending", "version": "1", "move": "approve", "reason": "", "words": "示例理由"}

GETS = (
    Row(rule="/", statuses=EVERYONE),
    Row(rule="/search", statuses=EVERYONE),
    Row(rule="/suggest", statuses=EVERYONE),
    Row(rule="/units", statuses=EVERYONE),
    Row(rule="/units/<unit>", path="/units/unit-a", statuses=EVERYONE),
    Row(rule="/items/<item>", path="/items/{public}", statuses=EVERYONE),
    Row(rule="/items/<item>", path="/items/{pending}", statuses=for_all(MISSING)),
    Row(rule="/items/<item>/report", path="/items/{public}/report", statuses=EVERYONE),
    Row(rule="/media/<name>", path="/media/{picture}", statuses=EVERYONE),
    Row(rule="/items/<item>/report", path="/items/{pending}/report", statuses=for_all(MISSING)),
    Row(rule="/reports", statuses=EVERYONE),
    Row(rule="/whitelist", statuses=EVERYONE),
    Row(rule="/feed.atom", statuses=EVERYONE),
    Row(rule="/healthz", statuses=EVERYONE),
    Row(rule="/robots.txt", statuses=EVERYONE),
    Row(rule="/static/<path:filename>", path="/static/site.css", statuses=EVERYONE),
    Row(rule="/api/items", statuses=EVERYONE),
    Row(rule="/api/items/<item>", path="/api/items/{public}", statuses=EVERYONE),
    Row(rule="/api/items/<item>", path="/api/items/{pending}", statuses=for_all(MISSING)),
    Row(rule="/sign-in", statuses=for_all(DONE, stranger=OK)),
    Row(rule="/account/", statuses=PERSONS),
    Row(rule="/unit/", statuses=UNITS),
    Row(rule="/unit/keys", statuses=UNITS),
    Row(
        rule="/unit/connect/component/return",
        statuses=tuple(SEE_OTHER if one == OK else one for one in by_right(Right.CONNECT, OK)),
    ),
    Row(
        rule="/unit/channels/<channel>/connect/weibo",
        path="/unit/channels/{own_channel}/connect/weibo",
        statuses=foreign(by_right(Right.CONNECT, SEE_OTHER)),
    ),
    Row(
        rule="/unit/channels/<channel>/connect",
        path="/unit/channels/{own_channel}/connect",
        statuses=foreign(by_right(Right.CONNECT, OK)),
    ),
    Row(rule="/unit/connect/weibo/return", statuses=by_right(Right.CONNECT, SEE_OTHER)),
    Row(rule="/review/", statuses=EDITORS),
    Row(rule="/review/items/<item>", path="/review/items/{pending}", statuses=EDITORS),
    Row(rule="/review/log", statuses=EDITORS),
    Row(rule="/review/alarms", statuses=EDITORS),
    Row(rule="/review/rules", statuses=EDITORS),
    Row(rule="/review/rules/<rule>", path="/review/rules/phone-number", statuses=EDITORS),
    Row(rule="/review/channels", statuses=EDITORS),
    Row(rule="/review/tagger", statuses=EDITORS),
    Row(rule="/review/channels/<channel>", path="/review/channels/{channel}", statuses=EDITORS),
    Row(rule="/review/channels/<channel>", path="/review/channels/unknown", statuses=by_right(Right.REVIEW, MISSING)),
    Row(rule="/review/refused", statuses=EDITORS),
    Row(rule="/review/whitelist", statuses=by_right(Right.WHITELIST, OK)),
    Row(rule="/review/trials", statuses=by_right(Right.WHITELIST, OK)),
    Row(rule="/review/trials/<trial>", path="/review/trials/{trial}", statuses=by_right(Right.WHITELIST, OK)),
    Row(rule="/review/reports", statuses=by_right(Right.REPORTS, OK)),
)
POSTS = (
    Post(rule="/sign-in", statuses=for_all(DONE, stranger=401), form={"name": "nobody", "password": "nothing"}),
    Post(rule="/sign-out", statuses=for_all(DONE)),
    Post(
        rule="/items/<item>/report",
        path="/items/{public}/report",
        statuses=for_all(SEE_OTHER),
        form={"kind": "mistake", "words": "第二段的年份写错了。"},
        foreign=("/items/{pending}/report", MISSING),
    ),
    Post(
        rule="/account/password",
        statuses=by_right(Right.OWN_ACCOUNT, WRONG),
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
        rule="/review/items/<item>/piece",
        path="/review/items/{pending}/piece",
        statuses=EDITORS_DO,
        form={"other": "{public}", "ruling": "join"},
        foreign=("/review/items/{pending}/piece", REFUSED),
    ),
    Post(
        rule="/review/items/<item>/tags",
        path="/review/items/{public}/tags",
        statuses=EDITORS_DO,
        form={"version": "1", "seen": "", "tag": "topic:health"},
        foreign=("/review/items/{public}/tags", REFUSED),
    ),
    Post(rule="/review/tagger", statuses=by_right(Right.TAGGER, DONE), form={"number": "0"}),
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
        rule="/review/rules/<rule>/switch",
        path="/review/rules/phone-number/switch",
        statuses=by_right(Right.RULES, SEE_OTHER),
        form={"state": "off", "why": "示例理由"},
        foreign=("/review/rules/phone-number/switch", REFUSED),
    ),
    Post(
        rule="/review/whitelist/<channel>",
        path="/review/whitelist/{channel}",
        statuses=by_right(Right.WHITELIST, DONE),
        form={"status": "approved", "after": "suspended", "why": "示例理由"},
        stale=STALE,
        foreign=("/review/whitelist/{channel}", REFUSED),
    ),
    Post(
        rule="/review/whitelist/<channel>/account",
        path="/review/whitelist/{channel}/account",
        statuses=by_right(Right.WHITELIST, WRONG),
        form={"biz": "3070376195", "original_id": "", "name": "示例"},
        foreign=("/review/whitelist/{channel}/account", REFUSED),
    ),
    Post(
        rule="/review/whitelist/<channel>/try",
        path="/review/whitelist/{channel}/try",
        statuses=(SIGN_IN, REFUSED, REFUSED, SEE_OTHER, SEE_OTHER),
        form={"url": "http://a.example/art/1.html"},
        foreign=("/review/whitelist/{channel}/try", REFUSED),
    ),
    Post(
        rule="/review/trials",
        statuses=by_right(Right.WHITELIST, SEE_OTHER),
        form={"address": "http://new.example/news/", "unit": "{unit}"},
        foreign=("/review/trials", REFUSED),
    ),
    Post(
        rule="/review/trials/<trial>/save",
        path="/review/trials/{trial}/save",
        statuses=by_right(Right.WHITELIST, SEE_OTHER),
        form={"name": "示例馆新闻"},
        stale=STALE,
        foreign=("/review/trials/{trial}/save", REFUSED),
    ),
    Post(
        rule="/unit/push",
        statuses=(SIGN_IN, SEE_OTHER, MISSING, REFUSED, REFUSED),
        form={"channel": "{own_channel}", "url": "http://a.example/art/1.html"},
        foreign=("/unit/push", MISSING),
    ),
    Post(
        rule="/unit/push-page",
        statuses=(SIGN_IN, SEE_OTHER, MISSING, REFUSED, REFUSED),
        form={"channel": "{own_channel}", "url": "http://a.example/art/1.html"},
        file=b"<!DOCTYPE html><title>x</title>",
        foreign=("/unit/push-page", MISSING),
    ),
    Post(
        rule="/unit/channels/<channel>/connect/component",
        path="/unit/channels/{own_channel}/connect/component",
        statuses=by_right(Right.CONNECT, MISSING),  # this site has no component
    ),
    Post(
        rule="/unit/channels/<channel>/connect/wechat",
        path="/unit/channels/{own_channel}/connect/wechat",
        statuses=foreign(by_right(Right.CONNECT, WRONG)),  # the channel is a site
        form={"appid": "wx00000000000000ab", "secret": "0123456789abcdef0123456789abcdef"},
        foreign=("/unit/channels/{own_channel}/connect/wechat", MISSING),
    ),
    Post(
        rule="/unit/channels/<channel>/connect/name",
        path="/unit/channels/{own_channel}/connect/name",
        statuses=foreign(by_right(Right.CONNECT, SEE_OTHER)),
        form={"name": "示例馆"},
        foreign=("/unit/channels/{own_channel}/connect/name", MISSING),
    ),
    Post(
        rule="/unit/channels/<channel>/disconnect",
        path="/unit/channels/{own_channel}/disconnect",
        statuses=foreign(by_right(Right.CONNECT, SEE_OTHER)),
        foreign=("/unit/channels/{own_channel}/disconnect", MISSING),
    ),
    Post(rule="/unit/keys/new", statuses=by_right(Right.UNIT_DESK, OK), form={"name": "示例系统"}),
    Post(
        rule="/unit/keys/<key>/revoke",
        path="/unit/keys/{key}/revoke",
        statuses=UNITS_DO,
        foreign=("/unit/keys/{key}/revoke", MISSING),
    ),
    Post(
        rule="/review/reports/<report>",
        path="/review/reports/{report}",
        statuses=by_right(Right.REPORTS, DONE),
        form={"state": "received", "after": "seen", "answer": ""},
        stale=STALE,
        foreign=("/review/reports/{report}", REFUSED),
    ),
    # Last: what a unit takes down waits for search, and a form that tells search would pay for it.
    Post(
        rule="/unit/items/<item>/withdraw",
        path="/unit/items/{own}/withdraw",
        statuses=UNITS_DO,
        form={"state": "approved", "version": "1", "words": "示例理由"},
        foreign=("/unit/items/{own}/withdraw", MISSING),
    ),
    Post(
        rule="/unit/items/<item>/undo",
        path="/unit/items/{withdrawn}/undo",
        statuses=UNITS_DO,
        form={"decision": "{withdrawal}"},
        foreign=("/unit/items/{withdrawn}/undo", MISSING),
    ),
)
SIGNED = (
    Signed(
        rule="/api/v1/push",
        method="POST",
        statuses=for_all(UNSIGNED),
        body={"channel": "{own_channel}", "url": "http://a.example/art/1.html"},
    ),
    Signed(rule="/api/v1/push/<push>", path="/api/v1/push/{push}", method="GET", statuses=for_all(UNSIGNED)),
)
CALLED = tuple(
    Called(rule=rule, path=rule.replace("<account>", "wx-of-nobody"), method=method, statuses=for_all(MISSING))
    for rule in ("/callbacks/wechat/<account>", "/callbacks/component", "/callbacks/component/<account>")
    for method in ("GET", "POST")
)
