"""Items of many coroutines, done in batches."""

import asyncio
from collections.abc import Sequence

import pytest

from crawler.reading.together import Together


class Doubling:
    """Doubles numbers, and remembers the batches; a batch with a number in `bad` fails as a whole."""

    def __init__(self, *bad: int) -> None:
        self.bad, self.batches = bad, list[list[int]]()

    def __call__(self, numbers: Sequence[int]) -> list[int]:
        self.batches.append(list(numbers))
        if bad := [number for number in numbers if number in self.bad]:
            raise ValueError(f"bad: {bad[0]}")
        return [number * 2 for number in numbers]


def done(work: Doubling, *numbers: int) -> list[int | BaseException]:
    async def all_of_them() -> list[int | BaseException]:
        together = Together(work)
        return await asyncio.gather(*(together.do(number) for number in numbers), return_exceptions=True)

    return asyncio.run(all_of_them())


def test_what_is_asked_for_at_the_same_moment_is_one_batch() -> None:
    work = Doubling()

    assert done(work, 1, 2, 3) == [2, 4, 6]
    assert work.batches == [[1, 2, 3]]


def test_what_is_asked_for_meanwhile_is_the_next_batch() -> None:
    work = Doubling()

    async def in_turns() -> list[int]:
        together = Together(work)
        first = asyncio.create_task(together.do(1))
        while not work.batches:
            await asyncio.sleep(0)
        return [*await asyncio.gather(together.do(2), together.do(3)), await first]

    assert sorted(asyncio.run(in_turns())) == [2, 4, 6]
    assert work.batches[0] == [1]
    assert sorted(number for batch in work.batches for number in batch) == [1, 2, 3]


def test_a_batch_that_is_not_full_waits_for_what_else_comes() -> None:
    work = Doubling()

    async def one_after_the_other() -> list[int]:
        together = Together(work, most=2, seconds=3600.0)
        first = asyncio.create_task(together.do(1))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        return [await together.do(2), await first]

    assert asyncio.run(one_after_the_other()) == [4, 2]
    assert work.batches == [[1, 2]]


def test_a_batch_waits_for_no_more_than_there_are() -> None:
    work, readers = Doubling(), [2]

    async def two_then_one() -> list[int]:
        together = Together(work, most=32, seconds=3600.0, company=lambda: readers[0])
        both = await asyncio.gather(together.do(1), together.do(2))
        readers[0] = 1
        return [*both, await together.do(3)]

    assert asyncio.run(two_then_one()) == [2, 4, 6]
    assert work.batches == [[1, 2], [3]]


def test_what_stays_alone_is_done_all_the_same() -> None:
    work = Doubling()

    async def alone() -> list[int]:
        together = Together(work, most=2, seconds=0.001)
        return [await together.do(1), await together.do(2)]

    assert asyncio.run(alone()) == [2, 4]
    assert work.batches == [[1], [2]]


def test_a_batch_has_at_most_so_many() -> None:
    work = Doubling()

    async def all_of_them() -> list[int]:
        together = Together(work, most=2)
        return await asyncio.gather(*(together.do(number) for number in range(5)))

    assert asyncio.run(all_of_them()) == [0, 2, 4, 6, 8]
    assert work.batches == [[0, 1], [2, 3], [4]]


def test_what_fails_in_a_batch_fails_alone() -> None:
    work = Doubling(2)

    first, second, third = done(work, 1, 2, 3)

    assert (first, third) == (2, 6)
    assert str(second) == "bad: 2"
    assert work.batches == [[1, 2, 3], [1], [2], [3]]


def test_whoever_is_stopped_takes_nothing_from_the_others() -> None:
    async def one_is_stopped() -> int:
        together = Together(Doubling())
        stopped, other = (asyncio.create_task(together.do(number)) for number in (1, 2))
        await asyncio.sleep(0)
        stopped.cancel()
        with pytest.raises(asyncio.CancelledError):
            await stopped
        return await other

    assert asyncio.run(one_is_stopped()) == 4
