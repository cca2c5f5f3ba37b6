"""Rows of kind `wechat_event`: decrypted callback bodies (shared/fixtures/README.md)."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from indexer.connections.events import Event, XmlRefused, read_event
from tests.real.comparing import differing, squeeze_markup
from tests.real.rows import read_bytes


def compare(path: Path, expected: Mapping[str, Any]) -> list[str]:
    """Return what differs, each line beginning with the field's name; empty where the row is met."""
    try:
        event = read_event(read_bytes(path))
    except XmlRefused as refused:
        return [] if expected.get("refused") else [f"refused: {refused}"]
    if expected.get("refused"):
        return [f"refused: got {event.name!r}"]
    answer = answered(event)
    asked = {field: wanted for field, wanted in expected.items() if field in answer}
    return [
        differing(field, answer[field], wanted)
        for field, wanted in asked.items()
        if wanted is not None and _plain(answer[field]) != _plain(wanted)
    ]


def answered(event: Event) -> dict[str, object]:
    """Return what the event says, by the manifest's names."""
    job, mass = event.publication, event.mass_send
    told = job or mass
    return {
        "ToUserName": event.to,
        "CreateTime": event.at,
        "Event": "" if event.is_notice else event.name,
        "InfoType": event.name if event.is_notice else "",
        "AuthorizerAppid": event.account,
        "AuthorizationCode": event.code,
        "MsgID": mass.id if mass else "",
        "Status": mass.status if mass else "",
        "sent": mass.sent if mass else None,
        "copyright_items": mass.copyright_items if mass else None,
        "check_state": mass.check if mass else None,
        "publish_id": job.id if job else "",
        "publish_status": job.status if job else None,
        "article_id": job.article_id if job else None,
        "fail_idx": list(job.failed) if job else [],
        "urls": list(told.urls) if told else [],
        "count_field": told.stated if told else None,
    }


def _plain(value: object) -> object:
    """Ids are compared as text, whether number or string; texts squeezed."""
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return squeeze_markup(str(value))
