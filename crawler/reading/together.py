"""What many coroutines ask for at the same moment is done together: one transaction for all of them, in one thread."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Generic, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


class Together(Generic[Item, Result]):
    """Does items in batches: what is asked for while a batch is under way is the next one.

    work: does all of a batch or, where it raises, none of it; its results stand in the items' order. What fails in a
    batch is done again by itself, so that each has its own fate. most: items of a batch; None: all that wait.
    seconds: how long a batch that is not full waits for what else comes. company: how many there are at this moment who
    may ask; a batch of so many does not wait for more.
    """

    def __init__(
        self,
        work: Callable[[Sequence[Item]], Sequence[Result]],
        *,
        most: int | None = None,
        seconds: float = 0.0,
        company: Callable[[], int] | None = None,
    ) -> None:
        self._work, self._most, self._seconds, self._company = work, most, seconds, company
        self._is_full = asyncio.Event()
        self._waiting: list[tuple[Item, asyncio.Future[Result]]] = []
        self._working: asyncio.Task[None] | None = None

    async def do(self, item: Item) -> Result:
        """Return the item's result, once it is done. Raises what doing it alone raises."""
        answer: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, answer))
        if self._is_enough():
            self._is_full.set()
        if self._working is None or self._working.done():
            self._working = asyncio.create_task(self._work_off())
        return await answer

    async def _work_off(self) -> None:
        while self._waiting:
            await self._fill()
            size = self._most or len(self._waiting)
            batch, self._waiting = self._waiting[:size], self._waiting[size:]
            await self._do(batch)

    def _is_enough(self) -> bool:
        number = len(self._waiting)
        if self._most is not None and number >= self._most:
            return True
        return self._company is not None and number >= self._company()

    async def _fill(self) -> None:
        if self._seconds and not self._is_enough():
            self._is_full.clear()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._is_full.wait(), self._seconds)

    async def _do(self, batch: Sequence[tuple[Item, asyncio.Future[Result]]]) -> None:
        try:
            results = await asyncio.to_thread(self._work, [item for item, _ in batch])
        except Exception as error:  # noqa: BLE001 - whoever waits for it gets it
            if len(batch) > 1:
                for one in batch:
                    await self._do([one])
            elif not batch[0][1].done():
                batch[0][1].set_exception(error)
            return
        for (_, answer), result in zip(batch, results, strict=True):
            if not answer.done():  # whoever waited may have been stopped
                answer.set_result(result)
