"""Trying a page: what the collector would read of it, before a channel is approved or when something is amiss."""

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import StringField
from wtforms.validators import Length, Optional

from indexer.base import times
from indexer.base.ids import ChannelId
from indexer.records import channels, inbox
from indexer.records.inbox import InboxKind
from web.app.access import is_local, signed_in
from web.app.forms import LinkForm
from web.app.limits import PUSH, limiter
from web.app.site import site


class TryForm(LinkForm):
    """A page of the channel; back: the list that the editor looked at."""

    back = StringField(validators=[Optional(), Length(max=2000)])


@limiter.limit(PUSH)
def file(channel: str) -> ResponseReturnValue:
    """File the page for the collector; what it would read stands at the head of the whitelist."""
    form, wanted = TryForm(), ChannelId(channel)
    with site().database.reading() as tx:
        known = channels.channel(tx, wanted)
    if known is None:
        abort(404)
    if form.validate():
        payload = {"url": form.url.data}
        with site().database.transaction() as tx:
            inbox.file(tx, InboxKind.TRY, channel=wanted, payload=payload, who=signed_in().name, at=times.now())
        flash(_("The collector tries the page; the result stands below in a moment."), "done")
    else:
        flash(_("Enter the whole address of one article, beginning with http:// or https://."), "error")
    back = form.back.data if is_local(form.back.data) else url_for("review.whitelist")
    return redirect(f"{back}#tries", 303)
