"""Runs one thing several times at the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

Done = TypeVar("Done")


def at_once(*things: Callable[[], Done]) -> list[Done]:
    """Begin all together, each in a thread of its own, and return what they return, in their order."""
    barrier = Barrier(len(things))

    def begin(thing: Callable[[], Done]) -> Done:
        barrier.wait()
        return thing()

    with ThreadPoolExecutor(len(things)) as pool:
        return list(pool.map(begin, things))
