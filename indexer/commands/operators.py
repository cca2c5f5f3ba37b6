"""Who gives this command, as the ledger names them."""

import getpass
import os

from indexer.base.actors import Actor, operator


def this_operator() -> Actor:
    """Return the user that this process runs as: by name, or by number where the machine knows none."""
    try:
        return operator(getpass.getuser())
    except (KeyError, OSError):  # a container that runs as a number alone
        return operator(f"uid {os.getuid()}")
