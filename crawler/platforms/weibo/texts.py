"""Words of a post: its text without mark-up, what its author says themselves, and a title, which Weibo has none of."""

import re

from crawler.extract.body.blocks import tidy
from crawler.feeds.wording import TAG, text_of_html
from indexer.base.text import storable, unescaped

TITLE_MOST, TITLE_LEAST = 40, 4  # characters: longer heads are cut, shorter ones say too little
NOTICE_ONLY = frozenset({"转发微博", "轉發微博", "Repost", "repost", "转发", "分享微博", "分享图片", "分享视频"})
EMOTICON_PICTURE = re.compile(r"<img\b[^<>]{0,300}?\balt=[\"']?(\[[^\]\"'<>]{1,20}\])[^<>]{0,300}>", re.IGNORECASE)
EMOTICON = re.compile(r"\[[^\[\]\s]{1,10}\]")
CUT_OFF = re.compile(r"(?:\.{3}|…+)?\s*全文\s*[:：]\s*https?://m\.weibo\.cn/\S+\s*$")
CHAIN = re.compile(r"\s*//@")  # what the people said through whom it was reposted
LINK = re.compile(r"https?://[-\w./?&=%#:~+!*,;@$]*[\w/#=]", re.IGNORECASE | re.ASCII)
HEAD_TOPIC = re.compile(r"#([^#\n]{1,60})#")
BRACKETED = re.compile(r"\s*【([^】]{1,200})】")
SENTENCE_END = re.compile(r"(?<=[。！？!?；;])|\n|…{2,}|\.{3,}")
PAUSE = re.compile(r"[，,、：:\s—～~|｜]")
EDGES = " \t　，,、：:；;。.—-~～|｜…·"


def plain(written: str) -> str:
    """Return the text without mark-up, one paragraph a line; emoticons stay as their words: `[偷笑]`."""
    if TAG.search(written):
        return storable(text_of_html(EMOTICON_PICTURE.sub(r"\1", written)))
    return storable("\n".join(line for part in unescaped(written).splitlines() if (line := tidy(part))))


def own_words(text: str) -> str:
    """Return what the author of a repost says: without what others said before, and without `转发微博` alone."""
    own = CHAIN.split(text, maxsplit=1)[0].strip()
    return "" if own in NOTICE_ONLY else own


def without_cut(text: str) -> str:
    """Return a cut text without the link to the rest that Weibo puts at its end."""
    return CUT_OFF.sub("…", text)


def topics_of(text: str) -> tuple[str, ...]:
    """Return the topics (`#…#`) of a text, each once."""
    return tuple(dict.fromkeys(topic.strip() for topic in HEAD_TOPIC.findall(text) if topic.strip()))


def title_of_post(text: str) -> str:
    """Return the title that a text begins with; empty where it holds no words.

    The head in 【…】, else the first sentence behind the topics at the head, with the first of them before it, since
    many posts share a topic.
    """
    rest, topics = text.lstrip(), list[str]()
    while found := HEAD_TOPIC.match(rest):
        topics.append(found[1].strip())
        rest = rest[found.end() :].lstrip(EDGES)
    if (head := BRACKETED.match(rest)) and len(named := _line(head[1])) >= TITLE_LEAST:
        return _cut(named)
    sentence = _first_sentence(rest)
    topic = next((_line(one) for one in topics if one), "")
    if not sentence or not topic:
        return _cut(sentence or topic)
    return f"{topic}：{sentence}" if len(topic) + len(sentence) <= TITLE_MOST else _cut(f"{topic}：{sentence}")


def _first_sentence(text: str) -> str:
    """The first sentence, with those after it while it says too little."""
    said = ""
    for part in SENTENCE_END.split(LINK.sub(" ", text)[:2000]):
        said = f"{said}{part}" if said else part
        line = _line(said)
        if len(line) >= TITLE_LEAST:
            return line
    return _line(said)


def _line(text: str) -> str:
    return tidy(EMOTICON.sub("", LINK.sub(" ", text))).strip(EDGES)


def _cut(line: str) -> str:
    """The line, of a longer one its beginning to the last pause, so that no word is cut in two where that can be."""
    if len(line) <= TITLE_MOST:
        return line
    head = line[:TITLE_MOST]
    pauses = [pause.start() for pause in PAUSE.finditer(head) if pause.start() >= TITLE_MOST // 2]
    return head[: pauses[-1] if pauses else TITLE_MOST - 1].strip(EDGES) + "…"
