"""Seal secrets that the records keep: by a key of the data folder, so that neither of the two alone opens one.

The key is made with the first secret. A backup holds the records and not the key (indexer/backup/archive.py).
"""

from cryptography.fernet import Fernet, InvalidToken

from config.errors import setting_refused
from config.folders import VARIABLE, made_once, ready_data_folder
from config.settings import Settings

KEY_FILE = "credentials-key"


def seal(settings: Settings, secret: str) -> str:
    """Return the secret, sealed. Raises ConfigRefused where there is no usable key, OSError."""
    path = ready_data_folder(settings) / KEY_FILE
    try:
        cipher = Fernet(made_once(path, Fernet.generate_key().decode()))
    except ValueError as error:  # cut short, or another file
        do = "Put it back; or delete it, then set the credentials and make the keys of units anew."
        raise setting_refused(VARIABLE, f"{path} holds no key", do) from error
    return cipher.encrypt(secret.encode()).decode()


def unseal(settings: Settings, sealed: str) -> str | None:
    """Return the secret; None where this machine has not the key that it was sealed with."""
    try:
        key = (settings.data_folder / KEY_FILE).read_bytes()
        return Fernet(key).decrypt(sealed).decode()
    except (OSError, ValueError, InvalidToken):
        return None
