"""What channels make of one article, generated: eight mechanical kinds, and the hard ones. Same seed, same texts."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random
from types import MappingProxyType

from opencc import OpenCC

HAN = range(0x4E00, 0xA000)
SENTENCE_ENDS = "。！？\n"
HEADS = (
    "点击上方蓝字关注我们，每天学一点科学！\n",
    "【科普日特刊】家门口的科学课又开讲啦，欢迎带孩子一起来听。\n",
    "导语：今天小编带大家了解一个身边的话题，赶快和我们一起看看吧。\n",
)
FEET = (
    "\n来源：示例科技馆 编辑：甲 审核：乙\n长按识别二维码，预约下一场讲座，名额有限，先到先得！",
    "\n（转自“示例科普”公众号，版权归原作者所有，如有侵权请联系我们删除）\n转发本文到朋友圈，可到服务台领取纪念品一份。",
    "\n本文来源：示例日报 责任编辑：丙\n我们的科普市集周末开门，厨房温度计、放大镜、太阳能小车一律优惠，欢迎选购。",
)
TITLES = ("这件事和你我有关", "刚刚，最新消息来了", "一图看懂｜今天的重点都在这里", "转发提醒！这些内容请收好")
PUNCTUATION = str.maketrans("，。：；！？（）“”、", ',.:;!?()"",')
FULL_WIDTH = str.maketrans({chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F) if chr(code).isalnum()})
_TRADITIONAL = OpenCC("s2t")


@dataclass(frozen=True, slots=True)
class Article:
    """A title and its text."""

    title: str
    text: str


Make = Callable[[Article, Random], Article]


def cut_at_both_ends(one: Article, _random: Random) -> Article:
    """Head and tail cut by a tenth of the text each."""
    tenth = len(one.text) // 10
    return replace(one, text=one.text[tenth : len(one.text) - tenth])


def with_credit_and_advert(one: Article, random: Random) -> Article:
    """A line before it, a credit line and an advert after it."""
    return replace(one, text=random.choice(HEADS) + one.text + random.choice(FEET))


def set_anew(one: Article, random: Random) -> Article:
    """Half-width punctuation, full-width letters and digits, blanks and line ends elsewhere."""

    def anew(text: str) -> str:
        changed = text.translate(PUNCTUATION).translate(FULL_WIDTH)
        return "".join(char + random.choice(("", "", "", "", "", " ", "\u3000", "\n")) for char in changed)

    return Article(anew(one.title), anew(one.text))


def traditional(one: Article, _random: Random) -> Article:
    """Traditional characters, word by word as a converter writes them."""
    return Article(_TRADITIONAL.convert(one.title), _TRADITIONAL.convert(one.text))


def misread(share: float) -> Make:
    """Return what misreads a share of all letters and digits, each as another one of its kind."""

    def make(one: Article, random: Random) -> Article:
        return Article(*(_misread(part, share, random) for part in (one.title, one.text)))

    return make


def shuffled(one: Article, random: Random) -> Article:
    """Paragraphs in another order; of a text in fewer than three, its sentences in four lots."""
    parts = [part for part in one.text.split("\n") if part.strip()]
    if len(parts) < 3:
        sentences = sentences_of(one.text)
        lot = -(-len(sentences) // 4)
        parts = ["".join(sentences[start : start + lot]) for start in range(0, len(sentences), lot)]
    return replace(one, text="\n".join(random.sample(parts, len(parts))))


def cut_by_a_third(one: Article, random: Random) -> Article:
    """Three tenths of the text cut out at one place."""
    size = len(one.text) * 3 // 10
    start = random.randrange(len(one.text) - size + 1)
    return replace(one, text=one.text[:start] + one.text[start + size :])


def retitled(one: Article, random: Random) -> Article:
    """Another title."""
    return replace(one, title=random.choice(TITLES))


def all_at_once(one: Article, random: Random) -> Article:
    """Every mechanical kind, one after the other."""
    order = (
        retitled,
        cut_at_both_ends,
        shuffled,
        cut_by_a_third,
        misread(0.02),
        with_credit_and_advert,
        set_anew,
        traditional,
    )
    for make in order:
        one = make(one, random)
    return one


def excerpt(one: Article, random: Random) -> Article:
    """A quarter of the text, in one piece, without its title."""
    size = len(one.text) // 4
    start = random.randrange(len(one.text) - size + 1)
    return Article("", one.text[start : start + size])


def digest(three: Sequence[Article], random: Random) -> Article:
    """Several articles one after the other, each under its title."""
    parts = "\n\n".join(f"{one.title}\n{one.text}" for one in random.sample(three, len(three)))
    return Article("一周要闻", parts)


MECHANICAL: Mapping[str, Make] = MappingProxyType(
    {
        "head and tail cut by 10 %": cut_at_both_ends,
        "credit line and advert": with_credit_and_advert,
        "punctuation and width": set_anew,
        "traditional characters": traditional,
        "2 % misread": misread(0.02),
        "order of paragraphs": shuffled,
        "30 % cut": cut_by_a_third,
        "another title": retitled,
    }
)
HARD_SAME: Mapping[str, Make] = MappingProxyType({"10 % misread": misread(0.1), "all at once": all_at_once})


def sentences_of(text: str) -> list[str]:
    """Return the text in sentences, each with its end."""
    found, start = [], 0
    for place, char in enumerate(text):
        if char in SENTENCE_ENDS:
            found.append(text[start : place + 1])
            start = place + 1
    return [*found, text[start:]] if text[start:] else found


def _misread(text: str, share: float, random: Random) -> str:
    han = [char for char in text if ord(char) in HAN] or ["月"]

    def other(char: str) -> str:
        if char.isdecimal():
            return random.choice("0123456789")
        return chr(ord(random.choice(han)) + random.choice((-1, 1, 2))) if ord(char) in HAN else char

    return "".join(other(char) if random.random() < share else char for char in text)
