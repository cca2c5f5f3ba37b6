"""Made-up list pages: the layouts of the site systems that units use (layouts.tsv), and what stands around a list.

In a row, TITLE, SHORT (the title cut), SUMMARY, NUMBER, @ (the address) and %Y %m %d %b are written out; {} in what is
around holds the rows. day: whether a row names its day with the year.
"""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

TITLES = (
    "观察一滴水里的小生物",
    "什么是霾",
    "为什么秋天的叶子会变红",
    "第八届青少年航模比赛开始报名",
    "关于举办2026年全国科普日活动的通知",
    "认识雷电",
    "“小小科学家”夏令营（第二期）圆满结束",
    "海水为什么是咸的而河水不是",
    "一张图看懂：地震预警的几秒钟",
    "社区科普大学秋季课程表发布",
)
SIDE_TITLES = (
    "光的颜色从哪里来",
    "怎样分辨毒蘑菇和食用菌",
    "台风的名字是谁起的",
    "打雷的时候能不能洗澡",
    "手机快没电时辐射会变大吗",
    "隔夜的白开水还能喝吗",
    "微波炉加热会致癌吗",
    "黑洞到底有多黑",
    "候鸟迁徙靠什么认路",
    "极光为什么是绿的",
    "深海里的鱼为什么会发光",
    "植物会不会感到疼痛",
)
SUMMARY = "这一期请到了一位研究者，带大家看实验室里的样本和仪器，并回答小朋友提出的问题，活动在2026年10月18日举行。"
NEWEST = date(2026, 9, 30)
URL = "https://www.example.cn/kpdt/index.htm"


@dataclass(frozen=True, slots=True)
class Made:
    """One row to be written."""

    number: int
    title: str
    day: date

    def fill(self, row: str, address: str) -> str:
        """Return the row of a layout with what this one is."""
        short = self.title if len(self.title) <= 12 else f"{self.title[:10]}..."
        written = row.replace("@", address.format(self.number)).replace("TITLE", self.title).replace("SHORT", short)
        written = written.replace("SUMMARY", SUMMARY).replace("NUMBER", str(self.number + 1))
        for sign in ("%Y", "%m", "%d", "%b"):
            written = written.replace(sign, self.day.strftime(sign))
        return written


def made(count: int = 10) -> list[Made]:
    """Return rows, the newest first."""
    days = (NEWEST - timedelta(days=2 * number) for number in range(count))
    return [Made(number, TITLES[number % len(TITLES)], day) for number, day in enumerate(days)]


@dataclass(frozen=True, slots=True)
class Layout:
    """A way to write a list."""

    day: bool
    address: str
    around: str
    row: str

    def page(self, rows: Sequence[Made], *, before: str = "", after: str = "") -> str:
        """Return a whole page with the rows, and with what stands before and after them."""
        written = "".join(row.fill(self.row, self.address) for row in rows)
        return f"{HEAD}{before}<div class='main'>{self.around.replace('{}', written)}</div>{after}{FOOT}"


def _layouts() -> dict[str, Layout]:
    with Path(__file__).with_name("layouts.tsv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {row["name"]: Layout(row["day"] == "yes", row["address"], row["around"], row["row"]) for row in rows}


LAYOUTS: Mapping[str, Layout] = _layouts()
_MENU = (
    ("jggk", "机构概况"),
    ("xwzx", "新闻中心"),
    ("kpzy", "科普资源"),
    ("zwgk", "政务信息公开目录"),
    ("dj", "党建工作"),
)
MENU = "".join(f"<li><a href='/{name}/index.htm'>{text}</a></li>" for name, text in _MENU)
HEAD = (
    "<!DOCTYPE html><html><head><meta charset='utf-8'><title>科普动态-示例科技馆</title></head><body>"
    "<div class='top'>今天是2026年10月01日 星期四 <a href='/wap/'>手机版</a></div>"
    f"<div class='nav'><ul>{MENU}</ul></div><div class='weizhi'>当前位置：<a href='/'>首页</a> &gt; "
    "<a href='/kpdt/'>科普天地</a> &gt; <a href='/kpdt/'>科普动态</a></div>"
)
FOOT = (
    "<div class='footer'><p><a href='/law/'>网站声明与隐私保护条款</a> <a href='/map/'>网站地图导航</a></p>"
    "<p><a href='https://beian.example/'>京ICP备00000000号</a> 版权所有 示例科技馆 2026-01-01</p></div></body></html>"
)
PAGER = (
    "<div class='pages'><span>共 12 页</span> <a href='index_1.htm'>1</a><a href='index_2.htm'>2</a>"
    "<a href='index_3.htm'>3</a><a href='index_2.htm'>下一页</a><a href='index_12.htm'>尾页</a></div>"
)


def side(head: str = "本月热门", day: str = "", cls: str = "box") -> str:
    """Return a list beside the list; day: the form of strftime in which it writes days, where it does."""
    rows = "".join(
        f"<li><a href='/info/1020/70{n:02}.htm'>{title}</a>{_span(date(2026, 1 + n % 12, 1 + 2 * n), day)}</li>"
        for n, title in enumerate(SIDE_TITLES)
    )
    return f"<div class='{cls}'><h3>{head}</h3><ul>{rows}</ul></div>"


def _span(day: date, form: str) -> str:
    return f"<span>{day:{form}}</span>" if form else ""


_SITES = "".join(f"<a href='https://w{n}.example/'>示例科学技术协会第{n}分站</a>" for n in range(8))
FRIENDS = f"<div class='flink'><h4>友情链接</h4>{_SITES}</div>"
COLUMN_OF_FRIENDS = f"<div class='box'><h3>友情链接</h3><ul>{_SITES.replace('<a', '<li><a')}</ul></div>"
_PICTURES = "".join(
    f"<li><a href='/info/1030/80{n:02}.htm'><img src='/p/{n}.jpg' alt='轮播图片第{n}张'></a></li>" for n in range(4)
)
SLIDES = f"<div class='slide'><ul>{_PICTURES}</ul></div>"

AROUND: Mapping[str, tuple[str, str]] = {
    "alone": ("", ""),
    "pager": ("", PAGER),
    "undated side before": (side(), PAGER),
    "undated side behind": ("", side("热门排行")),
    "dated side before": (side("点击排行", "%Y-%m-%d"), PAGER),
    "dated side behind": ("", PAGER + side("本月热门", "%Y-%m-%d")),
    "dated side by class": (side("精彩内容", "%m-%d", "sidebar"), ""),
    "recommended": ("", side("推荐阅读", "[%Y/%m/%d]")),
    "friends": ("", FRIENDS),
    "friends by their heading": ("", COLUMN_OF_FRIENDS),
    "slides": (SLIDES, PAGER + FRIENDS),
}
