"""api.weixin.qq.com on loopback: what an account's own calls are answered; a component's are in its own package."""

from collections.abc import Callable, Mapping
from typing import Any

from tests.simulators.speaking import NOTHING, Reply, Request, as_json
from tests.simulators.wechat import publishing
from tests.simulators.wechat.quotas import Quotas
from tests.simulators.wechat.refusals import Refusal
from tests.simulators.wechat.tokens import Tokens
from tests.simulators.world.accounts import WechatAccount
from tests.simulators.world.faults import Fault
from tests.simulators.world.world import World

STABLE, AUTHORIZER = "stable", "authorizer"  # kinds of tokens that let in to an account's calls
NEEDS_RIGHTS = 7
Call = Callable[[World, WechatAccount, Mapping[str, Any]], dict[str, Any]]
CALLS: Mapping[str, tuple[str, Call]] = {
    "/cgi-bin/freepublish/batchget": ("batchget", publishing.batchget),
    "/cgi-bin/freepublish/getarticle": ("getarticle", publishing.getarticle),
    "/cgi-bin/freepublish/get": ("get", publishing.publication),
    "/datacube/getarticletotaldetail": ("getarticletotaldetail", publishing.totals),
}
ADDRESSES = ["203.0.113.10", "203.0.113.11"]  # that callbacks come from


class WechatApi:
    """Answers requests from the world. rights: what a component was granted by an account, by appid."""

    def __init__(self, world: World, tokens: Tokens | None = None) -> None:
        self.world, self.tokens = world, tokens or Tokens(world)
        self.quotas = Quotas(world)
        self.rights: dict[str, frozenset[int]] = {}

    def answer(self, request: Request) -> Reply:
        """Return the answer of a call, an error among them."""
        try:
            return self._answer(request)
        except Refusal as refusal:
            return refusal.reply()
        except ValueError:
            return Refusal(47001).reply()

    def _answer(self, request: Request) -> Reply:
        if request.path == "/cgi-bin/stable_token":
            return self._stable_token(request)
        if request.path == "/cgi-bin/clear_quota":
            account = self._caller(request)
            self.quotas.clear(account.id)
            return as_json({"errcode": 0, "errmsg": "ok"})
        if request.path == "/cgi-bin/getcallbackip":
            self.quotas.take(self._caller(request).id, "getcallbackip")
            return as_json({"ip_list": ADDRESSES})
        if request.path not in CALLS:
            return NOTHING
        return self._call(request)

    def _call(self, request: Request) -> Reply:
        name, call = CALLS[request.path]
        account = self._caller(request)
        self.quotas.take(account.id, name)
        if self.world.faults.met(Fault.BUSY_PLATFORM, account.id):
            raise Refusal(-1)
        if self.world.faults.met(Fault.NOT_PERMITTED, account.id):
            raise Refusal(48001)
        if self.world.faults.met(Fault.CLEAR_SPENT, account.id):
            raise Refusal(48006)  # documented of clear_quota alone: here so that a caller who never clears meets it
        if request.method != "POST":
            raise Refusal(43002)
        if not request.body:
            # What stands in the address is not looked at.
            raise Refusal(40097 if len(request.query) > 1 else 44002)
        if self.world.faults.met(Fault.CALL_WRONG, account.id):
            raise Refusal(40097)
        return as_json(call(self.world, account, request.json()))

    def _stable_token(self, request: Request) -> Reply:
        asked = request.json()
        account = self.world.account(str(asked.get("appid", "")), WechatAccount)
        if account is None:
            raise Refusal(40013)
        self._check_ip(account)
        if asked.get("secret") != account.secret or self.world.faults.met(Fault.SECRET_WRONG, account.id):
            raise Refusal(40125)
        if asked.get("grant_type") != "client_credential":
            raise Refusal(40097)
        self.quotas.take(account.id, "stable_token")
        value, seconds = self.tokens.stable(account.id, is_forced=bool(asked.get("force_refresh")))
        return as_json({"access_token": value, "expires_in": seconds})

    def _caller(self, request: Request) -> WechatAccount:
        """The account that a call is made for. Raises Refusal."""
        value = request.query.get("access_token", "")
        owner = self.tokens.owner(value, STABLE, AUTHORIZER)
        account = self.world.account(owner, WechatAccount)
        if account is None:
            raise Refusal(40013)
        self._check_ip(account)
        if self.tokens.kind(value) == AUTHORIZER:
            lacks = NEEDS_RIGHTS not in self.rights.get(account.id, frozenset())
            if lacks or self.world.faults.met(Fault.NOT_GRANTED, account.id):
                raise Refusal(61007)
        return account

    def _check_ip(self, account: WechatAccount) -> None:
        ip = self.world.caller_ip
        is_out = account.allowed_ips is not None and ip not in account.allowed_ips
        if is_out or self.world.faults.met(Fault.IP_NOT_ALLOWED, account.id):
            raise Refusal(40164, ip=ip)
