"""The page on which an account's admin authorises a component, for a person or a browser to click through."""

from html import escape
from urllib.parse import urlencode, urlsplit

from tests.simulators.component.platform import CODE_SECONDS, ComponentApi
from tests.simulators.speaking import Reply, Request, document, moved, page
from tests.simulators.wechat.refusals import Refusal
from tests.simulators.world.accounts import WechatAccount

PATH = "/cgi-bin/componentloginpage"
ALL, LESS = "1,7,11", "1,11"


class ComponentLogin:
    """GET shows the page, POST is the admin's consent."""

    def __init__(self, component: ComponentApi) -> None:
        self.component = component

    def answer(self, request: Request) -> Reply:
        """Return the page, or send the browser back with a code."""
        if request.query.get("component_appid") != self.component.component.id:
            return page("<p>component_appid 不对</p>", status=400)
        return self._consented(request) if request.method == "POST" else page(self._form(request))

    def _consented(self, request: Request) -> Reply:
        account = self.component.world.account(request.form.get("account", ""), WechatAccount)
        back = request.query.get("redirect_uri", "")
        if account is None or urlsplit(back).scheme not in ("http", "https"):
            return page("<p>没有这个公众号，或返回的网址不对</p>", status=400)
        rights = frozenset(int(each) for each in request.form.get("rights", ALL).split(","))
        try:
            code = self.component.authorise(account, request.query.get("pre_auth_code", ""), rights)
        except Refusal as refusal:
            return page(f"<p>{escape(str(refusal))}</p>", status=400)
        more = urlencode({"auth_code": code, "expires_in": CODE_SECONDS})
        return moved(f"{back}{'&' if '?' in back else '?'}{more}")

    def _form(self, request: Request) -> str:
        accounts = self.component.world.every(WechatAccount)
        options = "".join(
            f'<p><label><input type="radio" name="account" value="{escape(one.id)}" required>'
            f"{escape(one.name)}（{escape(one.subject)}）</label></p>"
            for one in accounts
        )
        rights = (
            f'<p><select name="rights" aria-label="权限"><option value="{ALL}">全部权限</option>'
            f'<option value="{LESS}">不含权限集 7</option></select></p>'
        )
        action = escape(f"{request.path}?{urlencode(request.query)}")
        form = f'<form method="post" action="{action}">{options}{rights}<button type="submit">授权</button></form>'
        head = f"<h1>授权给“{escape(self.component.component.name)}”</h1>"
        return document("公众号授权（模拟）", head + form)
