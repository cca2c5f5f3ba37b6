"""Shapes of foreign data, and pydantic's errors as Problems: the place, what is wrong there, what to do."""

from collections.abc import Sequence
from difflib import get_close_matches
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from config.document import Document, Spot, field_name
from config.errors import ConfigRefused, Problem

SHOWN_CHARS = 60
Shape = TypeVar("Shape", bound=BaseModel)


class Strict(BaseModel):
    """A shape that refuses unknown keys."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Faults:
    """Collects what is wrong in one document, so that all of it is said at once."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.problems: list[Problem] = []

    def add(self, spot: Spot, *, what: str, do: str) -> None:
        """Note one fault."""
        self.problems.append(self.document.problem(spot, what=what, do=do))

    def read(self, shape: type[Shape], data: object, spot: Spot) -> Shape | None:
        """Return the part at that spot in its shape, or None after noting its faults."""
        if not isinstance(data, dict):
            self.add(spot, what=f"{_shown(data)} is no mapping", do="Write keys and values here.")
            return None
        try:
            return shape.model_validate(data)
        except ValidationError as error:
            for entry in error.errors(include_url=False):
                here: Spot = (*spot, *entry["loc"])
                what, do = words(entry, known=tuple(shape.model_fields))
                self.add(here, what=what, do=do)
            return None

    def must_read(self, shape: type[Shape], data: object, spot: Spot) -> Shape:
        """Return the part at that spot in its shape. Raises ConfigRefused with everything noted where it has faults."""
        part = self.read(shape, data, spot)
        if part is None:
            raise self.refusal()
        return part

    def stop_if_any(self) -> None:
        """Raise ConfigRefused where anything was noted."""
        if self.problems:
            raise self.refusal()

    def refusal(self) -> ConfigRefused:
        """Return everything noted, in the order of the lines."""
        return ConfigRefused(sorted(dict.fromkeys(self.problems), key=lambda problem: problem.line))


def fault(what: str, do: str) -> PydanticCustomError:
    """Return an error for a validator to raise; its words stand in the Problem as they are."""
    return PydanticCustomError("config", "{what}", {"what": what, "do": do})


def one_of(values: Sequence[str], wrong: str) -> str:
    """Return what to write instead: the nearest of the values if one is near, else all of them."""
    near = get_close_matches(wrong, values, n=1, cutoff=0.6)
    return f"Did you mean `{near[0]}`?" if near else f"Write one of: {', '.join(values)}."


def explain(error: ValidationError, *, file: str) -> list[Problem]:
    """Return the problems of data that has no lines."""
    problems = []
    for entry in error.errors(include_url=False):
        what, do = words(entry, known=())
        problems.append(Problem(file=file, line=0, field=field_name(entry["loc"]), what=what, do=do))
    return problems


def words(entry: ErrorDetails, *, known: Sequence[str]) -> tuple[str, str]:
    """Return what is wrong and what to do, for one error of pydantic."""
    context, value = entry.get("ctx", {}), entry["input"]
    match entry["type"]:
        case "config":
            return str(context["what"]), str(context["do"])
        case "extra_forbidden":
            return "is no known key", one_of(known, str(entry["loc"][-1])) if known else "Remove it."
        case "missing":
            return "is missing", "Add it."
        case "enum" | "literal_error":
            return f"{_shown(value)} is not known here", _choices(str(context["expected"]), str(value))
        case "int_parsing" | "int_type" | "int_from_float":
            return f"{_shown(value)} is no whole number", "Write it in digits."
        case "string_type":
            return f"{_shown(value)} is no text", "Write it in quotation marks."
        case kind if kind.startswith("date"):
            return f"{_shown(value)} is no date", "Write it as 2026-09-17."
        case _:
            return f"{_shown(value)}: {_lower(entry['msg'])}", "Correct the value."


def _choices(expected: str, wrong: str) -> str:
    values = [value.strip(" '") for value in expected.replace(" or ", ", ").split(",")]
    return one_of(values, wrong)


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= SHOWN_CHARS else f"{text[:SHOWN_CHARS]}…"


def _lower(message: str) -> str:
    message = message.removeprefix("Value error, ")
    return message[:1].lower() + message[1:]
