"""The key that signs sessions: given by the settings, or made once in the data folder."""

import os
import secrets

from config.errors import setting_refused
from config.folders import ready_data_folder
from config.settings import Settings

KEY_FILE, KEY_BYTES = "secret-key", 48


def secret_key(settings: Settings) -> str:
    """Return the key; without one in the settings, a file readable by its owner alone keeps the one made first.

    Raises ConfigRefused where that file holds none.
    """
    if settings.secret_key is not None:
        return settings.secret_key.get_secret_value()
    path = ready_data_folder(settings) / KEY_FILE
    own = path.with_suffix(f".{os.getpid()}")
    descriptor = os.open(own, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(KEY_BYTES))
    try:
        os.link(own, path)  # atomic, and refuses where another process was first: a half-written key is never read
    except FileExistsError:
        pass
    finally:
        own.unlink()
    try:
        key = path.read_text(encoding="ascii")
    except UnicodeDecodeError:
        key = ""
    if len(key) < KEY_BYTES:  # cut short, or another file: sessions signed by it could be forged
        do = "Delete it: a new one is made, and everybody signs in again."
        raise setting_refused("CARNIVAL_DATA_FOLDER", f"{path} holds no key", do)
    return key
