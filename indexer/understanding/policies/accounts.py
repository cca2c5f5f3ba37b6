"""Find mailboxes and WeChat ids of people in a text."""

import re
from collections.abc import Iterator, Sequence

from indexer.base.sought import Sought
from indexer.understanding.policies.normal import Span

VERSION = 5  # counts up with every change of what comes out, which is then done again (recipe.py)

PROVIDERS = (
    r"(?:(?:vip\.)?(?:qq|163|126|188|139|189|wo|sina|sohu|foxmail|aliyun|tom|21cn|263|yeah|gmail|hotmail|outlook|live"
    r"|msn|yahoo|icloud|me|proton|protonmail|zoho|gmx|mail|eyou|etang|citiz|88|111|wo)\.(?:com|cn|net|me|ch)(?:\.cn)?)"
)
# Domains that people use; file endings (png, mp4) and version numbers are none.
TOP = "(?:com|cn|net|org|edu|gov|me|cc|io|info|top|vip|fun|xyz|site|tech|club|online|hk|tw|mo|asia|biz|pub|co|us)"
DOT = r"(?:[.。]| ?[(\[{]?(?:dot|点)[)\]}]? ?)"
DOMAIN = rf"(?:[a-z0-9](?:[a-z0-9-]{{0,30}}[a-z0-9])?{DOT}){{1,4}}{TOP}"
AT = r" ?(?:@|[(\[{<【「] ?(?:at|@|艾特|a) ?[)\]}>】」]|艾特|圈a|ⓐ) ?"
SPOKEN_AT = r" ?(?:#|\*|&| at |\$|@@) ?"  # only before one of the providers: too common otherwise
LOCAL = r"(?<![a-z0-9._%+/@-])[a-z0-9](?:[a-z0-9._%+-]{0,62}[a-z0-9_])?"
END = r"(?![a-z0-9-])(?!\.[a-z0-9])"
SPELLED = PROVIDERS.replace(r"\.", DOT)
MAILBOXES = Sought(
    (re.compile(rf"{LOCAL}{AT}{DOMAIN}{END}"), re.compile(rf"{LOCAL}(?:{AT}|{SPOKEN_AT}){SPELLED}{END}"))
)
# With another sign for @ and any domain, where the words before or behind say that it is a mailbox.
SAID = r"(?:邮箱|信箱|邮件|投稿|e-?mail|mail|联系我?|发到|发至|寄到|寄至)"
SAID_BEFORE = re.compile(rf"{SAID}[^。;\n]{{0,8}}$")
SAID_BEHIND = re.compile(r"[^。;\n]{0,6}(?:换成|改成|改为|替换为?|代替|换为)[^。;\n]{0,2}(?:@|艾特)")
SAID_CHARS = 20
LOOSE = Sought((re.compile(rf"{LOCAL}{SPOKEN_AT}{DOMAIN}{END}"),))
NO_PERSONS = re.compile(r"(?:git|root|npm|noreply|no-reply|admin|postmaster|webmaster)\W")
HOST = re.compile(r"[a-z0-9.-]+$")

HAN = "[\u4e00-\u9fff]"
WEI, XIN = "[微薇威卫徽溦维唯魏葳崴巍蔚喂伟威玮炜苇帷惟委纬尾v]", "(?:[信芯心欣新星馨鑫辛薪忻昕沁]|xin(?![a-z]))"
SIGNS = r"(?:[^\w\n,。;]|[丨丶])"  # hearts and the like, strokes
# What says that a WeChat id follows: its name or a disguise of it.
CALLED = (
    rf"(?:(?:{WEI}|(?<![a-z])wei){SIGNS}{{0,3}}{XIN}{SIGNS}{{0,3}}号?"
    rf"|(?<![a-z0-9])(?:wechat|weixin|wei ?xin|v{SIGNS}{{0,2}}x|w{SIGNS}{{0,2}}x(?!pay|app|work|ml|ss)|v我)"
    rf"|(?:加|\+|➕|添加|十|扣){SIGNS}{{0,2}}(?!v[a-z0-9]){WEI}"
    rf"|(?<![显细轻略稍低思纤示权防保守单号]){WEI}(?=[: ]{{0,2}}:)|征信号"  # 徵信号 in simplified characters
    rf"|(?:有意者?|联系我?|咨询|[的请可]|朋友|家长|同学){WEI}(?=[a-z])|(?<!{HAN})[微薇](?=[a-z])"
    r"|(?<![a-z0-9])v\+(?=[a-z])"
    rf"|{WEI}[❤♥💗💕💖💓🧡💛💚💙💜♡]+"  # 微❤: a heart for 信
    r"|(?:个人|私人)号|绿色?(?:泡泡|软件|聊天软件)号?|卫星号"
    r"|(?:家长|老师|群主|客服|顾问|助教|联系|咨询)(?:的)?v(?=[: ])|(?<![a-z0-9])(?<!型号)v(?=:))"
)
NAMED = r"(?: ?(?:同号|同步|好友|账号|帐号|id|号))?"
WECHAT = re.compile(rf"{CALLED}{NAMED}(?:[是为]|{SIGNS}){{0,4}}(?P<id>[a-z][a-z0-9_-]{{5,19}})(?![a-z0-9_@-]|\.[a-z])")
CALLED_IDS = Sought((WECHAT,))
BEHIND = re.compile(
    r"(?<![a-z0-9._/@-])(?P<id>[a-z][a-z0-9_-]{5,19})[( ,，]{1,2}"
    rf"(?:加|添加|搜|是|为)?(?:我的?)?{WEI}{SIGNS}{{0,3}}{XIN}(?:[) ,。!;]|$)"
)
# QQ: 123456, 扣扣号123456, 企鹅号 123456; of QQ music, of a browser's version no number.
QQ = re.compile(
    r"(?:(?<![a-z0-9])q ?q|扣 ?扣|抠 ?抠|球球|企鹅|(?:加|\+)q(?![a-z])|(?<![一-龥])扣(?=[: ]{0,2}[1-9]\d{5})"
    r"|(?<![a-z0-9])q(?=[群裙: ]{0,3}[1-9]|群号?[: ]{0,2}[1-9]))"
    r"(?:群|裙|君羊|账|帐|号|码| |:|是|为|\(|-){0,5}"
    r"(?P<id>[1-9]\d{4,11})(?!\d|[.,]\d|年|月|次|人|元|个|只|万|亿|版)"
)
QQ_NUMBERS = Sought((QQ,))
OTHER_QQ = re.compile(r"(?:编号|样品|型号|单号|批次)[^,。;\n]{0,4}$")
OFFICIAL = re.compile(
    r"(?:关注[“\"「][^”\"」]{2,20}[”\"」]|公众号|订阅号|服务号|官方微信|官微|视频号|小程序|企业微信)[^,。;\n]{0,24}$"
)
OFFICIAL_CHARS = 40
PUBLIC_ID = "gh_"  # begins the id of a public account
ORDINARY = re.compile(r"[a-z]+")  # an English word, which only 微信号 or a colon makes an id
LEAST_SURE = re.compile(r"[号:(是为]")
PERSONS_OWN = re.compile(r"(?:个人|私人|本人)")  # 企业微信以外的个人号: what was official before it is not


def mailboxes(text: str, *, but: Sequence[str]) -> Iterator[Span]:
    """Yield the mailboxes of a normalised text. but: hosts whose mailboxes may stand, and those below them."""
    for match in MAILBOXES.matches(text):
        host = HOST.search(match[0])
        name = f".{host[0] if host else ''}"
        is_known = any(name.endswith(f".{one.removeprefix('.')}") for one in but)
        if not is_known and not NO_PERSONS.match(match[0]):
            yield match.span()
    for match in LOOSE.matches(text):
        start, end = match.span()
        before, behind = text[max(0, start - SAID_CHARS) : start], text[end : end + SAID_CHARS]
        if SAID_BEFORE.search(before) or SAID_BEHIND.match(behind):
            yield start, end


def qq_numbers(text: str) -> Iterator[Span]:
    """Yield the QQ numbers in a normalised text; those of a group too: an editor tells them apart."""
    for match in QQ_NUMBERS.matches(text):
        if not OTHER_QQ.search(text[max(0, match.start() - SAID_CHARS) : match.start()]):
            yield match.span("id")


def wechat_ids(text: str) -> Iterator[Span]:
    """Yield the WeChat ids of people in a normalised text; those of public accounts are left."""
    for match in CALLED_IDS.matches(text):
        before = text[max(0, match.start() - OFFICIAL_CHARS) : match.start("id")]
        said = text[match.start() : match.start("id")]
        is_word = ORDINARY.fullmatch(match["id"]) and not LEAST_SURE.search(said)
        is_official = OFFICIAL.search(before) and not PERSONS_OWN.match(said)
        if not is_word and not is_official and not match["id"].startswith(PUBLIC_ID):
            yield match.span("id")
    yield from (match.span("id") for match in BEHIND.finditer(text))
