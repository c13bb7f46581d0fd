"""Names: "Karran" and "Ilse Karran", "Orvane" and "Orvane Chemicals" are one where nothing speaks against it."""

from collections.abc import Collection, Iterable

from tasks.comparison.concepts import words_of
from tasks.comparison.lexicon import load_lexicon
from tasks.model.claim import Entity, EntityKind

NAMED = frozenset({EntityKind.PERSON, EntityKind.BODY, EntityKind.OUTLET})  # states have ids that say it all
SHORTEST = 3


def same_entity(left: Entity, right: Entity) -> bool:
    """Return whether two entities are one: by id, or since the words of one name hold those of the other.

    A person's short name must end in the same word; a body's must hold a word that is a name of its own.
    """
    if left.id == right.id:
        return True
    if left.kind not in NAMED or right.kind is not left.kind:
        return False
    ones, others = words_of(left.name), words_of(right.name)
    if not (set(ones) <= set(others) or set(others) <= set(ones)) or not (ones and others):
        return False
    if left.kind is EntityKind.PERSON:
        return ones[-1] == others[-1]
    return any(_own_name(word) for word in set(ones) & set(others))


def keys_of(entities: Iterable[Entity]) -> frozenset[str]:
    """Return what two mentions of one entity share at least: the id, a person's last word, a body's own names."""
    keys = set()
    for entity in entities:
        keys.add(entity.id)
        words = words_of(entity.name)
        if entity.kind is EntityKind.PERSON:
            keys.update(f"name:{word}" for word in words[-1:])
        elif entity.kind in NAMED:
            keys.update(f"name:{word}" for word in words if _own_name(word))
    return frozenset(keys)


def _own_name(word: str) -> bool:
    return len(word) > SHORTEST and word not in load_lexicon().texts["generic"]


def shared(left: Collection[Entity], right: Collection[Entity]) -> tuple[Entity, ...]:
    """Return the entities of the left that the right has too, each once, in their order."""
    return tuple(dict.fromkeys(one for one in left if any(same_entity(one, other) for other in right)))
