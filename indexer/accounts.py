"""The frozen records of people who sign in."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from indexer.items import UnitId

UserId = NewType("UserId", str)
SessionId = NewType("SessionId", str)


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One sign-in that goes on. network: where it began, shortened. agent: the browser's own words, shortened."""

    id: SessionId
    user: UserId
    created_at: datetime
    seen_at: datetime
    network: str
    agent: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """A browser that somebody signed in on before. people: who did, the latest last."""

    id: str
    people: tuple[UserId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """Where an attempt to sign in comes from. address: of the client, as text. device: None where it is new."""

    address: str = ""
    agent: str = ""
    device: Device | None = None
