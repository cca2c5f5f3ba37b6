"""Who did what stands in the ledger: a person, a named policy, the collector, a source, or an operator. Pure."""

from dataclasses import dataclass
from enum import StrEnum


class ActorKind(StrEnum):
    """What kind of actor; an operator is whoever runs `carnival` on the machine."""

    PERSON = "person"
    POLICY = "policy"
    COLLECTOR = "collector"
    SOURCE = "source"
    OPERATOR = "operator"


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who acts. id: of a person their account's, of the others what they are known by. name: what people read."""

    kind: ActorKind
    id: str
    name: str


COLLECTOR = Actor(kind=ActorKind.COLLECTOR, id="collector", name="collector")  # no person can have this name


def operator(name: str) -> Actor:
    """Return whoever gives a command under this name."""
    return Actor(kind=ActorKind.OPERATOR, id=name, name=name)


def recorded(*, kind: ActorKind | None, id: str | None, who: str) -> Actor:
    """Return the actor of a row; rows from before kinds were kept tell the collector from persons by its name."""
    if kind is not None:
        return Actor(kind=kind, id=id or "", name=who)
    return COLLECTOR if who == COLLECTOR.name else Actor(kind=ActorKind.PERSON, id="", name=who)
