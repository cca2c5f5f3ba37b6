"""Who lives in the world that `carnival simulate` starts: a few accounts and sites, each with something published."""

from collections.abc import Callable
from datetime import datetime

from indexer.base.times import now
from tests.simulators.running import Platforms
from tests.simulators.weibo.oauth import WeiboOauth
from tests.simulators.world.accounts import Component, Form, Site, WechatAccount, WeiboAccount
from tests.simulators.world.posts import Draft
from tests.simulators.world.world import World

APP_KEY, APP_SECRET = "2026091700", "0123456789abcdef0123456789abcdef"
COMPONENT = Component(
    id="wx5c0000000000c0de",
    name="科普日采集平台（模拟）",
    secret="c0mp0nent0123456789abcdef0123456",
    token="componenttoken",
    aes_key="abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG",
)
NAMES = ("星河天文馆", "绿洲植物园", "海图水族馆")
TEXTS = (
    ("猎户座里那颗橙红色的星", "冬夜抬头，腰带三星左上方那颗橙红色的亮星是参宿四，它的直径比地球轨道还大。"),
    ("叶子为什么会变黄", "天凉了，树不再补充叶绿素，原本被它盖住的类胡萝卜素显出黄色，叶子便黄了。"),
    ("水母没有大脑怎么游泳", "水母的伞缘排着一圈神经节，轮流发出节拍，伞面跟着收缩，把水推向身后。"),
)
MORE = "这是为试用准备的一篇文章，由模拟的平台发布，可以在模拟台上更正或删除，再看采集到的内容怎样跟着变化。"


def wechat_world(clock: Callable[[], datetime] = now) -> Platforms:
    """Return three public accounts and a third-party platform."""
    world = World(clock)
    for place, name in enumerate(NAMES, start=1):
        world.add(
            WechatAccount(
                id=f"wx5a{place:014x}",
                name=name,
                secret=f"{place:032x}",
                number=str(3900000000 + place),
                original_id=f"gh_5ec0{place:08x}",
                subject=f"北京{name}",
                album=f"13000000000000000{place:02d}",
            )
        )
    platforms = Platforms(world=world, component=COMPONENT)
    _publish(world)
    return platforms


def weibo_world(clock: Callable[[], datetime] = now) -> Platforms:
    """Return three accounts of Weibo and an app."""
    world = World(clock)
    for place, name in enumerate(NAMES, start=1):
        world.add(WeiboAccount(id=str(5600000000 + place), name=name, place="北京"))
    platforms = Platforms(world=world, oauth=WeiboOauth(world, app_key=APP_KEY, app_secret=APP_SECRET))
    _publish(world)
    return platforms


def sites_world(host: str, clock: Callable[[], datetime] = now) -> Platforms:
    """Return a site of each form; host: `host:port` that their pages name."""
    world = World(clock)
    for form in (Form.LIST, Form.FEED, Form.SITEMAP, Form.JSON):
        world.add(Site(id=f"{form.value}-site", name=f"{NAMES[0]}（{form.value}）", form=form, host=host))
    platforms = Platforms(world=world)
    _publish(world)
    return platforms


def _publish(world: World) -> None:
    for account in list(world.accounts):
        for title, text in TEXTS:
            if account != COMPONENT.id:
                world.publish(account, Draft(title=title, paragraphs=(text, MORE)))
