"""indexer.base.actors: who acted stays told apart, in old rows too."""

import pytest

from indexer.base.actors import COLLECTOR, Actor, ActorKind, operator, recorded


def test_an_operator_is_known_by_the_name_under_which_the_command_runs() -> None:
    assert operator("运维") == Actor(kind=ActorKind.OPERATOR, id="运维", name="运维")


@pytest.mark.parametrize("kind", list(ActorKind))
def test_a_row_with_a_kind_gives_the_actor_as_it_was_written(kind: ActorKind) -> None:
    assert recorded(kind=kind, id="7", who="甲") == Actor(kind=kind, id="7", name="甲")


def test_a_row_with_a_kind_and_the_collector_s_name_is_what_its_kind_says() -> None:
    assert recorded(kind=ActorKind.POLICY, id=None, who=COLLECTOR.name).kind is ActorKind.POLICY


@pytest.mark.parametrize(("who", "kind"), [(COLLECTOR.name, ActorKind.COLLECTOR), ("编辑甲", ActorKind.PERSON)])
def test_an_old_row_is_the_collector_s_by_its_name_and_else_a_person_s(who: str, kind: ActorKind) -> None:
    found = recorded(kind=None, id=None, who=who)

    assert (found.kind, found.name) == (kind, who)
