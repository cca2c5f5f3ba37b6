"""policy.yaml: the rules by which checks make findings. A rule never rejects; an editor decides."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Literal, get_args

from pydantic import Field, StringConstraints, model_validator

from config.files.faults import Faults, Strict, fault, one_of
from config.files.yaml import read_yaml
from config.rule_fields import (
    Digits,
    Disguise,
    Distance,
    Expression,
    Host,
    Id,
    Lack,
    Marked,
    Personal,
    Where,
    Word,
    Words,
)
from config.words import Severity


class Rule(Strict):
    """What all rules have.

    id: ascii, stable. version: counts up with every change, stored in each finding. message: for the editor.
    basis: the law or plan it rests on. finds, passes: examples with at least one finding, and with none. draft: not
    live before an administrator switches it on, which replays it over past decisions.
    """

    id: Id
    version: int = Field(ge=1)
    severity: Severity
    message: Word
    basis: Annotated[str, StringConstraints(min_length=1, max_length=300)]
    finds: tuple[str, ...] = ()
    passes: tuple[str, ...] = ()
    draft: bool = False


class TextRule(Rule):
    """A rule that reads parts of the text. tail_characters: how many of the body's last characters are its tail."""

    where: tuple[Where, ...] = Field((Where.TITLE, Where.TEXT), min_length=1)
    tail_characters: int = Field(600, ge=50, le=5000)


class SearchRule(TextRule):
    """A rule that searches and asks what stands around.

    near: only where one of these stands within `distance` characters, counted between the nearest ends, in the same
    part. unless: nothing where one of these stands in the same sentence. unless_found: nothing in a part where this
    expression is found. marked: what the editor sees marked, `found`, `phrase` (what was found and up to 8 characters
    behind it, to the next sign), `clause` (of up to 14 characters), `sentence` or `paragraph`. once: of a sentence only
    the first place is marked.
    """

    near: Words = ()
    distance: Distance = 30
    unless: Words = ()
    unless_found: Expression | None = None
    marked: Marked = Marked.FOUND
    once: bool = False


class WordsRule(SearchRule):
    """A finding for each word found.

    except_in: longer strings in which a word is harmless (`最高峰` for `最高`). whole: only as words of their own, so
    that `丰收节水果` holds no `节水`, and in none of the file's `other_senses`. disguised: also spelled with signs
    between (`spaced`), with a character that looks like the right one (`look`) or sounds like it, pinyin too (`sound`).
    A disguise that is an ordinary word itself (`菠菜`), or has too little of the word, counts only where one of
    `context` stands within `distance`.
    """

    kind: Literal["words"] = "words"
    words: Words = Field(min_length=1)
    except_in: Words = ()
    whole: bool = False
    disguised: tuple[Disguise, ...] = ()
    context: Words = ()

    @model_validator(mode="after")
    def _exceptions_hold_a_word(self) -> "WordsRule":
        for longer in self.except_in:
            if not any(word in longer for word in self.words):
                what = f"except_in: '{longer[:40]}' holds none of the words"
                raise fault(what, "Remove it, or correct its spelling.")
        return self


class PatternRule(SearchRule):
    """A finding for each match of a regular expression, compiled when it is read.

    It reads letters and digits in half width and Chinese characters in their simplified form; capitals and punctuation
    stay. A group `(?P<at>…)` is what is found of a match. more: further expressions. joined: matches with a comma, a
    few words or nothing between are one. sure: expressions whose matches count without `near`, and but where one of
    `unless_sure` stands in the same sentence.
    """

    kind: Literal["pattern"] = "pattern"
    pattern: Expression
    more: tuple[Expression, ...] = ()
    joined: bool = False
    sure: tuple[Expression, ...] = ()
    unless_sure: Words = ()


class PersonalRule(TextRule):
    """A finding for each telephone, identity or QQ number, mailbox or WeChat id.

    allowed: numbers that may stand (public hot lines as 12345), digits only. near: for `phone`, words that make a
    bare number of 7 or 8 digits a telephone number. hosts: for `email`, whose mailboxes may stand, as in `links`.
    beside_name: the severity where a person's name stands beside it.
    """

    kind: Literal["personal"] = "personal"
    looks_for: Personal
    allowed: tuple[Digits, ...] = ()
    near: Words = ()
    hosts: tuple[Host, ...] = ()
    beside_name: Severity | None = None


class ShopRule(TextRule):
    """A finding for each address of a shop, linked or written, and for each token that a shop's app opens.

    hosts: as in `links`. words: names of the shops; a token counts only with one of them within 30 characters.
    """

    kind: Literal["shop"] = "shop"
    hosts: tuple[Host, ...] = Field(min_length=1)
    words: Words = ()


class MarkRule(TextRule):
    """A finding for each of the marks that is written wrongly.

    One character is another one, stands twice, is missing or too many, or some have changed places; or signs stand
    between. What makes words with its neighbours (`科技中国`, `全市科普日`) is another phrase. right: other right
    writings, in which nothing is wrong.
    """

    kind: Literal["mark"] = "mark"
    marks: tuple[Annotated[str, StringConstraints(min_length=4, max_length=20)], ...] = Field(min_length=1)
    right: Words = ()


class StructureRule(Rule):
    """A finding on the title where something is missing.

    `no-date`: the piece names no date. `empty-body`: no text, picture, sound or video. `title-unlike-body`: a text of
    200 characters or more holds none of the title's words and few of its characters. `qr-code`: a picture holds one,
    which is shown by what it says. An example's first line is its
    title; it is dated where it names a day (`2026年9月17日`), and what stands in `[码：…]` is a QR code in a picture.
    """

    kind: Literal["structure"] = "structure"
    looks_for: Lack


class LinksRule(Rule):
    """A finding for each address in the body whose host is neither registered for the item's unit nor in `hosts`.

    hosts: exact, lower case; a leading dot (`.gov.cn`) takes every host below. short_links: hosts that hide the true
    goal, always found.
    """

    kind: Literal["links"] = "links"
    hosts: tuple[Host, ...] = ()
    short_links: tuple[Host, ...] = ()


class NameRule(Rule):
    """The exact-keyword rule on names: counts only if `contains` stands in the title in a row, compared after NFC only.

    A finding (a hint) is made where the name does not hold it but is about it: it matches one of `hints`, i.e. strings
    that name the subject in another form (`食品之安全`, `食品 安全`, `食安`).
    """

    kind: Literal["name"] = "name"
    contains: Word
    hints: Words = ()


class LookRule(TextRule):
    """What rules have that rest on a likeness: they only ever say that an editor should look."""

    @model_validator(mode="after")
    def _only_says_look(self) -> "LookRule":
        if self.severity not in (Severity.NOTE, Severity.LOW):
            raise fault(f"severity: a likeness is no ground for '{self.severity}'", "Write note or low.")
        return self


class OffenceRule(LookRule):
    """A finding for each sentence that reads like an offensive comment, by the shipped model.

    least: the probability from which a sentence is marked, as comments go. unless: nothing where one of these stands in
    the same sentence (who names symptoms insults nobody). Its severity is `note` or `low`.
    """

    kind: Literal["offence"] = "offence"
    least: float = Field(0.9, gt=0, lt=1)
    unless: Words = ()


class LikeRule(LookRule):
    """A finding on a piece whose meaning is close to one of the examples in `like`, by the deployment's embedder.

    least: the cosine from which it counts, on the scale of multilingual-e5-small (0.90 is close, 0.88 is by chance).
    unlike: pieces on the same subjects that are meant otherwise; by `lead` the piece must be closer to `like`, on the
    same scale. Its severity is `note` or `low`. An example's first line is its title. Without an embedder it finds
    nothing.
    """

    kind: Literal["like"] = "like"
    like: tuple[Annotated[str, StringConstraints(min_length=4, max_length=1000)], ...] = Field(min_length=1)
    least: float = Field(0.91, gt=0.5, lt=1)
    unlike: tuple[Annotated[str, StringConstraints(min_length=4, max_length=1000)], ...] = ()
    lead: float = Field(0.0, ge=0, lt=0.5)


AnyRule = (
    WordsRule
    | PatternRule
    | PersonalRule
    | LinksRule
    | NameRule
    | ShopRule
    | MarkRule
    | StructureRule
    | OffenceRule
    | LikeRule
)
KINDS: Mapping[str, type[AnyRule]] = MappingProxyType(
    {rule.model_fields["kind"].default: rule for rule in get_args(AnyRule)}
)


class Policy(Strict):
    """The deployment's rules in the order of the file; ids are unique.

    other_senses: longer strings in which a word has another sense, for all rules that ask for whole words.
    """

    version: int = Field(ge=1)
    other_senses: Words = ()
    rules: tuple[AnyRule, ...] = ()


def live(policy: Policy, switched: Mapping[str, bool]) -> Policy:
    """Return the policy with the rules in force: those that are no draft, but for what was switched. Pure.

    switched: id → on or off, as an administrator decided; ids that the policy does not know are passed over.
    """
    rules = tuple(rule for rule in policy.rules if switched.get(rule.id, not rule.draft))
    return policy.model_copy(update={"rules": rules})


class _File(Strict):
    """The file before its rules are known: each is read as what its kind says.

    lists: words that rules name as `<id>`, in lists of words and in expressions.
    """

    version: int = Field(ge=1)
    lists: dict[Id, Words] = Field(default_factory=dict)
    other_senses: Words = ()
    rules: tuple[dict[str, object], ...] = ()


def load_policy(path: Path) -> Policy:
    """Return the rules of that file. Raises ConfigRefused with all faults, an expression that cannot run included."""
    document = read_yaml(path)
    faults = Faults(document)
    file = faults.must_read(_File, document.data, ())
    rules = [_read_rule(rule, number, faults, file.lists) for number, rule in enumerate(file.rules)]
    faults.check_unique_ids("rules", do="Give each rule its own.")
    faults.stop_if_any()
    known = tuple(rule for rule in rules if rule is not None)
    return Policy(version=file.version, other_senses=file.other_senses, rules=known)


def _read_rule(
    given: Mapping[str, object], number: int, faults: Faults, lists: Mapping[str, tuple[str, ...]]
) -> AnyRule | None:
    kind = given.get("kind")
    if isinstance(kind, str) and kind in KINDS:
        return faults.read(KINDS[kind], given, ("rules", number), context=lists)
    what = "kind is missing" if kind is None else f"{kind!r} is no kind of rule"
    faults.add(("rules", number, "kind"), what=what, do=one_of(tuple(KINDS), str(kind)))
    return None
