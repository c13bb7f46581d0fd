"""The state of a run on disk, so that one that was stopped goes on."""

from dataclasses import dataclass
from pathlib import Path

import torch

from training.stance.model import PairModel

FILE = "state.pt"


@dataclass(slots=True)
class State:
    """What is learnt so far, and where in the run we are."""

    model: PairModel
    optimiser: torch.optim.Optimizer
    turn: int = 0  # the pass
    place: int = 0  # the batch in it
    steps: int = 0
    seconds: float = 0.0


def save_state(folder: Path, state: State) -> None:
    """Write the state; a run that is stopped meanwhile leaves the one before."""
    folder.mkdir(parents=True, exist_ok=True)
    table = {
        "model": state.model.state_dict(),
        "optimiser": state.optimiser.state_dict(),
        "counts": {name: getattr(state, name) for name in ("turn", "place", "steps", "seconds")},
    }
    torch.save(table, folder / (FILE + ".part"))
    (folder / (FILE + ".part")).replace(folder / FILE)


def load_state(folder: Path, state: State) -> bool:
    """Return whether there was a saved state, which is then in `state`."""
    if not (folder / FILE).exists():
        return False
    table = torch.load(folder / FILE, weights_only=True)
    state.model.load_state_dict(table["model"])
    state.optimiser.load_state_dict(table["optimiser"])
    for name, value in table["counts"].items():
        setattr(state, name, value)
    return True
