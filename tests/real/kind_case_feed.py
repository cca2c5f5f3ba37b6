"""Rows of kind `case_feed`: as `feed`."""

from tests.real.kind_feed import compare

__all__ = ["compare"]
