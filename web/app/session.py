"""The session cookie: signed, out of reach of scripts, `Secure` wherever the site is reached by https.

Who is signed in is not in it: it holds the token of a row (`indexer.people.sessions`).
"""

from datetime import UTC, datetime, timedelta

from flask import Flask
from flask.sessions import SecureCookieSessionInterface, SessionMixin

from config.settings import Settings
from indexer.people.sessions import SessionLimits
from web.app.addresses import is_https
from web.app.site import EXTENSION

ENDS = "ends"  # of a signed-in session: when its row is over at the latest, in seconds since 1970


class OwnSessions(SecureCookieSessionInterface):
    """Flask's own, but one setting serves both https and the demo on loopback, and the row says how long."""

    def get_cookie_secure(self, app: Flask) -> bool:
        return is_https()

    def get_cookie_httponly(self, app: Flask) -> bool:
        return True

    def get_expiration_time(self, app: Flask, session: SessionMixin) -> datetime | None:
        ends = session.get(ENDS)
        return datetime.fromtimestamp(ends, UTC) if ends is not None else None


def limits(settings: Settings) -> SessionLimits:
    """Return how long a session lasts here."""
    return SessionLimits(
        idle=timedelta(hours=settings.session_idle_hours), absolute=timedelta(days=settings.session_days)
    )


def install(app: Flask) -> None:
    """Keep the session in this cookie, whose signature is good for as long as a sign-in."""
    app.session_interface = OwnSessions()
    app.config["PERMANENT_SESSION_LIFETIME"] = limits(app.extensions[EXTENSION].settings).absolute
