"""What policy.yaml may hold: one shape for each kind of rule."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from config.expressions import compiled
from config.validation import Faults, Strict, fault, one_of


class RuleSeverity(StrEnum):
    """The words of `indexer.items.Severity`."""

    NOTE = "note"
    LOW = "low"
    HIGH = "high"


class Where(StrEnum):
    """The part of an item that a rule reads."""

    TITLE = "title"
    TEXT = "text"
    TAIL = "tail"


class Personal(StrEnum):
    """What a `personal` rule looks for."""

    PHONE = "phone"
    IDENTITY = "identity"


def _expression(pattern: str) -> str:
    return compiled(pattern).pattern


def _host(host: str) -> str:
    if "/" in host or ":" in host or host != host.lower() or "." not in host:
        raise fault(f"'{host[:60]}' is no host name", "Write the host alone, in lower case: www.example.cn.")
    return host


Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,59}$")]
Word = Annotated[str, StringConstraints(min_length=1, max_length=100)]
Words = Annotated[tuple[Word, ...], Field(max_length=20_000)]
Digits = Annotated[str, StringConstraints(pattern=r"^[0-9]{3,20}$")]
Host = Annotated[str, AfterValidator(_host)]
Expression = Annotated[str, AfterValidator(_expression)]
Distance = Annotated[int, Field(ge=0, le=2000)]


class RuleShape(Strict):
    """What all rules have."""

    id: Id
    version: int = Field(ge=1)
    kind: str
    severity: RuleSeverity
    message: Word
    basis: Annotated[str, StringConstraints(min_length=1, max_length=300)]
    finds: tuple[str, ...] = ()
    passes: tuple[str, ...] = ()


class TextRuleShape(RuleShape):
    """A rule that reads parts of the text."""

    where: tuple[Where, ...] = Field((Where.TITLE, Where.TEXT), min_length=1)
    tail_characters: int = Field(600, ge=50, le=5000)


class WordsShape(TextRuleShape):
    """A word list; see config.policy.WordsRule."""

    words: Words = Field(min_length=1)
    near: Words = ()
    distance: Distance = 30
    except_in: Words = ()

    @model_validator(mode="after")
    def _exceptions_hold_a_word(self) -> "WordsShape":
        for longer in self.except_in:
            if not any(word in longer for word in self.words):
                raise fault(
                    f"except_in: '{longer[:40]}' holds none of the words", "Remove it, or correct its spelling."
                )
        return self


class PatternShape(TextRuleShape):
    """A regular expression; see config.policy.PatternRule."""

    pattern: Expression
    near: Words = ()
    distance: Distance = 30


class PersonalShape(TextRuleShape):
    """Telephone or identity numbers; see config.policy.PersonalRule."""

    looks_for: Personal
    allowed: tuple[Digits, ...] = ()
    near: Words = ()


class LinksShape(RuleShape):
    """Addresses outside the register; see config.policy.LinksRule."""

    hosts: tuple[Host, ...] = ()
    short_links: tuple[Host, ...] = ()


class NameShape(RuleShape):
    """The exact-keyword rule on names; see config.policy.NameRule."""

    contains: Word
    hints: Words = ()


SHAPES: Mapping[str, type[RuleShape]] = MappingProxyType(
    {"words": WordsShape, "pattern": PatternShape, "personal": PersonalShape, "links": LinksShape, "name": NameShape}
)


class PolicyShape(Strict):
    """The whole file; each rule is read by the shape of its kind."""

    version: int = Field(ge=1)
    rules: tuple[dict[str, object], ...] = ()


def read_rules(rules: tuple[dict[str, object], ...], faults: Faults) -> list[RuleShape]:
    """Return the rules in their shapes, after noting what is wrong with the others."""
    read: list[RuleShape] = []
    for number, rule in enumerate(rules):
        spot = ("rules", number)
        kind = rule.get("kind")
        if not isinstance(kind, str) or kind not in SHAPES:
            what = "kind is missing" if kind is None else f"{kind!r} is no kind of rule"
            faults.add((*spot, "kind"), what=what, do=one_of(tuple(SHAPES), str(kind)))
            continue
        shape = faults.read(SHAPES[kind], rule, spot)
        if shape is None:
            continue
        if any(other.id == shape.id for other in read):
            faults.add((*spot, "id"), what=f"the id `{shape.id}` stands twice", do="Give each rule its own.")
        read.append(shape)
    return read
