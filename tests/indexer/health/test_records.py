"""indexer.health.records: what an attempt says of itself."""

from indexer.catalogue.troubles import CASE, RefusalReason
from indexer.health.records import LYING
from tests.indexer.health.telling import attempt, failed


def test_an_attempt_that_failed_has_its_trouble_with_its_words() -> None:
    trouble = failed().trouble

    assert trouble is not None
    assert trouble.reason is RefusalReason.HOST_SILENT
    assert str(trouble) == "网站太久没有回答：http://a.example/list/。请检查网站是否太慢；下一轮会再试"


def test_one_that_worked_has_none_and_may_say_that_the_site_lied() -> None:
    assert (attempt().trouble, attempt().is_lying) == (None, False)
    assert attempt(facts={CASE: LYING}).is_lying
    assert not failed(case=LYING).is_lying
