"""The page that a picture's host expects it to be asked for from."""

from w3lib.url import safe_url_string

from config.addresses import BadAddress, place_of
from indexer.whitelist.picture_hosts import platform_of


def referer_of(url: str, page: str) -> str:
    """Return the page that a picture is asked for from: the platform's own, else the one that shows it.

    Of the latter no more than a browser would send: nothing from https to http, and to another host its origin alone.
    """
    try:
        picture, shown_on = place_of(url), place_of(page)
    except BadAddress:
        return ""
    if (platform := platform_of(picture.netloc)) is not None:
        return platform.referer
    if shown_on.scheme == "https" and picture.scheme == "http":
        return ""
    return safe_url_string(page) if shown_on.netloc == picture.netloc else f"{shown_on.scheme}://{shown_on.netloc}/"
