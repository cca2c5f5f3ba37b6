"""policy.yaml: the rules by which `indexer.policies` makes findings. A rule never rejects; an editor decides.

Where a rule looks (`where`): `title`, `text` (the body), `tail` (the last `tail_characters` of the body, where adverts
sit); `links` rules look at all addresses of the cleaned body and say `links`.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from config.policy_shapes import (
    LinksShape,
    NameShape,
    PatternShape,
    Personal,
    PersonalShape,
    PolicyShape,
    RuleSeverity,
    RuleShape,
    Where,
    WordsShape,
    read_rules,
)
from config.validation import Faults
from config.yamlfile import read_yaml

__all__ = [
    "AnyRule",
    "LinksRule",
    "NameRule",
    "PatternRule",
    "Personal",
    "PersonalRule",
    "Policy",
    "Rule",
    "RuleSeverity",
    "Where",
    "WordsRule",
    "load_policy",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What all rules have.

    id: ascii, stable. version: counts up with every change, stored in each finding. message: for the editor.
    basis: the law or plan it rests on. where: in the order of the file; empty for `links` and `name`, which know their
    part. finds, passes: examples with at least one finding, and with none.
    """

    id: str
    version: int
    severity: RuleSeverity
    message: str
    basis: str
    where: tuple[Where, ...] = ()
    tail_characters: int = 600
    finds: tuple[str, ...] = ()
    passes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WordsRule(Rule):
    """A finding for each word found; with `near`, only where one of those stands within `distance` characters.

    except_in: longer strings in which a word is harmless (`最高峰` for `最高`). The distance is counted between the
    nearest ends, in the same part of the item.
    """

    words: tuple[str, ...]
    near: tuple[str, ...] = ()
    distance: int = 30
    except_in: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PatternRule(Rule):
    """A finding for each match of a regular expression, already compiled; with `near` as in WordsRule."""

    pattern: re.Pattern[str]
    near: tuple[str, ...] = ()
    distance: int = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonalRule(Rule):
    """A finding for each telephone or identity number.

    allowed: numbers that may stand (public hot lines as 12345), digits only. near: for `phone`, words that make a
    bare number of 7 or 8 digits a telephone number.
    """

    looks_for: Personal
    allowed: tuple[str, ...] = ()
    near: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LinksRule(Rule):
    """A finding for each address whose host is neither registered for the item's unit nor in `hosts`.

    hosts: exact, lower case; a leading dot (`.gov.cn`) takes every host below. short_links: hosts that hide the true
    goal, always found.
    """

    hosts: tuple[str, ...] = ()
    short_links: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NameRule(Rule):
    """The exact-keyword rule on names: counts only if `contains` stands in the title in a row, compared after NFC only.

    A finding (a hint) is made where the name does not hold it but is about it: it matches one of `hints`, i.e. strings
    that name the subject in another form (`食品之安全`, `食品 安全`, `食安`).
    """

    contains: str
    hints: tuple[str, ...] = ()


AnyRule = WordsRule | PatternRule | PersonalRule | LinksRule | NameRule


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """The deployment's rules in the order of the file; ids are unique."""

    version: int
    rules: tuple[AnyRule, ...]


def load_policy(path: Path) -> Policy:
    """Return the rules of that file. Raises ConfigRefused with all faults, an expression that cannot run included."""
    document = read_yaml(path)
    faults = Faults(document)
    file = faults.must_read(PolicyShape, document.data, ())
    shapes = read_rules(file.rules, faults)
    faults.stop_if_any()
    return Policy(version=file.version, rules=tuple(_rule(shape) for shape in shapes))


def _rule(shape: RuleShape) -> AnyRule:
    fields = {name: value for name, value in shape if name != "kind"}
    match shape:
        case WordsShape():
            return WordsRule(**fields)
        case PatternShape():
            return PatternRule(**{**fields, "pattern": re.compile(shape.pattern)})
        case PersonalShape():
            return PersonalRule(**fields)
        case LinksShape():
            return LinksRule(**fields)
        case NameShape():
            return NameRule(**fields)
    raise TypeError(f"no rule for {type(shape).__name__}")
