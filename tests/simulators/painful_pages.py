"""Sources' work gone wrong, as a worker of the pool runs it: hangs, dies, fails. A module, so that workers find it."""

import os
import threading

from crawler.exchange import Answer
from crawler.reading.worker import Reading
from indexer.whitelist.records import Channel


class Unsendable(Exception):
    """Holds what no other process can have."""

    def __init__(self) -> None:
        super().__init__("of this process alone")
        self.lock = threading.Lock()


def suffer(channel: Channel, answer: Answer) -> Reading:
    """Do what the address names; any other address reads as nothing."""
    match answer.url.rpartition("/")[2]:
        case "hang":
            while True:
                pass
        case "die":
            os._exit(9)
        case "fail":
            raise KeyError(channel.id)
        case "unsendable":
            raise Unsendable
        case _:
            return Reading(found=())
