"""The frozen records of people who sign in."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

from indexer.items import UnitId

UserId = NewType("UserId", str)


class Role(StrEnum):
    """What a signed-in person may do; web.access and indexer.review.roles read it."""

    UNIT = "unit"
    EDITOR = "editor"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """A person who signs in; unit: for the role `unit`, whose desk it is. The password's hash never leaves records."""

    id: UserId
    name: str
    role: Role
    unit: UnitId | None = None
