"""What a Meilisearch server does later: changes of indexes, documents and settings, each a task with details."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from tests.simulators.meili import filters, settings, vectors
from tests.simulators.meili.answers import Json, Refused, error, missing
from tests.simulators.meili.documents import Documents

ITEM = re.compile(r"[A-Za-z0-9_-]{1,511}")
UID = re.compile(r"[A-Za-z0-9_-]{1,512}")
NO_ID = (
    'Document identifier `"{}"` is invalid. A document identifier can be of type integer or string, only composed of'
    " alphanumeric characters (a-z A-Z 0-9), hyphens (-) and underscores (_), and can not be more than 511 bytes."
)
Value = TypeVar("Value")
Done = tuple[str, Json | None, Json | None]  # the kind of a task, its details, what it failed of


class Indexes:
    """The indexes of a server: the documents of each by their key, and the settings that were sent."""

    def __init__(self) -> None:
        self.documents: dict[str, Documents] = {}
        self.settings: dict[str, Json] = {}
        self.keys: dict[str, str | None] = {}

    def create(self, body: Json) -> Done:
        uid = body["uid"]
        if not UID.fullmatch(uid):
            words = f"Invalid value at `.uid`: `{uid}` is not a valid index uid. Index uid can be an integer or a"
            rest = "string containing only alphanumeric characters, hyphens (-) and underscores (_), and can not be"
            raise Refused(400, "invalid_index_uid", f"{words} {rest} more than 512 bytes.")
        details = {"primaryKey": body.get("primaryKey")}
        if uid in self.documents:
            return "indexCreation", details, error("index_already_exists", f"Index `{uid}` already exists.")
        self._ensure(uid, body.get("primaryKey"))
        return "indexCreation", details, None

    def set_up(self, uid: str, sent: Json) -> Done:
        settings.check(sent)
        self._ensure(uid, None)
        fault = vectors.fault(uid, list(self.documents[uid].values()), sent.get("embedders", {}))
        if fault is None:
            self.settings[uid] = self.settings[uid] | sent
        return "settingsUpdate", dict(sent), fault

    def drop(self, uid: str) -> Done:
        held = self.documents.pop(uid, None)
        self.settings.pop(uid, None)
        return "indexDeletion", {"deletedDocuments": len(held or ())}, missing(uid) if held is None else None

    def swap(self, pairs: Sequence[Json]) -> Done:
        details = {"swaps": [{"indexes": pair["indexes"], "rename": pair.get("rename", False)} for pair in pairs]}
        for pair in pairs:
            one, other = pair["indexes"]
            if fault := self._unswappable(one, other, is_rename=pair.get("rename", False)):
                return "indexSwap", details, fault
            _exchange(self.documents, one, other)
            _exchange(self.settings, one, other)
            _exchange(self.keys, one, other)
        return "indexSwap", details, None

    def add(self, uid: str, documents: Sequence[Json], key: str | None) -> Done:
        self._ensure(uid, key)
        details = {"receivedDocuments": len(documents), "indexedDocuments": 0}
        if fault := self._fault(uid, documents):
            return "documentAdditionOrUpdate", details, fault
        name = self.keys[uid] or "item"
        self.documents[uid].update({str(document[name]): document for document in documents})
        return "documentAdditionOrUpdate", details | {"indexedDocuments": len(documents)}, None

    def delete_among(self, uid: str, text: str) -> Done:
        """By a filter."""
        details = {"providedIds": 0, "deletedDocuments": 0, "originalFilter": f'"{_escaped(text)}"'}
        if uid not in self.documents:
            return "documentDeletion", details, missing(uid)
        wanted = filters.conditions(text)
        try:
            filters.check(wanted, settings.whole(self.settings[uid]), uid, code="invalid_document_filter")
        except Refused as refused:
            return "documentDeletion", details, refused.body
        return "documentDeletion", details | {"deletedDocuments": self._pop(uid, self._among(uid, wanted))}, None

    def delete(self, uid: str, items: Sequence[str]) -> Done:
        """By keys."""
        details = {"providedIds": len(items), "deletedDocuments": 0, "originalFilter": None}
        if uid not in self.documents:
            return "documentDeletion", details, missing(uid)
        return "documentDeletion", details | {"deletedDocuments": self._pop(uid, items)}, None

    def _ensure(self, uid: str, key: str | None) -> None:
        self.documents.setdefault(uid, Documents())
        self.settings.setdefault(uid, {})
        self.keys[uid] = self.keys.get(uid) or key

    def _among(self, uid: str, wanted: Sequence[Sequence[filters.Condition]]) -> list[str]:
        return [item for item, document in self.documents[uid].items() if filters.holds(document, wanted)]

    def _pop(self, uid: str, items: Sequence[str]) -> int:
        return sum(self.documents[uid].pop(str(item), None) is not None for item in items)

    def _fault(self, uid: str, documents: Sequence[Json]) -> Json | None:
        name = self.keys[uid] or "item"
        for document in documents:
            if name not in document:
                words = f"Document doesn't have a `{name}` attribute: `{_compact(document)}`."
                return error("missing_document_id", words)
            if not ITEM.fullmatch(str(document[name])):
                return error("invalid_document_id", NO_ID.format(document[name]))
        return vectors.fault(uid, documents, settings.whole(self.settings[uid])["embedders"])

    def _unswappable(self, one: str, other: str, *, is_rename: bool) -> Json | None:
        if is_rename and other in self.documents:
            words = f"Cannot rename `{one}` to `{other}` as the index already exists. Hint: You can remove `{other}`"
            return error("index_already_exists", f"{words} first and then do your remove.")
        return next((missing(uid) for uid in (one, other) if uid not in self.documents), None)


def _exchange(held: dict[str, Value], one: str, other: str) -> None:
    held[one], held[other] = held[other], held[one]


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


def _compact(document: Mapping[str, Any]) -> str:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))
