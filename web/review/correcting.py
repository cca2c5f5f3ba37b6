"""Correcting the tags of one item: a POST that ends on its page."""

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from indexer.base import times
from indexer.base.ids import ItemId
from indexer.understanding.corrections import (
    Correction,
    Key,
    NoSuchItem,
    UnknownTag,
    correct,
    correction_of,
)
from indexer.understanding.results import Facet
from web.app.access import signed_in
from web.app.forms import ID_CHARS, TagsForm
from web.app.site import site
from web.review import item as item_page
from web.review import outcome
from web.review.listing import read
from web.review.outcome import Outcome
from web.review.refusal import Refusal


def save(item: str) -> ResponseReturnValue:
    """Correct the tags of an item as the form says, and show the item again."""
    form, wanted = TagsForm(), ItemId(item)
    correction = _correction(form) if form.validate() else None
    if correction is None:
        return item_page.page(wanted, refused=[Refusal(why=_("The form was not complete. No tag was changed."))]), 400
    try:
        correct(
            site().database, site().taxonomy, item=wanted, correction=correction, by=signed_in().actor, now=times.now()
        )
    except NoSuchItem:
        abort(404)
    except UnknownTag:
        why = _("The taxonomy does not know one of these tags any longer. No tag was changed.")
        return item_page.page(wanted, refused=[Refusal(why=why)]), 409
    text = _("The tags are saved. Machines learn from them.") if correction else _("No tag was changed.")
    outcome.tell(Outcome(text=text))
    return redirect(url_for("review.item", item=wanted, **read(request.args).kept, _anchor="tags-h"))


def _correction(form: TagsForm) -> Correction | None:
    """Return what was changed; None where the form names what is no tag at all."""
    try:
        seen, wanted = (
            {_key(word) for word in words} for words in ((form.seen.data or "").split(), request.form.getlist("tag"))
        )
    except ValueError:
        return None
    return correction_of(seen, wanted)


def _key(value: str) -> Key:
    facet, __, id = value.partition(":")
    if not id or len(id) > ID_CHARS:
        raise ValueError(value)
    return Facet(facet), id
