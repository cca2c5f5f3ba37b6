"""What a unit is told where a platform does not give what it is asked for: words by case, with their facts.

The same stand in the catalogue of translations (`web/shown/platform_words.py`). What the codes mean: the pages of
developers.weixin.qq.com and open.weibo.com on global return codes, read 2026-11.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class PlatformCase(StrEnum):
    """How a platform refuses."""

    IP_NOT_ALLOWED = "ip_not_allowed"
    APPID_WRONG = "appid_wrong"
    SECRET_WRONG = "secret_wrong"  # noqa: S105 - the name of a case
    QUOTA_SPENT = "quota_spent"
    CLEAR_SPENT = "clear_spent"
    NOT_PERMITTED = "not_permitted"
    NOT_GRANTED = "not_granted"
    TOKEN_REFUSED = "token_refused"  # noqa: S105 - the name of a case
    AUTHORISATION_ENDED = "authorisation_ended"
    AUTHORISATION_WITHDRAWN = "authorisation_withdrawn"
    FOREIGN_USER = "foreign_user"
    RATE_LIMITED = "rate_limited"
    BUSY = "busy"
    CALL_WRONG = "call_wrong"
    UNKNOWN_CODE = "unknown_code"
    NO_CONNECTION = "no_connection"
    CANNOT_OPEN = "cannot_open"
    CAPTCHA = "captcha"
    STALE = "stale"
    APP_REFUSED = "app_refused"
    APP_NOT_PERMITTED = "app_not_permitted"
    UID_UNREGISTERED = "uid_unregistered"
    NO_COMPONENT = "no_component"
    NO_TICKET = "no_ticket"


C = PlatformCase
# What stands in %(…)s are facts.
PLATFORM_WORDS: Mapping[PlatformCase, str] = MappingProxyType(
    {
        C.IP_NOT_ALLOWED: "微信拒绝了采集服务器的 IP（40164）。请在公众平台“设置与开发 → 开发接口管理”"
        "把 IP %(ip)s 加入白名单，约 5 分钟后生效",
        C.APPID_WRONG: "平台不认识登记的 AppID（%(code)s）。请在“连接”页核对后重新填写",
        C.SECRET_WRONG: "平台不接受登记的 AppSecret（%(code)s）。请在公众平台重置 AppSecret，再到“连接”页填写",
        C.QUOTA_SPENT: "平台当天的 %(call)s 调用次数已用完（%(code)s）。不用处理：明天自动继续",
        C.CLEAR_SPENT: "平台本月的清零次数已用完（%(code)s）。不用处理：调用次数第二天自动恢复",
        C.NOT_PERMITTED: "这个公众号没有“发布能力”接口的权限（%(code)s）。个人号和未认证的企业号没有这项权限："
        "请完成微信认证，或改为推送文章链接",
        C.NOT_GRANTED: "授权时没有勾选所需的权限（%(code)s）。请在“连接”页重新授权，并勾选“群发与通知”和“素材管理”权限",
        C.TOKEN_REFUSED: "平台两次都不接受刚取得的凭据（%(code)s）。请在“连接”页重新连接；仍然如此请联系管理员",
        C.AUTHORISATION_ENDED: "授权已经到期或失效（%(code)s）。请在“连接”页重新授权",
        C.AUTHORISATION_WITHDRAWN: "授权已在平台上取消。如要继续采集，请在“连接”页重新授权",
        C.FOREIGN_USER: "授权的账号不是这个渠道登记的账号（%(code)s）。请用渠道登记的账号重新授权",
        C.RATE_LIMITED: "平台嫌调用太频繁（%(code)s）。不用处理：过一小时自动继续",
        C.BUSY: "平台忙（%(code)s）。不用处理：下一轮自动再试",
        C.CALL_WRONG: "平台说调用的写法不对（%(code)s）。请把这个渠道告诉管理员",
        C.UNKNOWN_CODE: "平台回答了没有见过的代码 %(code)s：%(said)s。请把这个渠道告诉管理员",
        C.NO_CONNECTION: "渠道还没有连接平台。请在“连接”页授权或填写 AppID 和 AppSecret",
        C.CANNOT_OPEN: "本机打不开保存的凭据（没有封存它的密钥）。请在“连接”页重新连接",
        C.CAPTCHA: "平台要求验证，没有给出列表。不用处理：下一轮自动再试；多次如此请改为推送文章链接",
        C.APP_REFUSED: "平台不接受本站的应用（%(code)s）：App Key、App Secret 或回调地址不对。请把这个渠道告诉管理员",
        C.APP_NOT_PERMITTED: "本站的应用没有这项接口的权限（%(code)s）。请把这个渠道告诉管理员：应用需要通过平台的审核",
        C.UID_UNREGISTERED: "授权的微博账号是“%(name)s”（uid %(uid)s），而渠道没有登记账号的数字编号，没有连接。"
        "请主办方的编辑核对：确是这个账号的，把渠道网址登记为 https://weibo.com/u/%(uid)s，再授权一次",
        C.STALE: "桥接的订阅从 %(day)s 起没有更新。请检查单位的桥接程序是否还在运行、登录是否失效",
        C.NO_COMPONENT: "本站没有配置微信第三方平台，或配置不全。请管理员核对配置，或改用 AppID 和 AppSecret 连接",
        C.NO_TICKET: "微信还没有推送第三方平台的票据（component_verify_ticket）。请管理员核对开放平台填写的"
        "授权事件接收网址；票据每 10 分钟推送一次，收到后自动继续",
    }
)
