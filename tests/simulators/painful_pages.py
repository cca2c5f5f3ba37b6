"""Sources' work gone wrong, as a worker of the pool runs it: hangs, dies, fails. A module, so that workers find it."""

import os

from crawler.exchange import Answer
from crawler.reading.worker import Reading
from indexer.whitelist.records import Channel


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
        case _:
            return Reading(found=())
