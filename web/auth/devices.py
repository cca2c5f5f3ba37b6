"""Remember the browsers that somebody signed in on: a signed cookie, which lets nobody in by itself."""

import secrets

from flask import Response, current_app, request
from itsdangerous import BadData, URLSafeSerializer

from indexer.people.accounts import Device, User, UserId
from web.app.addresses import is_https
from web.app.limits import client

COOKIE, SALT = "device", "carnival.device"
SECONDS = 180 * 24 * 3600
ID_BYTES, PEOPLE = 12, 8  # at one browser, the latest


def known() -> Device | None:
    """Return the device that asks; None where nobody signed in on it, or the cookie is not ours."""
    try:
        found = _serializer().loads(request.cookies.get(COOKIE, ""))
    except BadData:
        return None
    match found:
        case [str() as id_, [*people]] if all(isinstance(one, str) for one in people):
            return Device(id=id_, people=tuple(UserId(one) for one in people))
    return None


def device_or_client() -> str:
    """Return who asks, as the limit of sign-ins counts: a known device by itself, whoever else is at its address."""
    device = known()
    return f"device {device.id}" if device else client()


def remember(response: Response, user: User) -> None:
    """Note in the cookie that this person signed in here."""
    before = known()
    people = [one for one in (before.people if before else ()) if one != user.id]
    value = _serializer().dumps([before.id if before else secrets.token_hex(ID_BYTES), [*people, user.id][-PEOPLE:]])
    response.set_cookie(
        COOKIE, value, max_age=SECONDS, path="/sign-in", httponly=True, samesite="Lax", secure=is_https()
    )


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt=SALT)
