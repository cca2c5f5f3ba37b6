"""Copies of pictures: served to everybody while a public piece shows them, else to editors alone."""

from flask import Response, abort, request

from indexer.catalogue.media import MediaStore
from indexer.catalogue.pictures import NAME, TYPES
from indexer.records import picture_readers
from web.app.access import is_open
from web.app.site import site

YEAR_SECONDS = 31_536_000  # under one address there is never another picture
DESK = "review.queue"  # who may open it sees what it shows
FOR_ALL = f"public, max-age={YEAR_SECONDS}, immutable"
FOR_EDITORS = "private, max-age=300"


def show(name: str) -> Response:
    """One copy, by the name of its file; 404 for whoever may not see it, as where there is none."""
    parts, found = site(), NAME.fullmatch(name)
    if found is None:
        abort(404)
    with parts.database.reading() as tx:
        is_public = picture_readers.is_public(tx, found["hash"])
        is_seen = is_public or (is_open(DESK) and picture_readers.is_used(tx, found["hash"]))
    content = MediaStore(parts.settings.data_folder).read(name) if is_seen else None
    if content is None:
        abort(404)
    response = Response(content, mimetype=TYPES[found["format"]])
    response.set_etag(name)
    response.headers["Cache-Control"] = FOR_ALL if is_public else FOR_EDITORS
    response.make_conditional(request)
    return response
