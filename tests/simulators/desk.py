"""The simulators' own page: publish, correct and remove posts, switch faults, say where callbacks go."""

from collections.abc import Callable, Mapping
from html import escape

from tests.simulators.running import Platforms
from tests.simulators.speaking import Reply, Request, document, moved, page
from tests.simulators.wechat.addresses import short_url
from tests.simulators.world.accounts import Account, Callback, Component, Site, WechatAccount
from tests.simulators.world.faults import EVERYBODY, Fault
from tests.simulators.world.posts import Draft, Post, Standing

SHOWN = 10
Form = Mapping[str, str]


class Desk:
    """Answers on a port of its own, for whoever runs the simulators."""

    def __init__(self, platforms: Platforms) -> None:
        self.platforms, self.world = platforms, platforms.world
        self._moves: Mapping[str, Callable[[Form], object]] = {
            "/publish": self._publish,
            "/edit": lambda form: self.world.edit(self._post(form)),
            "/delete": lambda form: self.world.take_away(self._post(form)),
            "/withhold": lambda form: self.world.take_away(self._post(form), Standing.WITHHELD),
            "/fault": self._fault,
            "/callback": self._callback,
            "/component": self._component,
            "/withdraw": self._withdraw,
        }

    def answer(self, request: Request) -> Reply:
        """GET shows the page, POST makes one move."""
        if request.method == "POST" and (move := self._moves.get(request.path)) is not None:
            try:
                move(request.form)
            except LookupError as error:
                return page(f"<p>没有 {escape(str(error))}</p>", status=400)
            return moved("/", status=303)
        return page(document("模拟的平台", self._shown())) if request.path == "/" else page("", status=404)

    def _publish(self, form: Form) -> None:
        paragraphs = tuple(line for line in form["text"].splitlines() if line.strip())
        draft = Draft(title=form["title"], paragraphs=paragraphs, is_notified="is_notified" in form)
        self.world.publish(self._account(form).id, draft)

    def _fault(self, form: Form) -> None:
        fault = next((one for one in Fault if one.name == form["fault"]), None)
        if fault is None:
            raise LookupError(form["fault"])
        switch = self.world.faults.off if form.get("move") == "off" else self.world.faults.on
        switch(fault, form.get("account") or EVERYBODY)

    def _callback(self, form: Form) -> None:
        account = self._account(form)
        if not isinstance(account, WechatAccount):
            raise LookupError(account.id)  # noqa: TRY004 - a form names an account of another kind
        account.callback = Callback(url=form["url"], token=form["token"], aes_key=form["aes_key"])

    def _component(self, form: Form) -> None:
        component = self.platforms.component
        if component is None or self.platforms.third_party is None:
            raise LookupError("component")
        component.events, component.messages = form["events"], form["messages"]
        self.platforms.third_party.push_ticket(is_asked=True)

    def _withdraw(self, form: Form) -> None:
        if self.platforms.third_party is None:
            raise LookupError("component")
        self.platforms.third_party.withdraw(self._account(form).id)

    def _account(self, form: Form) -> Account:
        return self.world.accounts[form["account"]]

    def _post(self, form: Form) -> Post:
        if (found := self.world.post(form["account"], form["post"])) is None:
            raise LookupError(form["post"])
        return found

    def _shown(self) -> str:
        accounts = [one for one in self.world.accounts.values() if not isinstance(one, Component)]
        parts = [self._account_part(one) for one in accounts if not (isinstance(one, Site) and one.of)]
        return "<h1>模拟的平台</h1>" + self._faults_part() + self._component_part() + "".join(parts)

    def _account_part(self, account: Account) -> str:
        hidden = f'<input type="hidden" name="account" value="{escape(account.id)}">'
        publish = (
            f'<form method="post" action="/publish">{hidden}<input name="title" placeholder="标题" required>'
            '<p><textarea name="text" placeholder="正文，每行一段" required></textarea></p><p><label>'
            '<input type="checkbox" name="is_notified">群发（有通知）</label> <button>发布</button></p></form>'
        )
        rows = "".join(self._post_part(account, post, hidden) for post in self.world.posts(account.id)[:SHOWN])
        callback = _callback_part(account, hidden) if isinstance(account, WechatAccount) else ""
        return f"<h2>{escape(account.name)} <code>{escape(account.id)}</code></h2>{publish}{callback}<ul>{rows}</ul>"

    def _post_part(self, account: Account, post: Post, hidden: str) -> str:
        hidden += f'<input type="hidden" name="post" value="{post.id}">'
        buttons = "".join(
            f'<form method="post" action="/{move}" style="display:inline">{hidden}<button>{words}</button></form>'
            for move, words in (("edit", "更正"), ("delete", "删除"), ("withhold", "违规下架"))
        )
        address = short_url(account, post) if isinstance(account, WechatAccount) else post.id
        return f"<li>{escape(post.title)} <code>{escape(address)}</code> {post.standing.value} {buttons}</li>"

    def _faults_part(self) -> str:
        options = "".join(f'<option value="{one.name}">{one.name} {escape(one.value)}</option>' for one in Fault)
        accounts = "".join(f'<option value="{escape(id)}">' for id in self.world.accounts)
        on = "".join(f"<li>{one.fault.name} {escape(one.account)}</li>" for one in self.world.faults.standing())
        return (
            f'<h2>故障</h2><form method="post" action="/fault"><select name="fault">{options}</select> '
            '<input name="account" list="accounts" placeholder="账号，空为全部"> '
            '<button name="move" value="on">打开</button> <button name="move" value="off">关闭</button>'
            f'<datalist id="accounts">{accounts}</datalist></form><ul>{on}</ul>'
        )

    def _component_part(self) -> str:
        if (component := self.platforms.component) is None:
            return ""
        return (
            f"<h2>{escape(component.name)} <code>{escape(component.id)}</code></h2>"
            '<form method="post" action="/component">'
            f'<p><input name="events" placeholder="授权事件接收网址" value="{escape(component.events)}" required></p>'
            f'<p><input name="messages" placeholder="消息与事件接收网址" value="{escape(component.messages)}"></p>'
            "<button>保存，并推送 ticket</button></form>"
        )


def _callback_part(account: WechatAccount, hidden: str) -> str:
    known = account.callback or Callback(url="", token="", aes_key="")
    fields = "".join(
        f'<input name="{name}" placeholder="{words}" value="{escape(value)}" required> '
        for name, words, value in (
            ("url", "服务器地址（URL）", known.url),
            ("token", "令牌（Token）", known.token),
            ("aes_key", "消息加解密密钥", known.aes_key),
        )
    )
    return (
        f'<form method="post" action="/callback">{hidden}{fields}<button>保存服务器配置</button></form>'
        f'<form method="post" action="/withdraw">{hidden}<button>取消对第三方平台的授权</button></form>'
    )
