"""The data folder: made where a command writes, and refused in plain words where it cannot be used."""

import os
from pathlib import Path

from config.errors import setting_refused
from config.settings import Settings

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
