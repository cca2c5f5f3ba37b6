"""`make figures`: the house in numbers, beside those of another commit (`REF=ad6c43c`): a table, counted anew.

A file of source is one of config, indexer, crawler, web that is written in Python. Lines are all lines of a file.
"""

import ast
import io
import re
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import click
from rich.console import Console
from rich.table import Table

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # run as a file: tests are not installed

from tests.mirror.modules import ROOMS, ROOT, mirrored_path

LONG_LINES, LONG_FILE = 40, 300
NAME = re.compile(r"[\w.-]+")
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """One state of the project, read from a folder. lines: of each source file; functions: every one of them."""

    lines: Mapping[str, int]
    test_lines: Mapping[str, int]
    functions: Sequence[Function]
    public: Sequence[Function]
    dependencies: frozenset[str]

    @property
    def mirrored(self) -> tuple[int, int]:
        """How many modules have their test file at the mirrored path, and how many modules there are."""
        modules = [path for path in self.lines if not path.endswith("__init__.py") and "/migrations/" not in path]
        return sum(mirrored_path(module) in self.test_lines for module in modules), len(modules)

    def rows(self) -> Iterator[tuple[str, str]]:
        """Yield name and figure, a line of the table each."""
        sizes, tests = list(self.lines.values()), sum(self.test_lines.values())
        met, asked = self.mirrored
        described = sum(ast.get_docstring(function) is not None for function in self.public)
        yield "source files", str(len(sizes))
        yield "source lines", f"{sum(sizes):,}"
        yield "median file, lines", f"{median(sizes):g}"
        yield f"files above {LONG_FILE} lines", str(sum(size > LONG_FILE for size in sizes))
        yield f"functions above {LONG_LINES} lines", str(sum(_length(each) > LONG_LINES for each in self.functions))
        yield "test files", str(sum(Path(path).name.startswith("test_") for path in self.test_lines))
        yield "test lines", f"{tests:,}"
        yield "test / source lines", f"{tests / sum(sizes):.2f}"
        yield "mirror by path", f"{met}/{asked} {met / asked:.1%}"
        yield "public functions with docstring", f"{described}/{len(self.public)} {described / len(self.public):.1%}"
        yield "dependencies", str(len(self.dependencies))
        by_room = Counter[str]()
        for path, size in self.lines.items():
            by_room[path.partition("/")[0]] += size
        yield from ((f"lines in {room}", f"{by_room[room]:,}") for room in ROOMS)


SOURCES, MOST_LINES_OF_A_SOURCE = "crawler/sources/", 80


def sources_of(house: House) -> list[tuple[str, int]]:
    """Return each kind of source with the lines of its one file, the longest first."""
    found = {path.removeprefix(SOURCES).removesuffix(".py"): n for path, n in house.lines.items() if SOURCES in path}
    return sorted(((name, n) for name, n in found.items() if name != "__init__"), key=lambda pair: -pair[1])


def read_house(root: Path) -> House:
    """Count a folder that holds the project."""
    sources = {path: (root / path).read_text(encoding="utf-8") for path in _python(root, ROOMS)}
    trees = [ast.parse(text) for text in sources.values()]
    return House(
        lines={path: len(text.splitlines()) for path, text in sources.items()},
        test_lines={path: len((root / path).read_bytes().splitlines()) for path in _python(root, ("tests",))},
        functions=[node for tree in trees for node in ast.walk(tree) if isinstance(node, Function)],
        public=[
            node for tree in trees for node in tree.body if isinstance(node, Function) and not node.name.startswith("_")
        ],
        dependencies=_dependencies(root / "pyproject.toml"),
    )


def read_commit(ref: str, into: Path) -> House:
    """Count another commit, unpacked into an empty folder. Raises CalledProcessError where git does not know it."""
    packed = subprocess.run(["git", "archive", ref], cwd=ROOT, check=True, capture_output=True).stdout
    with tarfile.open(fileobj=io.BytesIO(packed)) as files:
        files.extractall(into, filter="data")
    return read_house(into)


def _python(root: Path, rooms: Sequence[str]) -> list[str]:
    found = (path.relative_to(root).as_posix() for room in rooms for path in (root / room).rglob("*.py"))
    return sorted(path for path in found if "/migrations/versions/" not in path)


def _length(function: Function) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


def _dependencies(path: Path) -> frozenset[str]:
    named = tomllib.loads(path.read_text(encoding="utf-8"))["project"]["dependencies"]
    return frozenset(found[0].lower() for each in named if (found := NAME.match(each)))


def _print(now: House, ref: str | None, then: House | None) -> None:
    table = Table("figure", *([ref] if ref else []), "now")
    before = dict(then.rows()) if then else {}
    for name, figure in now.rows():
        table.add_row(name, *([before.get(name, "-")] if ref else []), figure)
    console = Console()
    console.print(table)
    kinds = Table("kind of source", f"lines, of {MOST_LINES_OF_A_SOURCE}")
    for name, lines in sources_of(now):
        kinds.add_row(name, str(lines))
    console.print(kinds)
    if then:
        console.print(f"dependencies in: {', '.join(sorted(now.dependencies - then.dependencies)) or 'none'}")
        console.print(f"dependencies out: {', '.join(sorted(then.dependencies - now.dependencies)) or 'none'}")


@click.command()
@click.argument("ref", required=False)
def main(ref: str | None) -> None:
    """Print the table; REF: a commit to stand beside it."""
    if ref is None:
        _print(read_house(ROOT), None, None)
        return
    with tempfile.TemporaryDirectory() as folder:
        _print(read_house(ROOT), ref, read_commit(ref, Path(folder)))


if __name__ == "__main__":
    main()
