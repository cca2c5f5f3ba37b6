"""The frozen records of people who sign in."""

from dataclasses import dataclass
from datetime import datetime
from typing import NewType

from indexer.base.actors import Actor, ActorKind
from indexer.base.ids import UnitId
from indexer.people.rights import Role

UserId = NewType("UserId", str)
SessionId = NewType("SessionId", str)


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """A person who signs in; unit: whose desk it is, where the role is of a unit. The hash never leaves records."""

    id: UserId
    name: str
    role: Role
    unit: UnitId | None = None

    @property
    def actor(self) -> Actor:
        """Return this person as the ledger names them."""
        return Actor(kind=ActorKind.PERSON, id=self.id, name=self.name)


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
