"""The pages to which platforms send people back: whoever comes must have left from here, for their own channel, once.

Each platform is a row of RETURNS: how its code is called in the address, and what becomes of it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import NoReturn

import structlog
from flask import Blueprint, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import LazyString, lazy_gettext
from flask_babel import gettext as _

from indexer.base import times
from indexer.base.ids import ChannelId
from indexer.connections.desk import ConnectRefused
from indexer.connections.records import Platform
from indexer.people.rights import may_see
from indexer.records import channels
from indexer.records.database import Transaction
from indexer.whitelist.records import Channel
from web.app import states
from web.app.access import signed_in
from web.app.errors import refuse_with
from web.app.limits import CONNECT, limiter
from web.app.site import site
from web.app.states import StateProblem, StateRefused
from web.unit import authorising

NOT_TAKEN = 403
blueprint = Blueprint("returns", __name__, url_prefix="/connect")
log = structlog.get_logger()
FileCode = Callable[..., None]
WORDS: Mapping[StateProblem, LazyString] = MappingProxyType(
    {
        StateProblem.FOREIGN: lazy_gettext(
            "This way back did not begin here, or not in this session. Begin anew on the channel's connection page."
        ),
        StateProblem.LATE: lazy_gettext(
            "The authorisation took more than a quarter of an hour. Begin anew on the channel's connection page."
        ),
        StateProblem.USED: lazy_gettext(
            "This way back was used already. What came of it stands on the channel's connection page."
        ),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Return:
    """A platform's way back. code: name of its parameter. file: files a code, in a transaction, for the channel."""

    platform: Platform
    code: str
    file: FileCode


RETURNS: Mapping[str, Return] = MappingProxyType(
    {
        "component": Return(platform=Platform.COMPONENT, code="auth_code", file=authorising.file_code),
    }
)


@limiter.limit(CONNECT)
def come_back(way: str) -> ResponseReturnValue:
    """File the code that a person brought back, and show them the page of their channel, where they wait."""
    back, now = RETURNS[way], times.now()
    code, state = request.args.get(back.code, ""), request.args.get("state", "")
    try:
        with site().database.transaction() as tx:
            taken = states.take(tx, state, back.platform, states.own_session(), now=now)
            channel = _own(tx, taken.channel)
            back.file(tx, channel, code, now=now)
    except StateRefused as refused:
        _refuse(way, refused.problem.value, str(WORDS[refused.problem]))
    except ConnectRefused as refused:
        _refuse(way, refused.problem.value, _("The platform sent no code along. Begin anew on the connection page."))
    return redirect(url_for("unit.connect", channel=channel.id), 303)


def _own(tx: Transaction, wanted: ChannelId) -> Channel:
    found = channels.channel(tx, wanted)
    if found is None or not may_see(signed_in(), found.unit):  # of another unit by now
        abort(404)
    return found


def _refuse(way: str, problem: str, advice: str) -> NoReturn:
    """Nothing of the address is logged: it holds a code."""
    log.warning("return_refused", way=way, problem=problem, address=request.remote_addr)
    refuse_with(NOT_TAKEN, heading=_("Nothing was connected"), advice=advice)


for name in RETURNS:
    blueprint.add_url_rule(f"/{name}/return", endpoint=name, view_func=come_back, defaults={"way": name})
