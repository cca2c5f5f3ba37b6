"""Models of configuration files, and pydantic's errors as Problems: the place, what is wrong there, what to do."""

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import TypeVar, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from config.errors import ConfigRefused, Problem
from config.files.document import Document, Spot, field_name

SHOWN_CHARS = 60
NO_NUMBER = ("{} is no whole number", "Write it in digits.")
NO_MAPPING = ("{} is no mapping", "Write keys and values here.")
PLAIN_WORDS = {  # for kinds of pydantic's errors: what is wrong, what to do
    "missing": ("is missing", "Add it."),
    "int_parsing": NO_NUMBER,
    "int_type": NO_NUMBER,
    "int_from_float": NO_NUMBER,
    "string_type": ("{} is no text", "Write it in quotation marks."),
    "dict_type": NO_MAPPING,
    "model_type": NO_MAPPING,
}
Model = TypeVar("Model", bound=BaseModel)


class Strict(BaseModel):
    """A frozen model of a part of a file; it refuses unknown keys."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


def _not_empty(value: object) -> object:
    if isinstance(value, list | tuple) and not value:
        raise fault("is empty", "Add one at least.")
    return value


# For a list that holds something: `min_length` would count its good entries alone, and blame the list for a bad one.
NOT_EMPTY = BeforeValidator(_not_empty)


class Faults:
    """Collects what is wrong in one document, so that all of it is said at once."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.problems: list[Problem] = []

    def add(self, spot: Spot, *, what: str, do: str) -> None:
        """Note one fault."""
        self.problems.append(self.document.problem(spot, what=what, do=do))

    def check_unique_ids(self, key: str, *, do: str) -> None:
        """Note each `id` that stands twice in the file's list of that key, whatever else is wrong in it."""
        seen: set[object] = set()
        for number, row in enumerate(self.document.rows(key)):
            if row.get("id") in seen:
                self.add((key, number, "id"), what=f"the id `{row['id']}` stands twice", do=do)
            elif isinstance(row.get("id"), str):
                seen.add(row["id"])

    def read(
        self, model: type[Model], data: object, spot: Spot, *, context: Mapping[str, object] | None = None
    ) -> Model | None:
        """Return the part at that spot as the model, or None after noting its faults; context: for its validators."""
        if not isinstance(data, dict):
            self.add(spot, what=f"{_shown(data)} is no mapping", do="Write keys and values here.")
            return None
        try:
            return model.model_validate(data, context=context)
        except ValidationError as error:
            for entry in error.errors(include_url=False):
                here: Spot = (*spot, *entry["loc"])
                what, do = words(entry, known=_keys_at(model, entry["loc"]))
                self.add(here, what=what, do=do)
            return None

    def must_read(
        self, model: type[Model], data: object, spot: Spot, *, context: Mapping[str, object] | None = None
    ) -> Model:
        """Return the part at that spot as the model. Raises ConfigRefused with everything noted where it has faults."""
        part = self.read(model, data, spot, context=context)
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
        case "enum" | "literal_error":
            return f"{_shown(value)} is not known here", _choices(str(context["expected"]), str(value))
        case kind if kind in PLAIN_WORDS:
            what, do = PLAIN_WORDS[kind]
            return what.format(_shown(value)), do
        case kind if kind.startswith("date"):
            return f"{_shown(value)} is no date", "Write it as 2026-09-17."
        case _:
            return f"{_shown(value)}: {_lower(entry['msg'])}", "Correct the value."


def _keys_at(model: type[BaseModel], place: Spot) -> tuple[str, ...]:
    """The keys that the model nested at the place takes beside the last one of it."""
    for part in place[:-1]:
        if isinstance(part, str) and part in model.model_fields:
            kinds = (model.model_fields[part].annotation, *get_args(model.model_fields[part].annotation))
            model = next((kind for kind in kinds if isinstance(kind, type) and issubclass(kind, BaseModel)), model)
    return tuple(model.model_fields)


def _choices(expected: str, wrong: str) -> str:
    values = [value.strip(" '") for value in expected.replace(" or ", ", ").split(",")]
    return one_of(values, wrong)


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= SHOWN_CHARS else f"{text[:SHOWN_CHARS]}…"


def _lower(message: str) -> str:
    message = message.removeprefix("Value error, ")
    return message[:1].lower() + message[1:]
