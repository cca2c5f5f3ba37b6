"""What may be searched for, while it is typed: as JSON for the script, as a page of links without it."""

from dataclasses import dataclass

from flask import jsonify, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext

from indexer.base.ids import ItemId
from indexer.records.suggested import still_public
from indexer.search.help.known import Kind
from indexer.search.help.rewriting import Suggestion
from web.app.limits import SUGGEST, limiter
from web.app.site import site
from web.shown.asked import TEXT_CHARS

SHOWN = 8
JSON, HTML = "application/json", "text/html"
KINDS = {
    Kind.TOPIC: lazy_gettext("Topic"),
    Kind.UNIT: lazy_gettext("Unit"),
    Kind.POPULAR: lazy_gettext("Often searched"),
    Kind.TITLE: lazy_gettext("Piece"),
    Kind.WORD: lazy_gettext("Search"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggested:
    """One suggestion and where it leads."""

    text: str
    kind: str
    label: str
    href: str


@limiter.limit(SUGGEST)
def suggest() -> ResponseReturnValue:
    """Topics, units, titles, words and searches of many that begin with what is typed, or are spelled so.

    Nothing of it is kept; before anything is typed, what many search for.
    """
    typed = " ".join(request.args.get("q", "").split())[:TEXT_CHARS]
    shown = suggested(typed)
    if request.accept_mimetypes.best_match([HTML, JSON]) == JSON:
        told = [{"text": one.text, "kind": one.kind, "label": one.label, "href": one.href} for one in shown]
        answer = jsonify(suggestions=told)
    else:
        answer = make_response(render_template("public/suggest.html", typed=typed, suggestions=shown))
    answer.vary.add("Accept")
    return answer


def suggested(typed: str) -> list[Suggested]:
    """Return what is suggested for some words; a title that is no longer public is left out."""
    parts = site()
    help_ = parts.help.help()
    popular = [Suggestion(one, Kind.POPULAR) for one in help_.popular[:SHOWN]]
    found = help_.suggest(typed, limit=SHOWN) if typed else popular
    items = [ItemId(one.key) for one in found if one.kind is Kind.TITLE]
    with parts.database.reading() as tx:
        public = still_public(tx, items)
    kept = [one for one in found if one.kind is not Kind.TITLE or one.key in public]
    return [Suggested(text=one.text, kind=one.kind, label=str(KINDS[one.kind]), href=_href(one)) for one in kept]


def _href(one: Suggestion) -> str:
    match one.kind:
        case Kind.TOPIC:
            return url_for("public.search", topic=one.key)
        case Kind.UNIT:
            return url_for("public.unit", unit=one.key)
        case Kind.TITLE:
            return url_for("public.item", item=one.key)
        case Kind.WORD | Kind.POPULAR:
            return url_for("public.search", q=one.text)
