"""What is published in the soak: short pieces on everyday science, no two alike."""

import random

from tests.simulators.world.posts import Draft

SUBJECTS = (
    "湖面结冰",
    "蜡烛燃烧",
    "候鸟南飞",
    "茶叶沉浮",
    "肥皂泡",
    "彩虹",
    "磁铁",
    "回声",
    "酵母发面",
    "铁锈",
    "雾凇",
    "月相",
)
ASPECTS = ("从哪里开始", "要用多久", "在家怎么看", "古人怎么解释", "今年有什么不同", "为什么要慢慢来")
SENTENCES = (
    "水在四摄氏度时最重，所以冷下来的湖水先沉到底，冰却从水面长起。",
    "火焰里最亮的地方并不最热，那里的碳粒只是烧得发光。",
    "太阳西沉的方位一天挪一点，鸟儿记得住这一点点。",
    "泡茶的水凉下来，叶片里的气泡缩小，茶叶便一片片沉下去。",
    "薄膜两面的反光走的路不一样长，颜色就随厚薄变来变去。",
    "雨停时背对太阳，才看得见那道弧，弧心总在影子头顶的方向。",
    "把磁铁敲一敲，里面排好的小磁区乱了，吸力就弱了。",
    "对着山谷喊一声，数到声音回来，便能估出山有多远。",
    "面团里的小生命把糖变成气，气撑起一个个小窝，面就松软。",
    "潮湿的空气里，铁把电子让给氧，红褐色的粉末一层层脱落。",
    "过冷的雾滴碰上树枝立刻冻住，风从哪边来，针就朝哪边长。",
    "月亮自己不发光，我们看见的只是被太阳照到的那一边。",
)
LONG = 12  # sentences of a long text


def draft(rng: random.Random, number: int, *, is_notified: bool = False, is_long: bool = False) -> Draft:
    """Return a piece whose title nobody else has; number: of all pieces of the soak."""
    title = f"{rng.choice(SUBJECTS)}{rng.choice(ASPECTS)}（第{number}则）"
    chosen = [rng.choice(SENTENCES) for _ in range(LONG if is_long else 5)]
    return Draft(
        title=title,
        paragraphs=("".join(chosen[:3]), "".join(chosen[3:]), f"本则编号{number}，欢迎到馆里做一做这个小实验。"),
        pictures=0,
        is_notified=is_notified,
        is_long=is_long,
    )
