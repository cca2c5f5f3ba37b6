"""What `make fuzz` gives to parsers, and how it tells that one failed; no captured file is needed here."""

import os
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random

import pytest

from crawler.sources import sources
from tests.quality.fuzz import keep, together
from tests.quality.fuzzing import workers
from tests.quality.fuzzing.mutations import MUTATIONS, Mutation, mutated, shortened
from tests.quality.fuzzing.parsers import HTML, Fault, Parser, parsers
from tests.quality.fuzzing.payloads import Captured, Payload, Payloads, kind_of
from tests.quality.fuzzing.workers import Ran, run_all, try_one, try_run

PAGE = "<html><body><a href='/1.html' title=\"甲\">湖面结冰</a><p>2026-09-02</p></body></html>".encode()
FILES = [
    Captured(name="page", kind=HTML, body=PAGE),
    Captured(name="json", kind="json", body=b'{"items": [{"id": 1, "url": "http://a.example/"}]}'),
]


def seeded(seed: int) -> Random:
    """Numbers that are the same at every run."""
    return Random(seed)  # noqa: S311 - it must be possible to make a payload again


def parser(read: Callable[[bytes], object], *may_raise: type[Exception]) -> Parser:
    return Parser(name="stand-in", read=read, suits=(HTML,), may_raise=may_raise)


def payload(read: Callable[[bytes], object], *may_raise: type[Exception]) -> Payload:
    return Payload(number=7, parser=parser(read, *may_raise), made_of=("page", "json"), body=PAGE)


def raising(error: Exception) -> Callable[[bytes], object]:
    def read(body: bytes) -> object:
        raise error

    return read


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda each: each.__name__)
@pytest.mark.parametrize("body", [PAGE, FILES[1].body, b"", b"<", b"[[[", bytes(range(256))])
def test_every_mutation_makes_bytes_of_any(mutation: Mutation, body: bytes) -> None:
    for seed in range(20):
        assert isinstance(mutation(seeded(seed), body, PAGE), bytes)


def test_a_mutated_payload_is_another_one() -> None:
    assert sum(mutated(seeded(seed), PAGE, FILES[1].body) != PAGE for seed in range(50)) > 40


def test_a_long_payload_keeps_its_beginning_and_a_piece_of_the_rest() -> None:
    body = b"a" * 50 + b"b" * 1000

    assert shortened(seeded(1), body, 100) == b"a" * 50 + b"b" * 50
    assert shortened(seeded(1), PAGE, 1000) == PAGE


def test_the_same_seed_and_number_make_the_same_payload() -> None:
    one, same, other = (
        Payloads(seed=seed, files=FILES, table=[parser(len), parser(repr)]).payload(5) for seed in (1, 1, 2)
    )

    assert one.body == same.body != other.body
    assert (one.number, one.parser.read) == (5, repr)


def test_a_file_s_kind_is_told_by_its_beginning() -> None:
    assert [kind_of(body) for body in (b'\xef\xbb\xbf {"a": 1}', b"<?xml version='1.0'?>", PAGE)] == [
        "json",
        "xml",
        "html",
    ]


def test_every_kind_of_source_is_among_the_parsers() -> None:
    names = [each.name for each in parsers()]

    assert len(names) == len(set(names))
    for kind in sources():
        assert {f"source {kind}, first answer", f"source {kind}, article"} <= set(names)


def test_every_parser_reads_a_plain_payload() -> None:
    for each in parsers():
        body = PAGE if HTML in each.suits else b"<rss><channel><title>a</title></channel></rss>"
        _, trouble = try_one(Payload(number=0, parser=each, made_of=(), body=body))
        assert trouble is None, trouble


def test_what_a_parser_may_raise_is_no_crash_and_all_else_is() -> None:
    assert try_one(payload(raising(ValueError("no feed")), ValueError))[1] is None

    _, trouble = try_one(payload(raising(KeyError("title")), ValueError))

    assert trouble is not None
    assert (trouble.number, trouble.parser, trouble.what) == (7, "stand-in", "KeyError: 'title'")
    assert "Traceback" in trouble.words


def test_a_source_s_fault_is_named_by_its_last_line() -> None:
    _, trouble = try_one(payload(raising(Fault("Traceback …\n  line\nIndexError: out of range\n"))))

    assert trouble is not None
    assert trouble.what == "Fault: IndexError: out of range"
    assert "  line" in trouble.words


def test_a_payload_above_the_limit_is_in_trouble(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter([0.0, 1.5])
    monkeypatch.setattr(time, "process_time", lambda: next(clock))

    seconds, trouble = try_one(payload(len))

    assert trouble is not None
    assert (seconds, trouble.what) == (1.5, "took 1.5 s")


def test_runs_are_added_up() -> None:
    table = [parser(len), parser(raising(KeyError("a")))]
    parts = [try_run(Payloads(seed=1, files=FILES, table=table), range(start, start + 10)) for start in (0, 10)]

    whole = together(*parts)

    assert (whole.count, whole.by_parser["stand-in"][0], len(whole.troubles)) == (20, 20, 10)
    assert whole.slowest == sorted(whole.slowest, reverse=True)


def test_a_failing_payload_is_kept_with_what_it_did(tmp_path: Path) -> None:
    one = payload(raising(KeyError("title")))
    trouble = try_one(one)[1]
    assert trouble is not None

    file = keep(tmp_path / "kept", one, trouble, seed=3)

    assert (file.name, file.read_bytes()) == ("3-7.payload", PAGE)
    assert "page and json\nKeyError: 'title'" in file.with_suffix(".txt").read_text()


def test_a_worker_that_dies_costs_its_payload_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_work", die_at_three)

    found: list[Ran] = list(run_all(1, range(10), workers=2, at_once=5))

    assert sum(ran.count for ran in found) == 10
    (trouble,) = [trouble for ran in found for trouble in ran.troubles]
    assert (trouble.number, "died" in trouble.what) == (3, True)


def die_at_three(seed: int, numbers: Connection, results: Connection) -> None:
    """Stands for a worker: says what it begins, and ends at number 3."""
    while True:
        try:
            run = numbers.recv()
        except EOFError:
            return
        for number in run:
            results.send(number)
            if number == 3:
                os._exit(9)
        results.send(Ran(count=len(run), by_parser={}, slowest=[], troubles=[]))
