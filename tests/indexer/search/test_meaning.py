"""indexer.search.meaning: a query's vector within a bound of time, kept for the next one."""

import threading
from collections.abc import Callable, Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from config.errors import Refused
from indexer.search import meaning
from indexer.search.meaning import MOST_WAITING, Meaning, digest_of, read_vector
from indexer.understanding.embeddings.scale import E5

PATIENT = 30.0


class Says:
    """A model that says the length of a text; with a gate, once that is open."""

    name, dimensions, scale = "lengths", 2, E5

    def __init__(self, gate: threading.Event | None = None, fault: Exception | None = None) -> None:
        self.asked: list[str] = []
        self._gate, self._fault = gate, fault

    def queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        if self._gate is not None:
            assert self._gate.wait(PATIENT)
        self.asked += texts
        if self._fault is not None:
            raise self._fault
        return np.array([[len(text), 0] for text in texts], dtype=np.float32)


def opens(model: Says) -> Callable[[], Says]:
    return lambda: model


def test_the_model_is_opened_and_asked_once_for_the_same_text() -> None:
    model, opened = Says(), []

    def open_model() -> Says:
        opened.append(model)
        return model

    asked = Meaning(open_model, seconds=PATIENT)

    first, second = asked.vector("月球"), asked.vector("月球")

    assert first is not None
    assert first is second
    assert first.tolist() == [2, 0]
    assert (model.asked, len(opened), asked.model()) == (["月球"], 1, model)


def test_what_a_text_means_comes_with_the_spread_by_which_its_cosines_are_measured() -> None:
    sense = Meaning(opens(Says()), seconds=PATIENT).sense("月球")

    assert sense is not None
    assert (sense.vector.tolist(), sense.spread) == ([2, 0], E5.spread)
    assert Meaning(opens(Says(fault=RuntimeError("out of memory"))), seconds=PATIENT).sense("月球") is None


def test_who_comes_while_the_model_is_busy_goes_without_and_the_next_one_has_it() -> None:
    gate = threading.Event()
    hurried = Meaning(opens(Says(gate)), seconds=0.0)

    assert [hurried.vector(f"问{number}") for number in range(MOST_WAITING + 2)] == [None] * (MOST_WAITING + 2)
    assert len(hurried._waiting) == MOST_WAITING  # the others were not even filed

    waits = list(hurried._waiting.values())
    gate.set()
    assert all(one.result(PATIENT) is not None for one in waits)
    assert hurried.vector("问0") is not None


def test_a_model_that_cannot_be_opened_or_fails_means_nothing_and_is_asked_again() -> None:
    def refuses() -> Says:
        raise Refused("no model")

    broken = Says(fault=RuntimeError("out of memory"))
    failing = Meaning(opens(broken), seconds=PATIENT)

    assert Meaning(refuses, seconds=PATIENT).vector("月球") is None
    assert (failing.vector("月球"), failing.vector("月球")) == (None, None)
    assert len(broken.asked) == 2


def test_no_more_vectors_are_kept_than_the_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meaning, "MOST_KEPT", 3)
    model = Says()
    asked = Meaning(opens(model), seconds=PATIENT)

    for text in ("一", "二", "三", "一", "四", "一", "二"):
        asked.vector(text)

    assert model.asked == ["一", "二", "三", "四", "二"]  # 二 was asked for the longest time ago when 四 came


def test_a_vector_of_another_length_or_with_no_number_is_none() -> None:
    held = np.array([0.6, 0.8], dtype="<f4").tobytes()
    nothing = np.array([np.nan, 1], dtype="<f4").tobytes()
    vector = read_vector(held, 2)

    assert vector is not None
    assert np.allclose(vector, [0.6, 0.8])
    assert [read_vector(each, 2) for each in (held[:4], b"", nothing)] == [None] * 3


def test_two_models_are_never_called_alike() -> None:
    assert digest_of("a") != digest_of("b")
    assert digest_of("a") == digest_of("a")
