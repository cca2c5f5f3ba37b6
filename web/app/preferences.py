"""A reader's preferences (language, size of type, single keys): set by `?lang=` and the like, kept in a cookie."""

from urllib.parse import urlencode

from flask import Flask, Response, request, url_for

from web.app.addresses import is_https

COOKIE_SECONDS = 365 * 24 * 3600
CHOICES = {"lang": ("zh", "en"), "type": ("normal", "large"), "keys": ("on", "off")}
LOCALES = {"zh": "zh_Hans_CN", "en": "en"}
TAGS = {"zh": "zh-CN", "en": "en"}


def chosen(name: str) -> str:
    """Return what the address asks for, else the cookie, else the first choice."""
    # Asked for with every name on a page, and the same through one request.
    held: dict[str, str] = request.environ.setdefault("carnival.preferences", {})
    if name not in held:
        asked = (request.args.get(name), request.cookies.get(name))
        held[name] = next((value for value in asked if value in CHOICES[name]), CHOICES[name][0])
    return held[name]


def locale() -> str:
    """Return the locale of the present reader, as Babel names it."""
    return LOCALES[chosen("lang")]


def same_page(**changes: str) -> str:
    """Return this page's address with a preference added; the first page where this one cannot be asked for by GET."""
    if request.method != "GET" or request.endpoint is None:
        return f"{url_for('public.home')}?{urlencode(changes)}"
    kept = [(name, value) for name, value in request.args.items(multi=True) if name not in changes]
    return f"{request.path}?{urlencode([*kept, *changes.items()])}"


def remember(response: Response) -> Response:
    """Keep in a cookie what the address asked for."""
    for name, choices in CHOICES.items():
        if (value := request.args.get(name)) in choices:
            response.set_cookie(name, value, max_age=COOKIE_SECONDS, httponly=True, samesite="Lax", secure=is_https())
    return response


def install(app: Flask) -> None:
    """Let templates and responses know the reader's choices."""
    app.after_request(remember)
    app.jinja_env.globals["same_page"] = same_page

    @app.context_processor
    def preferences() -> dict[str, object]:
        return {
            "html_lang": TAGS[chosen("lang")],
            "large_type": chosen("type") == "large",
            "single_keys": chosen("keys") == "on",
        }
