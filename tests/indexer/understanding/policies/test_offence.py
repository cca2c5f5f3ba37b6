"""indexer.understanding.policies.offence: sentences that read like offensive comments are marked, to be looked at."""

import pytest
from pydantic import ValidationError

from config.policy import OffenceRule
from config.words import Severity
from indexer.understanding.policies import offence
from indexer.understanding.policies.offence import OffenceCheck
from indexer.understanding.policies.offence_model import ModelBroken
from indexer.understanding.policies.parts import Subject
from indexer.understanding.results import Finding

RUDE = "某地的人就是素质低，个个都是骗子，真恶心。"


def check(severity: Severity = Severity.LOW) -> OffenceCheck:
    return OffenceCheck(OffenceRule(id="o", version=1, severity=severity, message="看看", basis="示例依据", least=0.9))


def found(text: str) -> list[Finding]:
    return check().findings(Subject(title="", text=text))


def test_the_sentence_is_marked_and_no_other() -> None:
    text = f"今天的讲座人很多。\n  {RUDE}欢迎再来！"

    assert [(one.severity, text[one.start : one.end]) for one in found(text)] == [(Severity.LOW, RUDE)]


def test_title_and_text_are_read_each_for_itself() -> None:
    marked = check().findings(Subject(title=RUDE, text=f"今天的讲座人很多。{RUDE}" * 21))

    assert [one.where for one in marked] == ["title", *["text"] * 20]
    assert {one.excerpt for one in marked} == {RUDE}


@pytest.mark.parametrize("text", ["", "🎈" * 50, "骗子！", "各族同学一起参加科学夏令营。"])
def test_what_is_short_empty_or_kind_is_left(text: str) -> None:
    assert found(text) == []


def test_words_that_say_otherwise_leave_their_sentence_alone() -> None:
    rule = OffenceRule(
        id="o", version=1, severity=Severity.LOW, message="看看", basis="示例依据", least=0.9, unless=("呕吐",)
    )

    marked = OffenceCheck(rule).findings(Subject(title="", text=f"{RUDE}饭后恶心呕吐、腹泻发热要及时就医。"))

    assert [one.excerpt for one in marked] == [RUDE]


def test_of_many_sentences_the_first_twenty_are_marked() -> None:
    assert [one.start for one in found(RUDE * 30)] == [len(RUDE) * number for number in range(20)]


@pytest.mark.parametrize("severity", [Severity.HIGH, Severity.HOLD])
def test_it_never_says_more_than_look(severity: Severity) -> None:
    with pytest.raises(ValidationError, match="a likeness is no ground"):
        check(severity)


def test_a_model_that_cannot_be_read_leaves_the_piece_marked(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise ModelBroken("offence.npz cannot be read")

    monkeypatch.setattr(offence, "offence_model", broken)

    (one,) = check().findings(Subject(title="看月亮", text=RUDE))

    assert (one.where, one.excerpt, one.message) == ("title", "看月亮", "这条规则没有检查：offence.npz cannot be read")
