"""Whoever gives the commands by which tests make accounts, and when."""

from datetime import UTC, datetime

from indexer.base.actors import operator

OPERATOR, NOW = operator("运维"), datetime(2026, 9, 17, 2, 0, tzinfo=UTC)
