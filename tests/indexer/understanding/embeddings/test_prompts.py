"""Which prompts a model gets: its own where it names any, those of e5 by name, else none."""

import pytest

from indexer.understanding.embeddings.prompts import Prompts, is_e5, prompts_of

NONE, OF_E5 = Prompts("", ""), Prompts("query: ", "passage: ")


@pytest.mark.parametrize(
    ("own", "name", "expected"),
    [
        pytest.param({}, "all-MiniLM-L6-v2", NONE, id="a model without prompts is told the bare text"),
        pytest.param({"query": "", "document": ""}, "gte-small", NONE, id="empty prompts are none"),
        pytest.param({"query": "问：", "document": "文："}, "any", Prompts("问：", "文："), id="its own"),
        pytest.param({"query": "q ", "document": "", "passage": "p "}, "any", Prompts("q ", "p "), id="named passage"),
        pytest.param({"corpus": "c "}, "any", Prompts("", "c "), id="named corpus"),
        pytest.param({"query": "检索："}, "bge-zh", Prompts("检索：", ""), id="only queries"),
        pytest.param({"query": "", "document": ""}, "multilingual-e5-small", OF_E5, id="e5 whose file names none"),
        pytest.param({"query": "q: "}, "my-e5-model", Prompts("q: ", ""), id="its own win over the name"),
        pytest.param({"summary": "s: "}, "gte-small", NONE, id="prompts of other tasks are not used"),
    ],
)
def test_the_prompts_of_a_model(own: dict[str, str], name: str, expected: Prompts) -> None:
    assert prompts_of(own, name=name) == expected


@pytest.mark.parametrize(
    "name", ["intfloat/multilingual-e5-small@0123456789ab", "E5-base-v2", "e5", "e5@0123456789ab", "our_e5_small"]
)
def test_a_name_of_the_e5_family_is_known(name: str) -> None:
    assert is_e5(name)


@pytest.mark.parametrize(
    "name",
    [
        "size5-model",
        "e5x",
        "bge-small-zh-v1.5",
        "e5-team/bge-small-zh",
        "multilingual-e5-large-instruct",
        "gte-e50",
        "",
    ],
)
def test_other_names_are_not_of_the_e5_family(name: str) -> None:
    assert not is_e5(name)
