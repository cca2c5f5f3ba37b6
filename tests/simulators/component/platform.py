"""A third-party platform's calls: tickets, tokens, authorisations (WeChat open platform docs, read 2026-11)."""

import secrets
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from tests.simulators.speaking import NOTHING, Reply, Request, as_json
from tests.simulators.wechat.api import AUTHORIZER, WechatApi
from tests.simulators.wechat.courier import Courier
from tests.simulators.wechat.refusals import Refusal
from tests.simulators.world.accounts import Component, WechatAccount
from tests.simulators.world.faults import Fault
from tests.simulators.world.world import World

PREFIX = "/cgi-bin/component/"
COMPONENT, PRE_AUTH, AUTH_CODE = "component", "pre-auth code", "authorisation code"
TICKET_EVERY, TICKET_VALID = timedelta(minutes=10), timedelta(hours=12)
CODE_VALID = timedelta(minutes=10)
SECONDS, CODE_SECONDS = 7200, 600
Json = dict[str, Any]


class ComponentApi:
    """Answers the calls of one component, and keeps who authorised it: appid → refresh token."""

    def __init__(self, world: World, api: WechatApi, courier: Courier, component: Component) -> None:
        self.world, self.api, self.courier, self.component = world, api, courier, world.add(component)
        courier.component = component
        self.refresh: dict[str, str] = {}
        self._tickets: dict[str, datetime] = {}
        self._next_ticket = world.clock()
        self._calls: Mapping[str, Callable[[Json], Json]] = {
            "api_create_preauthcode": self._preauthcode,
            "api_query_auth": self._query_auth,
            "api_authorizer_token": self._authorizer_token,
            "api_get_authorizer_info": self._authorizer_info,
            "api_get_authorizer_list": self._authorizer_list,
        }

    def answer(self, request: Request) -> Reply:
        """Return the answer of a call, an error among them."""
        try:
            return as_json(self._answer(request))
        except Refusal as refusal:
            return refusal.reply()
        except ValueError:
            return Refusal(47001).reply()
        except LookupError:
            return NOTHING

    def push_ticket(self, *, is_asked: bool = False) -> str | None:
        """Send a ticket where one is due or asked for, and return it."""
        now = self.world.clock()
        if now < self._next_ticket and not is_asked:
            return None
        self._next_ticket = now + TICKET_EVERY
        ticket = "ticket@@@" + secrets.token_urlsafe(60)
        self._tickets[ticket] = now + TICKET_VALID
        self.courier.tell_component("component_verify_ticket", ComponentVerifyTicket=ticket)
        return ticket

    def authorise(self, account: WechatAccount, pre_auth_code: str, func_ids: frozenset[int]) -> str:
        """Let an account authorise the component, as its admin does on the page; return the code. Raises Refusal."""
        self.api.tokens.spend(pre_auth_code, of=PRE_AUTH)
        code = self.api.tokens.make(account.id, of=AUTH_CODE, valid=CODE_VALID)
        kind = "updateauthorized" if account.id in self.refresh else "authorized"
        self.refresh[account.id] = "refreshtoken@@@" + secrets.token_urlsafe(32)
        self.api.rights[account.id] = func_ids
        self.courier.authorised.add(account.id)
        self.courier.tell_component(
            kind,
            AuthorizerAppid=account.id,
            AuthorizationCode=code.value,
            AuthorizationCodeExpiredTime=str(int(code.ends.timestamp())),
            PreAuthCode=pre_auth_code,
        )
        return code.value

    def withdraw(self, account: str) -> None:
        """Let an account take its authorisation back."""
        self.refresh.pop(account, None)
        self.api.rights.pop(account, None)
        self.courier.authorised.discard(account)
        self.api.tokens.end(account, of=AUTHORIZER)
        self.courier.tell_component("unauthorized", AuthorizerAppid=account)

    def _answer(self, request: Request) -> Json:
        name = request.path.removeprefix(PREFIX)
        asked = request.json()
        if name == "api_start_push_ticket":
            self.push_ticket(is_asked=True)
            return {"errcode": 0, "errmsg": "ok"}
        if self.world.faults.met(Fault.IP_NOT_ALLOWED, self.component.id):
            raise Refusal(61004)
        if name == "api_component_token":
            return self._component_token(asked)
        call = self._calls[name]
        value = request.query.get("component_access_token") or request.query.get("access_token", "")
        self.api.tokens.owner(value, COMPONENT)
        if asked.get("component_appid", self.component.id) != self.component.id:
            raise Refusal(40013)
        return call(asked)

    def _component_token(self, asked: Json) -> Json:
        if asked.get("component_appid") != self.component.id:
            raise Refusal(40013)
        if asked.get("component_appsecret") != self.component.secret:
            raise Refusal(40125)
        ends = self._tickets.get(str(asked.get("component_verify_ticket")))
        if ends is None:
            raise Refusal(61006)
        if ends <= self.world.clock():
            raise Refusal(61005)
        self.world.count(self.component.id, "api_component_token")
        token = self.api.tokens.make(self.component.id, of=COMPONENT)
        return {"component_access_token": token.value, "expires_in": SECONDS}

    def _preauthcode(self, _asked: Json) -> Json:
        token = self.api.tokens.make(self.component.id, of=PRE_AUTH, valid=CODE_VALID)
        return {"pre_auth_code": f"{token.value}", "expires_in": CODE_SECONDS}

    def _query_auth(self, asked: Json) -> Json:
        code = self.api.tokens.spend(str(asked.get("authorization_code")), of=AUTH_CODE)
        token = self.api.tokens.make(code.owner, of=AUTHORIZER)
        info = {
            "authorizer_appid": code.owner,
            "authorizer_access_token": token.value,
            "expires_in": SECONDS,
            "authorizer_refresh_token": self.refresh[code.owner],
        }
        return {"authorization_info": info | {"func_info": self._func_info(code.owner)}}

    def _authorizer_token(self, asked: Json) -> Json:
        appid = str(asked.get("authorizer_appid"))
        if appid not in self.refresh or self.world.faults.met(Fault.WITHDRAWN, appid):
            raise Refusal(61003)
        if asked.get("authorizer_refresh_token") != self.refresh[appid]:
            raise Refusal(61023)
        self.world.count(appid, "api_authorizer_token")
        if self.world.faults.met(Fault.REFRESH_CHANGES, appid):
            self.refresh[appid] = "refreshtoken@@@" + secrets.token_urlsafe(32)
        token = self.api.tokens.make(appid, of=AUTHORIZER)
        found = {"authorizer_access_token": token.value, "expires_in": SECONDS}
        return found | {"authorizer_refresh_token": self.refresh[appid]}

    def _authorizer_info(self, asked: Json) -> Json:
        account = self._authorised(str(asked.get("authorizer_appid")))
        info = {
            "nick_name": account.name,
            "head_img": "",
            "service_type_info": {"id": 1},
            "verify_type_info": {"id": 0},
            "user_name": account.original_id,
            "principal_name": account.subject,
            "alias": "",
            "qrcode_url": "",
        }
        rights = {"func_info": self._func_info(account.id), "authorizer_refresh_token": self.refresh[account.id]}
        return {"authorizer_info": info, "authorization_info": {"authorizer_appid": account.id, **rights}}

    def _authorizer_list(self, _asked: Json) -> Json:
        rows = [{"authorizer_appid": appid, "refresh_token": token} for appid, token in sorted(self.refresh.items())]
        return {"total_count": len(rows), "list": rows}

    def _authorised(self, appid: str) -> WechatAccount:
        account = self.world.account(appid, WechatAccount)
        if account is None or appid not in self.refresh:
            raise Refusal(61003)
        return account

    def _func_info(self, appid: str) -> list[Json]:
        return [{"funcscope_category": {"id": right}} for right in sorted(self.api.rights.get(appid, ()))]
