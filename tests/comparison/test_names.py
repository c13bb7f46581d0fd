import pytest

from tasks.comparison.names import keys_of, same_entity, shared
from tasks.model.claim import Entity, EntityKind


def entity(name: str, kind: EntityKind = EntityKind.PERSON) -> Entity:
    return Entity(id=f"{kind}:{name}", name=name, kind=kind)


BODY, STATE, GROUP = EntityKind.BODY, EntityKind.STATE, EntityKind.GROUP


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        pytest.param(entity("Karran"), entity("Ilse Karran"), True, id="surname"),
        pytest.param(entity("Ilse"), entity("Ilse Karran"), False, id="first-name-alone"),
        pytest.param(entity("Emil Karran"), entity("Ilse Karran"), False, id="another-first-name"),
        pytest.param(entity("Orvane", BODY), entity("Orvane Chemicals", BODY), True, id="short-name-of-a-body"),
        pytest.param(
            entity("Foreign Ministry", BODY), entity("Foreign Ministry of Kestria", BODY), False, id="generic"
        ),
        pytest.param(entity("Korea", STATE), entity("North Korea", STATE), False, id="states-have-ids"),
        pytest.param(entity("officials", GROUP), entity("senior officials", GROUP), False, id="groups"),
        pytest.param(entity("Orvane"), entity("Orvane Chemicals", BODY), False, id="a-person-and-a-body"),
        pytest.param(entity("..."), entity("Ilse Karran"), False, id="no-word"),
    ],
)
def test_one_entity(left: Entity, right: Entity, same: bool) -> None:
    assert same_entity(left, right) is same
    assert same_entity(right, left) is same
    assert same_entity(left, left)
    assert bool(shared([left], [right])) is same
    if same:
        assert keys_of([left]) & keys_of([right])
