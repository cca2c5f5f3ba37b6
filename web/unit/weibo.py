"""To Weibo and back: a person authorises our application for the channel's account; the collector does the rest."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from indexer.base import times
from indexer.base.ids import ChannelId
from indexer.connections import weibo
from indexer.connections.desk import ConnectRefused, known_channel
from indexer.connections.records import Platform
from web.app import states
from web.app.access import desk_of, signed_in
from web.app.limits import CONNECT, limiter
from web.app.site import site
from web.app.states import StateRefused
from web.shown.connections import CONNECT_PROBLEMS, STATE_PROBLEMS
from web.unit.owning import own_channel

DENIED, ERROR_CHARS = "access_denied", 60
WEIBO = Platform.WEIBO.value


@limiter.limit(CONNECT)
def authorise(channel: str) -> ResponseReturnValue:
    """Send the person to Weibo, with a state that leads back to this channel."""
    own = own_channel(channel)
    if not site().settings.weibo_app_key:
        flash(_("This site has no application at Weibo: its administrator has to register one."), "error")
        return redirect(url_for("unit.connect", channel=own.id), 303)
    try:
        with site().database.reading() as tx:
            known_channel(tx, own.id, Platform.WEIBO)
    except ConnectRefused as refused:
        flash(CONNECT_PROBLEMS[refused.problem], "error")
        return redirect(url_for("unit.connect", channel=own.id), 303)
    state = states.sign(own.id, WEIBO, states.own_session(), now=times.now())
    return redirect(weibo.authorise_address(site().settings, state=state, return_to=return_address()), 303)


@limiter.limit(CONNECT)
def come_back() -> ResponseReturnValue:
    """Take the person back from Weibo: file the code that they bring, or say in words why there is none."""
    try:
        with site().database.transaction() as tx:
            state = request.args.get("state", "")
            taken = states.take(tx, state, WEIBO, states.own_session(), now=times.now())
    except StateRefused as refused:
        flash(STATE_PROBLEMS[refused.problem], "error")
        return redirect(desk_of(signed_in()), 303)
    own = own_channel(taken.channel)
    if trouble := _file(own.id):
        flash(trouble, "error")
    return redirect(url_for("unit.connect", channel=own.id), 303)


def return_address() -> str:
    """Return the address that Weibo leads back to, as it is registered there."""
    return url_for("unit.weibo_return", _external=True)


def _file(channel: ChannelId) -> str:
    """File the code for the collector; return why not, empty where it is filed."""
    if error := request.args.get("error", ""):
        if error == DENIED:
            return str(_("You did not allow it at Weibo, so nothing was connected. You can try again."))
        return str(_("Weibo did not authorise: %(error)s. Nothing was connected.", error=error[:ERROR_CHARS]))
    try:
        weibo.file_code(
            site().database,
            site().settings,
            channel=channel,
            code=request.args.get("code", ""),
            return_to=return_address(),
            by=signed_in().actor,
            now=times.now(),
        )
    except ConnectRefused as refused:
        return str(CONNECT_PROBLEMS[refused.problem])
    except ValueError:
        return str(_("Weibo led back without a code. Nothing was connected; try again."))
    return ""
