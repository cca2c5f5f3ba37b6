"""editions.yaml: the campaign's years, each with its span in days."""

from datetime import date
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, Field, StringConstraints, ValidationInfo, field_validator

from config.files.faults import Faults, Strict, fault
from config.files.yaml import read_yaml

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")]
Label = Annotated[str, StringConstraints(min_length=1, max_length=100)]


def _nothing_is_empty(value: object) -> object:
    return "" if value is None else value


class EditionEntry(Strict):
    """One year's campaign; starts and ends are days in Beijing, both included. theme: empty until announced.

    seen_in: where it was read.
    """

    id: Id
    label: Label
    theme: Annotated[str, BeforeValidator(_nothing_is_empty), StringConstraints(max_length=100)] = ""
    starts: date
    ends: date
    seen_in: str = ""

    @field_validator("ends")
    @classmethod
    def _not_before_the_start(cls, ends: date, info: ValidationInfo) -> date:
        if "starts" in info.data and ends < info.data["starts"]:
            raise fault("it ends before it starts", "Exchange the two days, or correct one.")
        return ends


class _Editions(Strict):
    version: int = Field(1, ge=1, le=1)
    editions: tuple[EditionEntry, ...] = ()


def load_editions(path: Path) -> tuple[EditionEntry, ...]:
    """Return the editions in the order of the file. Raises ConfigRefused with all faults."""
    document = read_yaml(path)
    faults = Faults(document)
    faults.check_unique_ids("editions", do="Give each edition its own.")
    file = faults.must_read(_Editions, document.data, ())
    faults.stop_if_any()
    return file.editions
