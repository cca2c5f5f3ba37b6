"""An editor says what is one piece: the item and another one, or that it is none with the rest of its cluster."""

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from indexer.base import times
from indexer.base.ids import ItemId
from indexer.records import items
from indexer.understanding import joining
from web.app.access import signed_in
from web.app.forms import PieceForm
from web.app.site import site
from web.review import item as item_page
from web.review import outcome
from web.review.listing import read
from web.review.outcome import Outcome
from web.review.refusal import Refusal

REFUSED, STALE = 400, 409


def rule(item: str) -> ResponseReturnValue:
    """Join the item with the other one of the form, or take it out of the cluster in which it saw the other one."""
    form, wanted = PieceForm(), ItemId(item)
    with site().database.reading() as tx:
        if items.item(tx, wanted) is None:
            abort(404)
    if not form.validate():
        not_whole = Refusal(why=_("The form was not complete. Nothing was decided."))
        return item_page.page(wanted, refused=[not_whole]), REFUSED
    other, by, now = ItemId(form.other.data), signed_in().actor, times.now()
    is_join = form.ruling.data == PieceForm.JOIN
    try:
        if is_join:
            joining.join(site().database, wanted, other, by=by, now=now)
        else:
            joining.part(site().database, wanted, beside=other, by=by, now=now)
    except joining.NotTwoPieces:
        moved = Refusal(why=_("The two items do not stand as they were shown any more. Nothing was changed."))
        return item_page.page(wanted, refused=[moved]), STALE
    told = _("Noted: the two are one piece.") if is_join else _("Noted: this is a piece of its own.")
    outcome.tell(Outcome(text=f"{told}{outcome.of_search()}"))
    return redirect(url_for("review.item", item=wanted, **read(request.args).kept))
