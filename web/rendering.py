"""What templates call: dates in Beijing time, labels, menu, text safe for XML."""

import re
from datetime import datetime

from flask import Flask
from flask_babel import format_date, format_datetime
from flask_babel import gettext as _
from flask_login import current_user
from markupsafe import Markup, escape

from indexer.accounts import Role
from indexer.times import BEIJING, Published
from web.imprint import imprint
from web.labels import label
from web.preferences import chosen
from web.site import site

HAN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]")
HAN_RUN = re.compile(f"{HAN.pattern}(?:{HAN.pattern}|[0-9、。，：；！？])*")
OWN_LANG = Markup(' lang="zh-CN"')
XML_CONTROLS = {code: None for code in range(32) if code not in (9, 10, 13)} | {0xFFFE: None, 0xFFFF: None}


def day(published: Published) -> str:
    """Return the day of publication: of a bare day as written, else as it was in Beijing."""
    at = published.at if published.is_day else published.at.astimezone(BEIJING)
    return str(format_date(at.date(), "long"))


def moment(at: datetime) -> str:
    """Return day and minute in Beijing."""
    return str(format_datetime(at.astimezone(BEIJING), "yyyy-MM-dd HH:mm", rebase=False))


def xml_text(text: str) -> Markup:
    """Return text escaped for XML 1.0, without the control characters that it forbids."""
    return escape(str(text).translate(XML_CONTROLS))


def own_lang(text: object) -> Markup:
    """Return the `lang` attribute that Chinese words need on a page in another language; nothing where none is."""
    return OWN_LANG if chosen("lang") != "zh" and HAN.search(str(text)) else Markup("")


def own_words(sentence: str) -> Markup:
    """Return a sentence whose Chinese words, a title or a name in it, say that they are Chinese; in Chinese, as it is.

    Each run of them becomes an element, so this is not for what is laid out as a flexible box.
    """
    if not own_lang(sentence):
        return escape(sentence)
    parts, at = [], 0
    for run in HAN_RUN.finditer(sentence):
        parts += [escape(sentence[at : run.start()]), Markup("<span{}>{}</span>").format(OWN_LANG, run.group())]
        at = run.end()
    return Markup("").join([*parts, escape(sentence[at:])])


def menu() -> list[tuple[str, str]]:
    """Return endpoint and name of each entry of the main menu for the person who looks."""
    entries = [
        ("public.home", _("Home")),
        ("public.search", _("Search")),
        ("public.units", _("Units")),
        ("public.whitelist", _("Whitelist look-up")),
    ]
    if current_user.is_authenticated:
        own = ("unit.desk", _("Unit desk")) if current_user.role is Role.UNIT else ("review.queue", _("Review desk"))
        entries.append(own)
    return entries


def install(app: Flask) -> None:
    """Give the templates these names."""
    app.jinja_env.filters |= {"day": day, "moment": moment, "label": label, "xml_text": xml_text}
    app.jinja_env.globals |= {"menu": menu, "own_lang": own_lang, "own_words": own_words}
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True

    @app.context_processor
    def names() -> dict[str, object]:
        return {"site_name": site().settings.site_name, "imprint": imprint(site().settings)}
