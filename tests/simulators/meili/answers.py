"""What a Meilisearch server answers where it refuses: shapes and words of 1.50."""

from collections.abc import Iterable
from typing import Any

Json = dict[str, Any]
LINK = "https://docs.meilisearch.com/errors#"


class Refused(Exception):
    """An answer that is an error: status, code, message; of a path that is none there is no body."""

    def __init__(self, status: int, code: str, message: str, *, kind: str = "invalid_request") -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.body: Json | None = error(code, message, kind=kind) if code else None


def error(code: str, message: str, *, kind: str = "invalid_request") -> Json:
    """Return the body of an error, as an answer and as what a task failed of."""
    return {"message": message, "code": code, "type": kind, "link": LINK + code}


def missing(uid: str) -> Json:
    """Return the error of an index that is not there."""
    return error("index_not_found", f"Index `{uid}` not found.")


def quoted(names: Iterable[str], *, between: str = "`, `") -> str:
    """Return names in order, as the server lists what there is."""
    return f"`{between.join(names)}`"


def check_fields(body: Json, known: Iterable[str]) -> None:
    """Refuse a field that is none."""
    listed = list(known)
    for name in body:
        if name not in listed:
            raise Refused(400, "bad_request", f"Unknown field `{name}`: expected one of {quoted(listed)}")
