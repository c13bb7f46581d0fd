"""The weights of a judge that was written before, so that another run goes on from them."""

from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper

from training.stance.model import PairModel

HEAD = "logits"  # what the graph calls the head
FROZEN = "words.weight"  # never learnt, so the packaged ones are the same without the loss of eight bits


def take_weights(model: PairModel, path: Path) -> None:
    """Put the weights of the file into the model; those in eight bits come back as near as eight bits tell them."""
    arrays = {one.name: numpy_helper.to_array(one) for one in onnx.load(path).graph.initializer}
    state = model.state_dict()
    for name, value in state.items():
        if name == FROZEN:
            continue
        found = torch.from_numpy(read(arrays, name.replace("head.", f"{HEAD}.")).copy())
        state[name] = found.T if found.shape != value.shape or is_product(name, value) else found
    model.load_state_dict(state)


def is_product(name: str, value: torch.Tensor) -> bool:
    """Return whether this is the matrix of a product, which the graph holds the other way round."""
    return value.dim() > 1 and not name.startswith(("places", "types", "words"))


def read(arrays: dict[str, NDArray[np.generic]], name: str) -> NDArray[np.float32]:
    """Return an array, from eight bits and their scales (one for each column) where it was quantised."""
    if name in arrays:
        return np.asarray(arrays[name], np.float32)
    whole = arrays[f"{name}_quantized"].astype(np.float32) - arrays[f"{name}_zero_point"].astype(np.float32)
    return np.asarray(whole * arrays[f"{name}_scale"], np.float32)
