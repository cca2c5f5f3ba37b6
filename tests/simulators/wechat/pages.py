"""mp.weixin.qq.com on loopback: articles, the notices that stand in their place, and albums."""

from html import escape
from typing import Any

from tests.simulators.speaking import NOTHING, Reply, Request, as_json, page
from tests.simulators.wechat.addresses import article_url, short_id
from tests.simulators.wechat.publishing import content_of
from tests.simulators.world.accounts import WechatAccount
from tests.simulators.world.faults import Fault
from tests.simulators.world.posts import Post, Standing
from tests.simulators.world.world import World

MOST = 20
GONE = "该内容已被发布者删除"
WITHHELD = "此内容因违规无法查看"
VIOLATION = "由用户投诉并经平台审核，涉嫌违反相关法律法规和政策，查看对应规则"
CAPTCHA = "环境异常"
REFUSED = -6


class WechatPages:
    """Answers from the world."""

    def __init__(self, world: World) -> None:
        self.world = world

    def answer(self, request: Request) -> Reply:
        """Return an article, a notice or an album."""
        if request.path == "/mp/appmsgalbum":
            return self._album(request)
        if (found := self._find(request)) is None:
            return notice("参数错误") if request.path.startswith("/s") else NOTHING
        account, post = found
        if self.world.faults.met(Fault.CAPTCHA, account.id):
            return captcha()
        if post.standing is Standing.DELETED:
            return notice(GONE)
        if post.standing is Standing.WITHHELD:
            return notice(WITHHELD, VIOLATION)
        return page(article_page(account, post))

    def _find(self, request: Request) -> tuple[WechatAccount, Post] | None:
        accounts = self.world.every(WechatAccount)
        if request.path == "/s":
            biz, id = request.query.get("__biz", ""), f"{request.query.get('mid')}_{request.query.get('idx')}"
            account = next((one for one in accounts if one.biz.rstrip("=") == biz.rstrip("=")), None)
            post = self.world.post(account.id, id) if account else None
            return (account, post) if account and post else None
        wanted = request.path.removeprefix("/s/")
        every = ((account, post) for account in accounts for post in self.world.posts(account.id))
        return next(((account, post) for account, post in every if short_id(account, post) == wanted), None)

    def _album(self, request: Request) -> Reply:
        asked = request.query
        account = next((one for one in self.world.every(WechatAccount) if one.album == asked.get("album_id")), None)
        faults = self.world.faults
        if account is None or not account.album or faults.met(Fault.ALBUM_REFUSED, account.id):
            return as_json({"base_resp": {"ret": REFUSED, "err_msg": "invalid"}})
        if faults.met(Fault.CAPTCHA, account.id):
            return captcha()
        frozen = faults.met(Fault.FROZEN, account.id)
        posts = self.world.posts(account.id, until=frozen.since if frozen else None)
        begin = f"{asked.get('begin_msgid', '')}_{asked.get('begin_itemidx', '')}"
        ids = [post.id for post in posts]
        start = ids.index(begin) + 1 if begin in ids else 0
        count = min(int(asked.get("count", "10") or "10"), MOST)
        return as_json(self._listed(account, posts[start:], count))

    def _listed(self, account: WechatAccount, posts: list[Post], count: int) -> dict[str, Any]:
        rows: list[dict[str, Any]] = [_row(account, post, key) for key, post in enumerate(posts[:count], start=1)]
        listed: object = rows
        is_single = self.world.faults.met(Fault.ALBUM_SINGLE, account.id) is not None
        if rows and (is_single or len(rows) == 1):
            listed, rows = rows[0], rows[:1]  # as the platform does with one
        resp: dict[str, Any] = {
            "base_info": {"title": f"{account.name}的专辑", "nickname": account.name, "is_first_screen": "1"},
            "continue_flag": "1" if len(posts) > len(rows) else "0",
            "verify_status": "0",
        }
        return {"base_resp": {"ret": 0, "exportkey_token": ""}, "getalbum_resp": resp | {"article_list": listed}}


def article_page(account: WechatAccount, post: Post) -> str:
    """Return an article's page, as the platform writes it."""
    title, seconds = escape(post.title), int(post.at.timestamp())
    return f"""<!DOCTYPE html><html lang="zh_CN"><head><meta charset="utf-8">
<meta property="og:title" content="{title}"><meta property="og:site_name" content="微信公众平台">
<meta name="author" content="{escape(account.name)}"><title>{title}</title></head>
<body id="activity-detail" class="zh_CN wx_wap_page"><div id="js_article" class="rich_media">
<h1 class="rich_media_title" id="activity-name">{title}</h1>
<div id="meta_content" class="rich_media_meta_list"><span class="rich_media_meta rich_media_meta_nickname"
 id="profileBt"><a href="javascript:void(0);" id="js_name">{escape(account.name)}</a></span>
<em id="publish_time" class="rich_media_meta rich_media_meta_text"></em></div>
<div class="rich_media_content js_underline_content" id="js_content" style="visibility: hidden;">
{content_of(post)}</div></div>
<script type="text/javascript">
var biz = "" || "{account.biz}"; var sn = "" || ""; var mid = "{post.number}"; var idx = "" || "{post.idx}";
var user_name = "{account.original_id}"; var nickname = htmlDecode("{escape(account.name)}");
var msg_title = '{title}'.html(false); var ct = "{seconds}"; var oriCreateTime = '{seconds}';
</script></body></html>"""


def notice(words: str, why: str = "") -> Reply:
    """Return the page that stands where an article stood."""
    text = f'<div class="weui-msg__title warn">{words}</div><p class="weui-msg__desc">{why}</p>'
    head = '<meta charset="utf-8"><title></title><link rel="stylesheet" href="//res.wx.qq.com/weui.min.css">'
    body = f'<div class="weui-msg"><div class="weui-msg__text-area">{text}</div></div>'
    return page(f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>")


def captcha() -> Reply:
    """Return the page that asks whether a person reads it."""
    words = "当前环境异常，完成验证后即可继续访问。"
    script = '<script>var PAGE_MID = "mmbizwap:secitptpage/verify.html";</script>'
    head = f'<meta charset="utf-8"><title>{CAPTCHA}</title>{script}'
    said = f'<h2 class="weui-msg__title">{CAPTCHA}</h2><p>{words}</p><a id="js_verify">去验证</a>'
    body = f'<div class="weui-msg">{said}</div>'
    return page(f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>")


def _row(account: WechatAccount, post: Post, key: int) -> dict[str, Any]:
    return {
        "title": post.title,
        "msgid": str(post.number),
        "itemidx": str(post.idx),
        "create_time": str(int(post.at.timestamp())),
        "url": article_url(account, post, scheme="http") + "&chksm=cf0a#rd",
        "key": str(key),
        "is_pay_subscribe": "0",
        "item_show_type": "0",
    }
