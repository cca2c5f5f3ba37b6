"""What a question is put in and an article that answers it does not repeat: it weighs nothing. All folded."""

import re

# Frames that the dictionary cuts apart; of those that begin alike the longer one first.
FRAMES = re.compile(
    "想(?:请)?问(?:一)?下|请问|能不能|可不可以|可以不可以|要不要|是不是|有没有|会不会|该不该|好不好|对不对|行不行|"
    "怎么办|怎么样|怎么回事|为什么|是什么|什么是|有什么|什么样|什么时候|是真的吗|真的假的|真的吗|多长时间|"
    "哪一?(?:个|家|种|年|天|位|座|条)|第几(?:个|届|次|年)?|多少(?:个|次|人|年|天|种|钱)?"
)
_EMPTY = """
吗 呢 吧 么 啊 呀 嘛 的 地 得 了 着 是 在 由 和 与 及 或 之 被 把 也 就 都 而 于 其 从 对 为 以 向 到 还 又 这 那 该
谁 哪 哪里 哪儿 哪些 哪个 哪家 多少 几 几个 几次 如何 怎样 怎么 什么 何 何时 何地 何处 为何 多久 多大 多长 什么样
这个 那个 这种 那种 一个 哪一个 它 他 她 它们 他们 我 我们 你 你们 您 请 可以 能 能够 会 要 应该
the a an of is are was were what which who when where how why in on to and or for
"""
EMPTY_WORDS = frozenset(_EMPTY.split())
