"""One step of learning on several threads: each has a copy of the model with the same weights and gradients of its own.

Two threads inside every product wait for each other a thousand times a step, and lose half the machine as soon as
something else runs on it; two halves of a batch meet once a step.
"""

import copy
from concurrent.futures import ThreadPoolExecutor
from typing import Self

import torch
from torch import Tensor
from torch.nn import functional

from training.stance.encode import Batch
from training.stance.model import PairModel


def loss_of(model: PairModel, batch: Batch, smoothing: float) -> Tensor:
    """Return the summed loss of the pairs, a little of each answer spread over the labels that its corpus gives."""
    numbers = model(batch.ids, batch.mask, batch.types).float() + batch.barred
    logs = functional.log_softmax(numbers, 1)
    given = (batch.barred == 0).float()
    truth = functional.one_hot(batch.answers, numbers.shape[1]).float()
    wanted = (1 - smoothing) * truth + smoothing * given / given.sum(1, keepdim=True)
    return -(wanted * logs).sum()


class Replicas:
    """The model and its copies, with the threads that run them."""

    def __init__(self, model: PairModel, threads: int, *, half: bool = False) -> None:
        """Copy the model; with `half`, products are made in bfloat16, which is quicker, and the weights stay whole."""
        self.half = half
        self.models = [model]
        for _ in range(threads - 1):
            other = copy.deepcopy(model)
            for ours, theirs in zip(other.parameters(), model.parameters(), strict=True):
                ours.data = theirs.data  # the same memory, so that one step of the optimiser moves all
            self.models.append(other)
        self._pool = ThreadPoolExecutor(threads, initializer=torch.set_num_threads, initargs=(1,))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown()

    def add_gradients(self, parts: list[Batch], smoothing: float, seed: int = 0) -> float:
        """Return the mean loss of the parts of a batch, and leave the gradient of that mean on the model.

        What dropout leaves out hangs on the seed alone, which is another one for each step.
        """
        count = sum(len(part.answers) for part in parts)

        def run(place: int, model: PairModel, part: Batch) -> float:
            model.zero_grad(set_to_none=True)
            model.dropout.chance = torch.Generator().manual_seed(seed * len(self.models) + place)
            with torch.autocast("cpu", torch.bfloat16, enabled=self.half):  # of this thread alone
                loss = loss_of(model, part, smoothing) / count
            loss.backward()  # type: ignore[no-untyped-call]
            model.dropout.chance = None
            return loss.item()

        losses = list(self._pool.map(run, range(len(parts)), self.models, parts))
        for other in self.models[1 : len(parts)]:
            for ours, theirs in zip(self.models[0].parameters(), other.parameters(), strict=True):
                if ours.grad is not None and theirs.grad is not None:
                    ours.grad += theirs.grad
        return sum(losses)
