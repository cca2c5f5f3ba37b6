"""How WeChat numbers its accounts."""

import base64
import binascii


def biz_number(biz: str) -> str | None:
    """Return the account's number as decimal digits; None where the text is no number.

    `__biz` is base64 of a decimal number, with or without padding: the same account either way.
    """
    if biz.isascii() and biz.isdigit():
        return biz
    try:
        number = base64.b64decode(biz + "=" * (-len(biz) % 4), validate=True).decode("ascii")
    except (binascii.Error, ValueError):
        return None
    return number if number.isdigit() else None
