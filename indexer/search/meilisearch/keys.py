"""The two keys that a deployment needs of a Meilisearch server, made from its master key."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from indexer.search.meilisearch.client import open_client
from indexer.search.meilisearch.errors import server_errors
from indexer.search.meilisearch.index import INDEX, REQUEST_SECONDS

SEARCH, WORKER = "cloud-carnival search", "cloud-carnival worker"
LISTED = 1000  # keys of a server that are looked through
WANTED: Mapping[str, Mapping[str, Any]] = {
    SEARCH: {"actions": ["search"], "indexes": [f"{INDEX}*"]},
    WORKER: {
        "actions": [
            "search",
            *(f"documents.{one}" for one in ("add", "get", "delete")),
            *(f"indexes.{one}" for one in ("create", "get", "delete", "swap")),
            *(f"settings.{one}" for one in ("get", "update")),
            "tasks.get",
            "version",
        ],
        # The task of a swap belongs to no index: only a key of all of them sees it.
        "indexes": ["*"],
    },
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """search: may only search, for the site. worker: for all that writes."""

    search: str
    worker: str


def make_keys(url: str, master: str) -> Keys:
    """Return both keys; what the server has already by our name and with these rights is not made again.

    Raises IndexDown.
    """
    with server_errors():
        client = open_client(url, master, seconds=REQUEST_SECONDS)
        held = client.get_keys({"limit": LISTED}).results
        made = {
            name: next((key.key for key in held if _is(key, name, rights)), None)
            or client.create_key({"name": name, **rights, "expiresAt": None}).key
            for name, rights in WANTED.items()
        }
    return Keys(search=made[SEARCH], worker=made[WORKER])


def _is(key: Any, name: str, rights: Mapping[str, Any]) -> bool:  # noqa: ANN401  # the package marks itself untyped
    has_rights = set(key.actions) == set(rights["actions"]) and list(key.indexes) == rights["indexes"]
    return key.name == name and has_rights and key.expires_at is None
