"""Kinds of pages: an article, or one of the notices that stand in its place."""

from enum import StrEnum


class PageState(StrEnum):
    """Only `ok` has a body: a notice is never taken for an article."""

    OK = "ok"
    DELETED = "deleted"
    VIOLATION = "violation"
    CAPTCHA = "captcha"
    UNKNOWN = "unknown"
