"""Tell whether the name of a person stands beside a place of a text."""

import re

from indexer.understanding.policies.normal import Span

VERSION = 4  # counts up with every change of what comes out, which is then done again (recipe.py)

# The hundred most common family names and some more; they cover nine in ten people.
SURNAME = (
    "(?:[王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜"
    "崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤]|欧阳|司马|上官|诸葛)"
)
GIVEN = "[\u4e00-\u9fff]"
TITLE = "(?:老师|医生|大夫|先生|女士|同学|教授|博士|师傅|主任|经理|馆长|阿姨|叔叔|大爷|大妈|小姐|姐|哥|某某|某|工)"
LABEL = "(?:联系人|姓名|负责人|领队|讲师|收件人|家长|机主|班主任)"
NUMBER_WORD = "(?:的)?(?:联系)?(?:电话|手机|微信|方式|邮箱|号码)?号?码?"
ROLE = "(?:家长|志愿者|讲解员|队长|组长|秘书长?|站长|书记|负责人|联系人|科长|处长|校长|班长|会长|学员|爸爸|妈妈)"
TITLED = rf"(?:[老小]{SURNAME}|{SURNAME}{GIVEN}{{0,2}}{TITLE})"
BEFORE = re.compile(
    rf"(?:{TITLED}[^。;\n]{{0,8}}|{LABEL}[:是为 ]{{0,3}}{SURNAME}{GIVEN}{{1,2}}[^。;\n]{{0,8}}"
    rf"|(?:(?<!{GIVEN})|(?<=联系)|(?<=咨询)|(?<=致电)|(?<=请找)|(?<=拨打)|(?<=[员师士])){SURNAME}{GIVEN}{{1,2}}"
    rf"[,:( ]{{0,2}}(?:{ROLE}[,:( ]{{0,2}})?{NUMBER_WORD}[:是为( ]{{0,2}})$"
)
ASKING = "(?:联系|找到?|咨询|请找|请问|问|转)"  # 拨打…联系王老师
BEHIND = re.compile(rf"[ ,(]{{0,2}}(?:{ASKING}?{TITLED}|{SURNAME}{GIVEN}{{1,2}}(?!{GIVEN}))")
BEFORE_CHARS, BEHIND_CHARS = 24, 12


def is_beside_name(text: str, span: Span) -> bool:
    """Tell whether a normalised text names a person just before or just behind the span."""
    before = text[max(0, span[0] - BEFORE_CHARS) : span[0]]
    behind = text[span[1] : span[1] + BEHIND_CHARS]
    return BEFORE.search(before) is not None or BEHIND.match(behind) is not None
