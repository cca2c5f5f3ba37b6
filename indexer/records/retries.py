"""Retry a use case from its start where another transaction wrote the same rows at the same moment."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

import structlog

from indexer.records.errors import RecordsContended

TRIES = 5
Given = ParamSpec("Given")
Result = TypeVar("Result")
log = structlog.get_logger()


def again_if_contended(use_case: Callable[Given, Result]) -> Callable[Given, Result]:
    """Wrap a use case of one transaction, of which nothing is left when it fails: it is tried up to TRIES times.

    Raises RecordsContended after the last of them.
    """

    @wraps(use_case)
    def tried(*args: Given.args, **named: Given.kwargs) -> Result:
        for turn in range(1, TRIES):
            try:
                return use_case(*args, **named)
            except RecordsContended as error:
                log.info("records_contended", use_case=use_case.__name__, turn=turn, why=str(error))
        return use_case(*args, **named)

    return tried
