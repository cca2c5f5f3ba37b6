"""Weibo's OAuth: a page to consent on, codes, tokens that end (open.weibo.com wiki, read 2026-11)."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from html import escape
from urllib.parse import urlencode, urlsplit

from tests.simulators.speaking import Reply, Request, as_json, document, moved, page
from tests.simulators.weibo.refusals import WeiboRefusal
from tests.simulators.world.accounts import WeiboAccount
from tests.simulators.world.faults import Fault
from tests.simulators.world.world import World

CODE_VALID = timedelta(minutes=5)
KILLING = {Fault.WEIBO_EXPIRED: 21327, Fault.WEIBO_REVOKED: 21332}


@dataclass(kw_only=True)
class Grant:
    """A token, or a code that can be exchanged for one. back: where the code was sent."""

    uid: str
    at: datetime
    ends: datetime
    back: str = ""


class WeiboOauth:
    """One app, and who let it in. valid: how long a token lasts, which differs by the level of the app."""

    def __init__(self, world: World, *, app_key: str, app_secret: str, valid: timedelta = timedelta(days=30)) -> None:
        self.world, self.app_key, self.app_secret, self.valid = world, app_key, app_secret, valid
        self.tokens: dict[str, Grant] = {}
        self._codes: dict[str, Grant] = {}

    def authorize(self, request: Request) -> Reply:
        """GET shows the page, POST is the answer of whoever owns the account."""
        asked = request.query
        if asked.get("client_id") != self.app_key:
            raise WeiboRefusal(21324)
        back = asked.get("redirect_uri", "")
        if urlsplit(back).scheme not in ("http", "https"):
            raise WeiboRefusal(21322)
        return self._answered(request, back) if request.method == "POST" else page(self._form(request))

    def access_token(self, request: Request) -> Reply:
        """A code for a token, once."""
        asked = {**request.query, **request.form}
        if (asked.get("client_id"), asked.get("client_secret")) != (self.app_key, self.app_secret):
            raise WeiboRefusal(21324)
        with self.world.lock:
            grant = self._codes.pop(asked.get("code", ""), None)
        if grant is None or grant.ends <= self.world.clock():
            raise WeiboRefusal(21325)
        if asked.get("redirect_uri") != grant.back:
            raise WeiboRefusal(21322)
        value, seconds = self.grant(grant.uid), int(self.valid.total_seconds())
        found = {"access_token": value, "remind_in": str(seconds), "expires_in": seconds, "uid": grant.uid}
        return as_json(found | {"isRealName": "true"})

    def grant(self, uid: str) -> str:
        """Let the app in to an account, as its owner does on the page, and return the token."""
        now = self.world.clock()
        value = f"2.00{secrets.token_urlsafe(20)}"
        self.tokens[value] = Grant(uid=uid, at=now, ends=now + self.valid)
        return value

    def token_info(self, request: Request) -> Reply:
        """How long a token still works."""
        grant = self.entered(request)
        left = int((grant.ends - self.world.clock()).total_seconds())
        found = {"uid": int(grant.uid), "appkey": self.app_key, "scope": "", "create_at": int(grant.at.timestamp())}
        return as_json(found | {"expire_in": left})

    def revoke(self, request: Request) -> Reply:
        """End a token."""
        self.entered(request)
        self.tokens.pop(self._value(request), None)
        return as_json({"result": "true"})

    def entered(self, request: Request) -> Grant:
        """Return whose token a call has. Raises WeiboRefusal."""
        value = self._value(request)
        if not value:
            raise WeiboRefusal(10006)
        grant = self.tokens.get(value)
        if grant is None:
            raise WeiboRefusal(21332)
        for fault, code in KILLING.items():
            switch = self.world.faults.switch(fault, grant.uid)
            if switch is not None and grant.at < switch.since:
                self.world.faults.note(switch, grant.uid)
                raise WeiboRefusal(code)
        if grant.ends <= self.world.clock():
            raise WeiboRefusal(21327)
        return grant

    def _value(self, request: Request) -> str:
        bearer = request.headers.get("authorization", "").removeprefix("OAuth2 ")
        return request.query.get("access_token") or request.form.get("access_token") or bearer

    def _answered(self, request: Request, back: str) -> Reply:
        state = {"state": request.query["state"]} if "state" in request.query else {}
        join = "&" if "?" in back else "?"
        account = self.world.account(request.form.get("account", ""), WeiboAccount)
        if request.form.get("answer") == "no" or account is None:
            refused = {"error": "access_denied", "error_code": "21330", **state}
            return moved(f"{back}{join}{urlencode(refused)}")
        now, code = self.world.clock(), secrets.token_hex(16)
        with self.world.lock:
            self._codes[code] = Grant(uid=account.id, at=now, ends=now + CODE_VALID, back=back)
        return moved(f"{back}{join}{urlencode({**state, 'code': code})}")

    def _form(self, request: Request) -> str:
        rows = "".join(
            f'<p><label><input type="radio" name="account" value="{escape(one.id)}" required>'
            f"{escape(one.name)}（uid {escape(one.id)}）</label></p>"
            for one in self.world.every(WeiboAccount)
        )
        action = escape(f"{request.path}?{urlencode(request.query)}")
        buttons = (
            '<button type="submit" name="answer" value="yes">授权</button>'
            '<button type="submit" name="answer" value="no" formnovalidate>取消</button>'
        )
        form = f'<form method="post" action="{action}">{rows}{buttons}</form>'
        return document("微博授权（模拟）", f"<h1>允许这个应用读取你的微博</h1>{form}")
