"""The data folder: made where a command writes, and refused in plain words where it cannot be used."""

import os
from pathlib import Path
from threading import get_native_id

from config.errors import setting_refused
from config.settings import Settings

UP_LOCK = "up.lock"  # held in the data folder by `carnival up`
VARIABLE = "CARNIVAL_DATA_FOLDER"
OWNER_ONLY = 0o700
OTHER = "Name a folder that this user can write to."


def ready_data_folder(settings: Settings) -> Path:
    """Return the data folder, made where it is missing. Raises ConfigRefused where nothing can be written in it."""
    folder = settings.data_folder
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=OWNER_ONLY)
    except (FileExistsError, NotADirectoryError) as error:
        raise setting_refused(VARIABLE, f"{folder} is or lies in a file, not a folder", OTHER) from error
    except OSError as error:
        raise setting_refused(VARIABLE, f"the folder {folder} cannot be made: {error.strerror}", OTHER) from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise setting_refused(VARIABLE, f"the folder {folder} cannot be written to", OTHER)
    return folder


def made_once(path: Path, text: str) -> str:
    """Return what a file readable by its owner alone holds; the first who asks makes it, with this text.

    Raises OSError, UnicodeDecodeError.
    """
    own = path.with_suffix(f".{os.getpid()}-{get_native_id()}")  # two threads of one process ask at once, too
    descriptor = os.open(own, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(text)
    try:
        os.link(own, path)  # atomic, and refuses where another process was first: a half-written key is never read
    except FileExistsError:
        pass
    finally:
        own.unlink()
    return path.read_text(encoding="ascii")
