"""Which modules are changed, and which tests judge the changes. The one place to mend when files move."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


@dataclass(frozen=True)
class Room:
    """modules, tests: paths or globs from the project's folder."""

    name: str
    modules: tuple[str, ...]
    tests: tuple[str, ...]

    def files(self) -> Iterator[Path]:
        """Return the modules. Raises FileNotFoundError where a path leads nowhere."""
        yield from _files(self.modules)

    def judges(self) -> list[str]:
        """Return the tests. Raises FileNotFoundError where a path leads nowhere."""
        return [str(path) for path in _files(self.tests)]


ROOMS = (
    # Not its property tests, which take longer than all others together.
    Room(
        "review",
        ("indexer/review/*.py",),
        ("tests/indexer/review/test_[!d]*.py", "tests/indexer/review/test_desk.py"),
    ),
    Room(
        "whitelist",
        ("indexer/whitelist/desk.py", "indexer/whitelist/diff.py", "indexer/whitelist/addresses.py"),
        ("tests/indexer/whitelist/test_[!c]*.py",),
    ),
    Room(
        "intake",
        ("indexer/catalogue/intake.py", "indexer/catalogue/admission.py"),
        tuple(f"tests/indexer/catalogue/test_{name}.py" for name in ("intake*", "admission", "evidence", "looks")),
    ),
    Room(
        "policies",
        ("indexer/understanding/policies/*.py",),
        ("tests/indexer/understanding/policies/test_*.py", "tests/indexer/base/test_text.py"),
    ),
    Room(
        "duplicates",
        ("indexer/understanding/duplicates/*.py",),
        ("tests/indexer/understanding/duplicates/test_*.py",),
    ),
    Room(
        "search",
        tuple(
            f"indexer/search/{name}.py"
            for name in (
                "entries", "chinese", "highlight", "publish", "rebuild", "tantivy/query", "meilisearch/documents",
                "meilisearch/query",
            )
        ),
        (
            "tests/indexer/search/test_*.py",
            "tests/indexer/search/*/test_[dq]*.py",
            "tests/contract/test_search_index.py",
        ),
    ),
)  # fmt: skip


def _files(globs: tuple[str, ...]) -> Iterator[Path]:
    for glob in globs:
        found = sorted(ROOT.glob(glob))
        if not found:
            raise FileNotFoundError(f"{glob} leads to no file: mend tests/quality/mutants/rooms.py")
        yield from found
