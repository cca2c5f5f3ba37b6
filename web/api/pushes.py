"""The JSON API by which a unit's own systems push: each request signed, each push asked for once."""

import hashlib
from datetime import datetime

from flask import Blueprint, abort, jsonify, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from indexer.base import times
from indexer.catalogue.pushes import Push, PushRefused, file_once
from indexer.catalogue.saved_pages import NotAPage, saved_page
from indexer.people.signatures import IDEMPOTENCY_KEY
from indexer.records import channels, inbox
from indexer.records.inbox import InboxKind
from indexer.records.unit_items import UnitEntry, unit_entries_of
from web.api.asked_push import AskedPush, read_push
from web.app.errors import refuse_with
from web.app.limits import PUSH, STATUS, limiter
from web.app.signatures import ONCE, of_signer, signer
from web.app.site import site
from web.shown.pushes import CODES, TOO_MANY, page_code, page_words, push_words

blueprint = Blueprint("pushes", __name__, url_prefix="/api/v1")
WAIT_SECONDS = 60


@blueprint.post("/push")
@limiter.limit(PUSH, key_func=of_signer)
def push() -> ResponseReturnValue:
    """File one article for the collector; the same request again is answered the same, and files nothing."""
    once = request.headers.get(ONCE, "")
    if IDEMPOTENCY_KEY.fullmatch(once) is None:
        advice = _("Send 8 to 64 letters, digits or signs of “_.:-”, new for each push: a UUID, say.")
        refuse_with(400, heading=_("The header Idempotency-Key is missing or unfit."), advice=advice)
    body = request.get_data(cache=True)
    asked = read_push(body)
    filed = _file(asked, once=once, digest=hashlib.sha256(body).hexdigest(), now=times.now())
    status = url_for("pushes.push_status", push=filed, _external=True)
    return jsonify(id=filed, status=status), 202, {"Location": status}


@blueprint.get("/push/<push>")
@limiter.limit(STATUS, key_func=of_signer)
def push_status(push: str) -> ResponseReturnValue:
    """What became of a push of the unit whose key asks."""
    with site().database.reading() as tx:
        found = next(iter(inbox.filed(tx, [push])), None)
        is_push = found is not None and found.kind is InboxKind.PUSH
        channel = channels.channel(tx, found.channel) if found and is_push and found.channel else None
        if found is None or channel is None or channel.unit != signer().unit:
            abort(404)
        item = unit_entries_of(tx, channel.unit, [found.item]).get(found.item) if found.item else None
    return jsonify(
        id=found.id,
        channel=found.channel,
        url=found.payload["url"],
        at=found.at.isoformat(),
        state=found.standing,
        words=found.outcome.words if found.outcome else "",
        item=_brief(item) if item else None,
    )


def _file(asked: AskedPush, *, once: str, digest: str, now: datetime) -> str:
    """Raises what ends the request with the refusal."""
    parts, key = site(), signer()
    try:
        page = None if asked.html is None else saved_page(asked.html.encode(), limit=parts.settings.page_bytes)
        wanted = Push(channel=asked.channel, url=asked.url, title=asked.title, page=page)
        request_name, who = f"{key.id}:{once}", f"key {key.id}"
        return file_once(parts.database, key.unit, wanted, request=request_name, digest=digest, who=who, at=now)
    except NotAPage as refused:
        heading = _("The field “%(field)s” holds no saved page.", field="html")
        refuse_with(page_code(refused), heading=heading, advice=page_words(refused))
    except PushRefused as refused:
        code = CODES[refused.problem]
        later = {"Retry_After": str(WAIT_SECONDS)} if code == TOO_MANY else {}
        refuse_with(code, heading=_("Nothing was pushed."), advice=push_words(refused), **later)


def _brief(item: UnitEntry) -> dict[str, object]:
    address = url_for("public.item", item=item.id, _external=True) if item.is_public else None
    return {"id": item.id, "title": item.title, "state": item.state, "url": address}
