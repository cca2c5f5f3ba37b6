"""What a bad configuration says: every fault at once, each with its place and the remedy."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing wrong in one place; `line` counts from 1 (0: the file as a whole), `do` is an instruction."""

    file: str
    line: int
    field: str
    what: str
    do: str

    def __str__(self) -> str:
        """Give one line: `units.yaml:41: channels[2].hosts: what. do`."""
        place = f"{self.file}:{self.line}" if self.line else self.file
        field = f"{self.field}: " if self.field else ""
        return f"{place}: {field}{self.what}. {self.do}".rstrip()


class ConfigRefused(Exception):
    """Nothing of the file was taken; `problems` lists all its faults in the order of their lines."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))
