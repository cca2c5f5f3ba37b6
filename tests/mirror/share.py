"""How many of a module's lines a test file runs: those that run on import, and those seen while its tests ran."""

from collections.abc import Iterator
from pathlib import Path
from types import CodeType

from coverage import Coverage

ENOUGH = 0.6


class Share:
    """The lines of one module and which of them have run. Counted are lines that hold code, docstrings are none."""

    def __init__(self, path: Path) -> None:
        self.path = path
        whole = compile(path.read_text(encoding="utf-8"), str(path), "exec")
        self.lines = frozenset(line for code in _codes(whole) for line in _lines(code))
        # A test file that imports the module runs these, even where an earlier file had imported it.
        self.run = {line for code in _on_import(whole) for line in _lines(code)}
        # No configuration, file or warning: what is measured here concerns nobody else who measures.
        self._coverage = Coverage(data_file=None, config_file=False, include=[str(path)], messages=False)
        self._coverage.set_option("run:disable_warnings", ["no-data-collected"])

    @property
    def share(self) -> float:
        """Between 0 and 1; of a module without code 1."""
        return len(self.run & self.lines) / len(self.lines) if self.lines else 1.0

    @property
    def is_enough(self) -> bool:
        """Whether the share is what a mirrored file must reach."""
        return self.share >= ENOUGH

    def start(self) -> None:
        """Watch from now on."""
        self._coverage.start()

    def stop(self) -> None:
        """Watch no longer, and count what has run."""
        self._coverage.stop()
        self.run.update(self._coverage.get_data().lines(str(self.path)) or ())

    def __str__(self) -> str:
        """Give `71 % of 38 lines`."""
        return f"{self.share:.0%} of {len(self.lines)} lines"


def _codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for each in _inside(code):
        yield from _codes(each)


def _on_import(code: CodeType) -> Iterator[CodeType]:
    """The module's own code and the bodies of its classes: unlike functions they are not optimised."""
    yield code
    for each in _inside(code):
        if not each.co_flags & OPTIMISED:
            yield from _on_import(each)


def _inside(code: CodeType) -> Iterator[CodeType]:
    return (each for each in code.co_consts if isinstance(each, CodeType))


def _lines(code: CodeType) -> Iterator[int]:
    return (line for _, _, line in code.co_lines() if line)


OPTIMISED = 0x1  # inspect.CO_OPTIMIZED
