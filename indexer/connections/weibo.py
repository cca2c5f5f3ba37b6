"""The way of a person to Weibo and back: where they are sent to authorise, and what is filed when they return."""

import re
from datetime import datetime
from urllib.parse import urlencode

from config.settings import Settings
from indexer.base.actors import Actor
from indexer.base.ids import ChannelId
from indexer.connections.desk import SEALED, file_connect
from indexer.connections.records import Platform
from indexer.records.database import Database
from indexer.records.sealing import seal

HOST = "api.weibo.com"
RETURN_TO = "return_to"  # field of what is filed: the address that Weibo led back to, which the exchange must repeat
CODE = re.compile(r"[0-9A-Za-z_.~-]{8,200}")


def authorise_address(settings: Settings, *, state: str, return_to: str) -> str:
    """Return the address of Weibo's page at which the owner of an account authorises our application."""
    fields = {
        "client_id": settings.weibo_app_key,
        "response_type": "code",
        "redirect_uri": return_to,
        "state": state,
    }
    return f"{settings.origin_of(HOST)}/oauth2/authorize?{urlencode(fields)}"


def file_code(
    database: Database, settings: Settings, *, channel: ChannelId, code: str, return_to: str, by: Actor, now: datetime
) -> str:
    """File the code that a person came back with, sealed, for the collector to exchange; return the id of that.

    Raises ConnectRefused, ConfigRefused, ValueError for what is no code.
    """
    if not CODE.fullmatch(code):
        raise ValueError("no code of Weibo's")
    fields = {SEALED: seal(settings, code), RETURN_TO: return_to}
    return file_connect(database, Platform.WEIBO, channel=channel, fields=fields, by=by, now=now)
