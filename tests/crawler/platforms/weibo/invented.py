"""Statuses as Weibo answers them, invented."""

import json
from typing import Any

UID, NUMBER, PID = "6123456789", "5012345678901234", "006Abcdely1hxyz0123jabcdefghijkl"
MOMENT = "Sun Sep 20 09:30:00 +0800 2026"
TEXT = "【月球车如何过夜】月夜长达十四个地球日。"


def status(**fields: object) -> dict[str, Any]:
    """A public post of the unit, with these fields in place of its own."""
    made: dict[str, Any] = {
        "created_at": MOMENT,
        "id": int(NUMBER),
        "idstr": NUMBER,
        "mid": NUMBER,
        "text": TEXT,
        "user": {"id": int(UID), "idstr": UID, "screen_name": "示例科技馆"},
        "pic_urls": [],
        "isLongText": False,
        "visible": {"type": 0, "list_id": 0},
    }
    return made | fields


def other(**fields: object) -> dict[str, Any]:
    """A post of somebody else."""
    user = {"id": 6000000001, "screen_name": "示例天文台"}
    return status(id=5012345678900000, idstr="5012345678900000", text="星空的照片", user=user) | fields


def timeline(*statuses: object, **fields: object) -> bytes:
    """The answer of `user_timeline`."""
    return json.dumps({"statuses": list(statuses), "total_number": len(statuses), **fields}).encode()
