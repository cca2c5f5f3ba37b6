"""Days that a script writes where it stands: `<script>document.write(fmt('2026-09-30 10:00'))</script>`."""

import re
from itertools import islice

from lxml.html import HtmlElement

from crawler.dates.search import Found, dates_in

WRITE = "document.write"
CODE_CHARS, SHOWN_CHARS, MOST_SCRIPTS = 600, 60, 500
CHOOSES = re.compile(r"\bif\b|\?|&&|\|\||\bfor\b|\bwhile\b")  # what it writes then hangs on more than the day
STRING = re.compile(r"""(["'])((?:(?!\1)[^\\\n]|\\.)*+)\1""")  # of code no longer than CODE_CHARS
TAG = re.compile(r"<[^<>]{0,500}>")


def show_written_days(page: HtmlElement) -> None:
    """Change the page given: a script that does no more than write one day becomes a `span` with what it writes."""
    for script in list(islice(page.iter("script"), MOST_SCRIPTS)):
        if shown := _shown(script.text or ""):
            script.attrib.clear()
            script.tag, script.text = "span", shown


def _shown(code: str) -> str:
    """The day with the words beside it; of a time at midnight, which none was published at, the day alone."""
    if len(code) > CODE_CHARS or WRITE not in code or CHOOSES.search(code):
        return ""
    shown = []
    for string in STRING.finditer(code):
        text = " ".join(TAG.sub(" ", string[2].replace("\\/", "/")).split())
        found = list(dates_in(text, chinese=True))
        if len({each.published.at.date() for each in found}) == 1 and len(text) <= SHOWN_CHARS:
            shown.append(_without_midnight(text, max(found, key=lambda each: each.end)))
        elif found:
            return ""
    return shown[0] if len(shown) == 1 else ""


def _without_midnight(text: str, found: Found) -> str:
    is_midnight = not found.published.is_day and f"{found.published.at:%H%M%S}" == "000000"
    return f"{text[: found.start]}{found.published.at:%Y-%m-%d}" if is_midnight else text
