"""The session cookie: signed, out of reach of scripts, and `Secure` wherever the page came by https."""

from flask import Flask, request
from flask.sessions import SecureCookieSessionInterface


class OwnSessions(SecureCookieSessionInterface):
    """Flask's own, but one setting serves both https and the demo on loopback."""

    def get_cookie_secure(self, app: Flask) -> bool:
        return request.is_secure

    def get_cookie_httponly(self, app: Flask) -> bool:
        return True
