"""crawler.pictures.silence: a host that does not answer is left alone, and asked again afterwards."""

from datetime import datetime, timedelta

from crawler.pictures.silence import SILENCE, SILENT_IN_A_ROW, Silences

MOMENT = timedelta(seconds=1)


def silent(silences: Silences, times: int, *, now: datetime) -> None:
    for _ in range(times):
        silences.note("a.example", is_silent=True, now=now)


def test_a_host_that_is_silent_in_a_row_is_left_alone_for_a_while(now: datetime) -> None:
    silences = Silences()

    silent(silences, SILENT_IN_A_ROW, now=now)

    assert silences.end("a.example", now=now) == now + SILENCE
    assert silences.end("b.example", now=now) is None
    assert silences.end("a.example", now=now + SILENCE + MOMENT) is None


def test_an_answer_in_between_begins_the_row_anew(now: datetime) -> None:
    silences = Silences()

    silent(silences, SILENT_IN_A_ROW - 1, now=now)
    silences.note("a.example", is_silent=False, now=now)
    silent(silences, SILENT_IN_A_ROW - 1, now=now)

    assert silences.end("a.example", now=now) is None
