"""Filters and globals of the templates: dates in Beijing time, labels, menu, text safe for XML."""

import re
from datetime import date, datetime
from functools import lru_cache

from babel.support import NullTranslations
from flask import Flask, request
from flask_babel import format_date, format_datetime, get_translations
from flask_babel import gettext as _
from markupsafe import Markup, escape

from indexer.base.times import BEIJING, Published
from web.app.access import is_open
from web.app.imprint import imprint
from web.app.preferences import chosen
from web.app.site import site
from web.shown.labels import label, role_word
from web.shown.refusals import told

HAN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]")
HAN_RUN = re.compile(f"{HAN.pattern}(?:{HAN.pattern}|[0-9、。，：；！？])*")
OWN_LANG = Markup(' lang="zh-CN"')
WORDS = "carnival.words"
NOTHING = Markup("")
TIME = Markup('<time datetime="{}">{}</time>')
DAYS_KEPT = 2000
XML_CONTROLS = {code: None for code in range(32) if code not in (9, 10, 13)} | {0xFFFE: None, 0xFFFF: None}


def day(published: Published) -> str:
    """Return the day of publication: of a bare day as written, else as it was in Beijing."""
    at = published.at if published.is_day else published.at.astimezone(BEIJING)
    return _day(at.date(), chosen("lang"))


@lru_cache(maxsize=DAYS_KEPT)
def _day(day: date, _language: str) -> str:
    return str(format_date(day, "long"))


def time_of(published: Published | None) -> Markup:
    """Return the element that tells when something was published; nothing where its source does not say."""
    return NOTHING if published is None else _time(str(published), day(published))


@lru_cache(maxsize=DAYS_KEPT)
def _time(moment: str, day: str) -> Markup:
    return TIME.format(moment, day)


def moment(at: datetime) -> str:
    """Return day and minute in Beijing."""
    return str(format_datetime(at.astimezone(BEIJING), "yyyy-MM-dd HH:mm", rebase=False))


def xml_text(text: str) -> Markup:
    """Return text escaped for XML 1.0, without the control characters that it forbids."""
    return escape(str(text).translate(XML_CONTROLS))


def own_lang(text: object) -> Markup:
    """Return the `lang` attribute that Chinese words need on a page in another language; nothing where none is.

    In templates a filter as well, which costs less than a call: of a page of a hundred names it matters.
    """
    if chosen("lang") == "zh":
        return NOTHING
    return OWN_LANG if HAN.search(str(text)) else NOTHING


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
        ("unit.desk", _("Unit desk")),
        ("review.queue", _("Review desk")),
    ]
    return [entry for entry in entries if is_open(entry[0])]


def words_of_reader() -> NullTranslations:
    """Return the translations of the present reader's language; looked up once a request, asked for at every word."""
    held: NullTranslations | None = request.environ.get(WORDS)
    if held is None:
        held = request.environ[WORDS] = get_translations()
    return held


def install(app: Flask) -> None:
    """Give the templates these names."""
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]  # of the extension that Flask-Babel adds
        lambda one: words_of_reader().ugettext(one),
        lambda one, many, number: words_of_reader().ungettext(one, many, number),
        newstyle=True,
    )
    app.jinja_env.filters |= {
        "day": day,
        "moment": moment,
        "label": label,
        "told": told,
        "role_word": role_word,
        "xml_text": xml_text,
        "own_lang": own_lang,
        "time_of": time_of,
    }
    app.jinja_env.globals |= {
        "menu": menu,
        "is_open": is_open,
        "own_lang": own_lang,
        "own_words": own_words,
    }
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True

    @app.context_processor
    def names() -> dict[str, object]:
        return {"site_name": site().settings.site_name, "imprint": imprint(site().settings)}
