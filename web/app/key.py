"""The key that signs sessions: given by the settings, or made once in the data folder."""

import secrets

from config.errors import setting_refused
from config.folders import made_once, ready_data_folder
from config.settings import Settings

KEY_FILE, KEY_BYTES = "secret-key", 48


def secret_key(settings: Settings) -> str:
    """Return the key; without one in the settings, a file readable by its owner alone keeps the one made first.

    Raises ConfigRefused where that file holds none.
    """
    if settings.secret_key is not None:
        return settings.secret_key.get_secret_value()
    path = ready_data_folder(settings) / KEY_FILE
    try:
        key = made_once(path, secrets.token_urlsafe(KEY_BYTES))
    except UnicodeDecodeError:
        key = ""
    if len(key) < KEY_BYTES:  # cut short, or another file: sessions signed by it could be forged
        do = "Delete it: a new one is made, and everybody signs in again."
        raise setting_refused("CARNIVAL_DATA_FOLDER", f"{path} holds no key", do)
    return key
