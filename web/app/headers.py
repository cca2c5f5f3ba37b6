"""Response headers: what a browser may load, what a cache may keep."""

from flask import Flask, Response, request
from flask_login import current_user

from web.shown.players import FRAMED

POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",  # suggestions (web/static/suggest.js)
        f"frame-src {' '.join(FRAMED)}",  # players, each after a click (web/static/player.js)
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    ]
)
PUBLIC_SECONDS, STATIC_SECONDS, HSTS_SECONDS = 60, 3600, 31_536_000
CACHED_BLUEPRINTS = frozenset({"public", "api"})
FILES = frozenset({"static", "public.media"})  # they say themselves how long they are kept
FRESH = frozenset({"public.health", "public.report", "public.reports"})  # of this moment, or of one reader


def protect(response: Response) -> Response:
    """Add the headers that every answer carries."""
    headers = response.headers
    headers["Content-Security-Policy"] = POLICY
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Referrer-Policy"] = "same-origin"
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    if request.is_secure:
        headers["Strict-Transport-Security"] = f"max-age={HSTS_SECONDS}"
    return response


def cache(response: Response) -> Response:
    """Public answers to strangers: one minute and an ETag. All else is kept by nobody, but for files."""
    if request.endpoint in FILES and response.status_code in (200, 206, 304):
        return response
    if _is_shared(response):
        response.headers["Cache-Control"] = f"public, max-age={PUBLIC_SECONDS}"
        response.vary.add("Cookie")
        response.add_etag()
        response.make_conditional(request)
        return response
    response.headers["Cache-Control"] = "no-store"
    return response


def close_unsent(response: Response) -> Response:
    """Close the file of an answer that has no body to send: werkzeug leaves it open for the garbage collector."""
    if request.method == "HEAD" or response.status_code == 304:
        response.close()
    return response


def _is_shared(response: Response) -> bool:
    is_public = request.blueprint in CACHED_BLUEPRINTS and request.endpoint not in FRESH
    is_plain = request.method in {"GET", "HEAD"} and response.status_code == 200
    return is_public and is_plain and "Set-Cookie" not in response.headers and not current_user.is_authenticated


def install(app: Flask) -> None:
    """Set the headers last; Flask runs these in the reverse order, so register before what sets cookies."""
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = STATIC_SECONDS
    app.after_request(close_unsent)
    app.after_request(cache)
    app.after_request(protect)
