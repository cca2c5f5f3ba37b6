"""The store of pictures: files by content hash in the data folder, each whole or not there at all."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock

from config.errors import Refused
from indexer.base.files import FOLDER_OWNER_ONLY, sync, write_part
from indexer.base.not_now import NotNow
from indexer.catalogue.pictures import NAME

FOLDER = "media"
LOCK = ".lock"


class MediaStoreDown(Refused, NotNow):
    """No picture can be written now: the disk is full or read-only."""


class MediaStore:
    """Copies of pictures under `<data folder>/media/ab/ab…-480.webp`; several processes may use it at once."""

    def __init__(self, data_folder: Path) -> None:
        self.folder = data_folder / FOLDER

    def path(self, name: str) -> Path:
        """Return where a copy lies, there or not. Raises ValueError for a name that no copy has."""
        if NAME.fullmatch(name) is None:
            raise ValueError(f"no copy of a picture is called {name[:100]!r}")
        return self.folder / name[:2] / name

    def has(self, name: str) -> bool:
        """Tell whether a copy is there."""
        return self.path(name).is_file()

    def read(self, name: str) -> bytes | None:
        """Return a copy; None where it is not there."""
        try:
            return self.path(name).read_bytes()
        except FileNotFoundError:
            return None

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Keep what is there and what the records say of it together: who puts, and who removes, takes it.

        The system takes it from a process that is killed.
        """
        self.folder.mkdir(parents=True, exist_ok=True, mode=FOLDER_OWNER_ONLY)
        with FileLock(self.folder / LOCK, mode=0o600):
            yield

    def put(self, copies: Mapping[str, bytes]) -> None:
        """Write copies under their names, each first under another one.

        Raises MediaStoreDown; then some may be there.
        """
        try:
            self._put(copies)
        except OSError as error:
            what = f"pictures cannot be written to {self.folder}: {error.strerror}"
            raise MediaStoreDown(f"{what}. Look at the disk; what waits is fetched once it can be written") from error

    def _put(self, copies: Mapping[str, bytes]) -> None:
        for name, content in copies.items():
            target = self.path(name)
            write_part(target.parent, content).replace(target)
        for folder in {self.path(name).parent for name in copies}:
            sync(folder)

    def remove(self, hash: str) -> None:
        """Remove all copies of a picture."""
        for copy in (self.folder / hash[:2]).glob(f"{hash}-*"):
            copy.unlink(missing_ok=True)

    def names(self) -> Iterator[str]:
        """Yield the names of all copies, in their order."""
        for folder in sorted(self.folder.glob("[0-9a-f][0-9a-f]")):
            yield from sorted(file.name for file in folder.iterdir() if NAME.fullmatch(file.name))
