"""api.weibo.com on loopback: OAuth, a user's own timeline, one status, limits (open.weibo.com wiki, read 2026-11)."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from tests.simulators.speaking import NOTHING, Reply, Request, as_json
from tests.simulators.weibo.oauth import Grant, WeiboOauth
from tests.simulators.weibo.refusals import WeiboRefusal
from tests.simulators.weibo.statuses import status, text_of
from tests.simulators.world.accounts import WeiboAccount
from tests.simulators.world.faults import Fault
from tests.simulators.world.posts import Standing
from tests.simulators.world.world import World

A_DAY, IP_AN_HOUR = 100, 15_000
MOST, USUAL = 100, 20
Json = dict[str, Any]
Call = Callable[[Request, Grant], Json]


class WeiboApi:
    """Answers from the world."""

    def __init__(self, world: World, oauth: WeiboOauth) -> None:
        self.world, self.oauth = world, oauth
        self._oauth: Mapping[str, Callable[[Request], Reply]] = {
            "/oauth2/authorize": oauth.authorize,
            "/oauth2/access_token": oauth.access_token,
            "/oauth2/get_token_info": oauth.token_info,
            "/oauth2/revokeoauth2": oauth.revoke,
        }
        self._calls: Mapping[str, Call] = {
            "/2/statuses/user_timeline.json": self._timeline,
            "/2/statuses/show.json": self._show,
            "/2/users/show.json": self._user,
            "/2/account/get_uid.json": lambda _request, grant: {"uid": int(grant.uid)},
            "/2/account/rate_limit_status.json": self._limits,
        }

    def answer(self, request: Request) -> Reply:
        """Return the answer of a call, an error among them."""
        try:
            if (page := self._oauth.get(request.path)) is not None:
                return page(request)
            if (call := self._calls.get(request.path)) is None:
                return NOTHING
            grant = self.oauth.entered(request)
            self._count(grant, request.path)
            return as_json(call(request, grant))
        except WeiboRefusal as refusal:
            return refusal.reply(request.path)

    def _count(self, grant: Grant, path: str) -> None:
        faults = self.world.faults
        if faults.met(Fault.WEIBO_IP_LIMIT, grant.uid):
            raise WeiboRefusal(10022)
        if path.endswith("rate_limit_status.json"):
            return
        if self.world.count(grant.uid, "weibo") > A_DAY or faults.met(Fault.WEIBO_USER_LIMIT, grant.uid):
            raise WeiboRefusal(10023)

    def _timeline(self, request: Request, grant: Grant) -> Json:
        account, asked = self._own(request.query.get("uid", grant.uid), grant), request.query
        frozen = self.world.faults.met(Fault.FROZEN, account.id)
        posts = self.world.posts(account.id, until=frozen.since if frozen else None)
        posts = [post for post in posts if post.standing is Standing.STANDS]
        if self.world.faults.met(Fault.EMPTY_LIST, account.id):
            posts = []
        since, until = int(asked.get("since_id", "0")), int(asked.get("max_id", "0"))
        listed = [post for post in posts if post.number > since and (not until or post.number <= until)]
        listed.sort(key=lambda post: not post.draft.is_pinned)
        count, page = min(int(asked.get("count", str(USUAL))), MOST), int(asked.get("page", "1"))
        shown = listed[(page - 1) * count : page * count]
        return {
            "statuses": [status(account, post, self._owners()) for post in shown],
            "hasvisible": False,
            "previous_cursor": 0,
            "next_cursor": listed[page * count].number if len(listed) > page * count else 0,
            "total_number": len(posts),
        }

    def _show(self, request: Request, grant: Grant) -> Json:
        wanted = request.query.get("id", "")
        owner = self._owners().get(grant.uid)
        found = next((post for post in self.world.posts(grant.uid) if str(post.number) == wanted), None)
        if owner is None or found is None or found.standing is not Standing.STANDS:
            raise WeiboRefusal(20101)
        shown = status(owner, found, self._owners())
        is_whole = request.query.get("isGetLongText") == "1" and found.draft.is_long
        return shown | ({"longText": {"longTextContent": text_of(found)}} if is_whole else {})

    def _user(self, request: Request, grant: Grant) -> Json:
        account = self._owners().get(request.query.get("uid", grant.uid))
        if account is None:
            raise WeiboRefusal(20101)
        return {"id": int(account.id), "idstr": account.id, "screen_name": account.name, "name": account.name}

    def _limits(self, _request: Request, grant: Grant) -> Json:
        now = self.world.clock()
        left = A_DAY - self.world.calls[grant.uid, "weibo", self.world.today()]
        resets = (now + timedelta(hours=1)).replace(minute=0, second=0)
        return {
            "ip_limit": IP_AN_HOUR,
            "limit_time_unit": "HOURS",
            "remaining_ip_hits": IP_AN_HOUR,
            "remaining_user_hits": max(0, left),
            "reset_time": resets.strftime("%Y-%m-%d %H:%M:%S"),
            "reset_time_in_seconds": int((resets - now).total_seconds()),
            "user_limit": A_DAY,
            "api_rate_limits": [],
        }

    def _own(self, uid: str, grant: Grant) -> WeiboAccount:
        account = self._owners().get(uid)
        if account is None or uid != grant.uid or self.world.faults.met(Fault.WEIBO_FOREIGN, grant.uid):
            raise WeiboRefusal(21335)
        return account

    def _owners(self) -> dict[str, WeiboAccount]:
        return {account.id: account for account in self.world.every(WeiboAccount)}
