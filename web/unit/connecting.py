"""The page on which a channel is connected with its platform: by its unit, or by an administrator for it.

Its parts lie in templates/unit/connect, one a way into a platform: each shows its own form or button.
"""

from dataclasses import dataclass

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import LazyString
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired, Length, Optional

from config.words import ChannelKind
from indexer.base import times
from indexer.connections import desk
from indexer.connections.desk import ConnectProblem, ConnectRefused
from indexer.connections.records import Connection, ConnectionState, Platform
from indexer.records import channels, connections, inbox
from indexer.records.database import Transaction
from indexer.records.inbox import InboxKind
from indexer.whitelist.records import Channel
from web.app.access import signed_in
from web.app.limits import CONNECT, limiter
from web.app.site import site
from web.shown.connections import CONNECT_PROBLEMS, PLATFORMS, STATES, ShownConnecting, connecting
from web.unit import component as by_component
from web.unit.owning import own_channel

REFUSED, STALE = 400, 409
FIELD_CHARS = 100


def _trimmed(typed: str | None) -> str | None:
    return typed.strip() if typed else typed


class WechatForm(FlaskForm):  # type: ignore[misc] # Flask-WTF carries no types
    """App id and secret of an account, and those of its callbacks where it has any."""

    appid = StringField(filters=[_trimmed], validators=[InputRequired(), Length(max=FIELD_CHARS)])
    secret = PasswordField(filters=[_trimmed], validators=[InputRequired(), Length(max=FIELD_CHARS)])
    token = PasswordField(filters=[_trimmed], validators=[Optional(), Length(max=FIELD_CHARS)])
    aes_key = PasswordField(filters=[_trimmed], validators=[Optional(), Length(max=FIELD_CHARS)])


class NameForm(FlaskForm):  # type: ignore[misc]
    """The new name, as the person saw it."""

    name = StringField(validators=[InputRequired(), Length(max=300)])


@dataclass(frozen=True, slots=True, kw_only=True)
class Untaken:
    """A form that was not taken. place: which way. trouble: why. account: as it was typed; a secret is never shown."""

    place: str
    trouble: str | LazyString
    account: str = ""


def connect(channel: str) -> str:
    """The channel's connection, and the ways to make or end one."""
    return shown(own_channel(channel))


@limiter.limit(CONNECT)
def connect_wechat(channel: str) -> ResponseReturnValue:
    """File app id and secret for the collector, who tries them; they are sealed at once."""
    own, form = own_channel(channel), WechatForm()
    if "csrf_token" in form.errors or not form.validate():
        return _not_taken(own, ConnectProblem.APPID if form.errors.get("appid") else ConnectProblem.SECRET, form)
    try:
        desk.file_wechat(
            site().database,
            site().settings,
            channel=own.id,
            appid=form.appid.data,
            secret=form.secret.data,
            token=form.token.data or "",
            aes_key=form.aes_key.data or "",
            by=signed_in().actor,
            now=times.now(),
        )
    except ConnectRefused as refused:
        return _not_taken(own, refused.problem, form)
    return redirect(url_for("unit.connect", channel=own.id), 303)


def disconnect(channel: str) -> ResponseReturnValue:
    """End the connection; its secrets and tokens are wiped."""
    own = own_channel(channel)
    try:
        desk.disconnect(site().database, own.id, by=signed_in().actor, now=times.now())
    except ConnectRefused as refused:
        flash(CONNECT_PROBLEMS[refused.problem], "error")
    else:
        flash(_("The channel is disconnected. Its secrets and tokens are deleted here."), "done")
    return redirect(url_for("unit.connect", channel=own.id), 303)


def confirm_name(channel: str) -> ResponseReturnValue:
    """Take the new name of the account for its name."""
    own, form = own_channel(channel), NameForm()
    try:
        named = desk.confirm_name(
            site().database, own.id, new_name=form.name.data or "", by=signed_in().actor, now=times.now()
        )
    except ConnectRefused as refused:
        flash(CONNECT_PROBLEMS[refused.problem], "error")
    else:
        flash(_("The account is called “%(name)s” from now on.", name=named.name), "done")
    return redirect(url_for("unit.connect", channel=own.id), 303)


def shown(channel: Channel, *, untaken: Untaken | None = None) -> str:
    """Return the page as it stands. untaken: the form that was not taken."""
    with site().database.reading() as tx:
        unit = channels.unit(tx, channel.unit)
        connection = connections.connection(tx, channel.id)
        filed = _filed(tx, channel)
        component = by_component.box(tx, channel) if channel.kind is ChannelKind.WECHAT else None
    return render_template(
        "unit/connect/page.html",
        channel=channel,
        unit=unit,
        connection=connection,
        is_connected=_is_connected(connection),
        filed=filed,
        untaken=untaken,
        component=component,
        Platform=Platform,
        platform_words=PLATFORMS,
        state_words=STATES,
        settings=site().settings,
    )


def _is_connected(connection: Connection | None) -> bool:
    return connection is not None and connection.state is not ConnectionState.DISCONNECTED


def _filed(tx: Transaction, channel: Channel) -> ShownConnecting | None:
    """What was asked for last of this channel."""
    found = inbox.newest(tx, InboxKind.CONNECT, channels=[channel.id], limit=1)
    return connecting(found[0], now=times.now()) if found else None


def _not_taken(channel: Channel, problem: ConnectProblem, form: WechatForm) -> ResponseReturnValue:
    if problem is ConnectProblem.NO_CHANNEL:
        abort(404)
    told = Untaken(place="wechat", trouble=CONNECT_PROBLEMS[problem], account=form.appid.data or "")
    return shown(channel, untaken=told), REFUSED
