"""Trains the judge of two texts: `python -m training.stance.train --data DIR --out models/judge.onnx`.

DIR holds `train.jsonl.gz`, `train_mnli_mm.jsonl.gz` and `dev.jsonl`: rows with id, corpus, licence, tier, premise,
hypothesis, label. `--made FILE` adds pairs of our own making. `--minutes N` learns for so long, the rate falling to
zero at the end; `--passes N` learns for so many passes instead, and is repeatable to the bit on one kind of machine.
With `--checkpoints DIR` a run that was stopped goes on where it was; `--start FILE` begins with the weights of a judge
that was trained before. Needs the extra `training`.
"""

import argparse
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import torch

from tasks.comparison.crossencoder import describe
from training.stance.checkpoints import State, load_state, save_state
from training.stance.encode import Batch, encode, join, load_tokenizer
from training.stance.export import write_model
from training.stance.mix import TIERS, Row, choose, count_rows, make_batches, read_rows
from training.stance.model import PairModel, base_folder, load_base
from training.stance.replicas import Replicas
from training.stance.restart import take_weights

RATE, DECAY, CLIP, WARM, SMOOTHING, DROPOUT = 2e-4, 0.01, 1.0, 0.05, 0.05, 0.1
PAUSE = 30.0  # seconds: a step that took longer was held up, and is not counted as learning
TELL = 50  # steps between two lines of the log


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How long to learn, and how."""

    minutes: float | None
    passes: float
    batch: int = 32
    threads: int = 2
    tokens: int = 96
    rate: float = RATE
    seed: int = 0
    save_every: float = 5.0
    checkpoints: Path | None = None
    start: Path | None = None
    dropout: float = 0.0
    half: bool = False

    def progress(self, state: State, steps: int) -> float:
        """Return how much of the run is done, from 0 to 1; `steps` is the number of them in a pass."""
        if self.minutes is not None:
            return state.seconds / (60 * self.minutes)
        return state.steps / max(1, round(self.passes * steps))


def rate_at(progress: float) -> float:
    """Return the share of the full learning rate: up in a straight line, then down to zero in one."""
    return min(progress / WARM, (1 - progress) / (1 - WARM))


def make_state(model: PairModel, plan: Plan) -> State:
    """Return the state of the run, fresh or as it was last saved."""
    trained = [one for one in model.parameters() if one.requires_grad]
    optimiser = torch.optim.AdamW(trained, lr=plan.rate, weight_decay=DECAY)
    state = State(model, optimiser)
    if plan.checkpoints is not None and load_state(plan.checkpoints, state):
        print(f"going on after {state.steps} steps, {state.seconds / 60:.1f} minutes", flush=True)
    return state


def batches(rows: list[Row], folder: Path, plan: Plan, state: State) -> Iterator[tuple[list[Batch], int]]:
    """Yield each batch in as many parts as threads, with the number of batches in the pass, from where the state is."""
    tokenizer = load_tokenizer(folder / "tokenizer.json", plan.tokens)
    while True:
        chosen = choose(rows, state.turn, plan.seed)
        encoded = encode(tokenizer, [(row.premise, row.hypothesis) for row in chosen])
        lengths = [len(one.ids) for one in encoded]
        made = make_batches(lengths, plan.batch, state.turn, plan.seed)
        print(f"pass {state.turn + 1}: {len(chosen)} pairs, {sum(lengths) / len(lengths):.1f} tokens each", flush=True)
        for places in made[state.place :]:
            parts = [places[start :: plan.threads] for start in range(min(plan.threads, len(places)))]
            yield [join([encoded[at] for at in part], [chosen[at] for at in part]) for part in parts], len(made)
        state.turn, state.place = state.turn + 1, 0


def learn(rows: list[Row], folder: Path, plan: Plan) -> State:
    """Return the state at the end of the run."""
    torch.manual_seed(plan.seed)
    torch.set_num_threads(1)
    model = load_base(folder, plan.dropout)
    if plan.start is not None:
        take_weights(model, plan.start)
    state = make_state(model, plan)
    log, saved = Log(), time.monotonic()
    with Replicas(model, plan.threads, half=plan.half) as replicas:
        before = time.monotonic()
        for parts, steps in batches(rows, folder, plan, state):
            progress = plan.progress(state, steps)
            if progress >= 1:
                break
            loss = step(replicas, state, parts, plan.rate * rate_at(progress))
            now = time.monotonic()
            state.seconds, before = state.seconds + min(now - before, PAUSE), now
            log.add(loss, sum(len(part.answers) for part in parts), progress, state)
            if plan.checkpoints is not None and now - saved > 60 * plan.save_every:
                save_state(plan.checkpoints, state)
                saved = now
    if plan.checkpoints is not None:
        save_state(plan.checkpoints, state)
    return state


class Log:
    """Tells every few steps how far the run is, what its loss was, and how fast it goes."""

    def __init__(self) -> None:
        self._loss, self._steps, self._pairs, self._since = 0.0, 0, 0, time.monotonic()

    def add(self, loss: float, pairs: int, progress: float, state: State) -> None:
        """Count a step, and print a line after some of them."""
        self._loss, self._steps, self._pairs = self._loss + loss, self._steps + 1, self._pairs + pairs
        if self._steps == TELL:
            speed = self._pairs / (time.monotonic() - self._since)
            where = f"{progress:6.1%} step {state.steps} pass {state.turn + 1}"
            print(f"{where} loss {self._loss / TELL:.4f} {speed:.1f} pairs/s", flush=True)
            self._loss, self._steps, self._pairs, self._since = 0.0, 0, 0, time.monotonic()


def step(replicas: Replicas, state: State, parts: list[Batch], rate: float) -> float:
    """Return the loss of one batch, after the weights have moved."""
    loss = replicas.add_gradients(parts, SMOOTHING, state.steps)
    torch.nn.utils.clip_grad_norm_([one for one in state.model.parameters() if one.grad is not None], CLIP)
    for group in state.optimiser.param_groups:
        group["lr"] = rate
    state.optimiser.step()
    state.steps += 1
    state.place += 1
    return loss


def read_arguments() -> argparse.Namespace:
    """Return what the command line says."""
    parser = argparse.ArgumentParser(prog="python -m training.stance.train", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder of the labelled pairs")
    parser.add_argument("--made", type=Path, nargs="*", default=[], help="files of pairs of our own making")
    parser.add_argument("--tiers", default=",".join(TIERS), help="licence tiers to learn from")
    parser.add_argument("--out", type=Path, required=True, help="an .onnx file; a .json comes beside it")
    parser.add_argument("--checkpoints", type=Path, help="a folder; a rerun with the same one goes on")
    parser.add_argument("--save-every", type=float, default=5.0, help="minutes between checkpoints")
    length = parser.add_mutually_exclusive_group()
    length.add_argument("--minutes", type=float, help="learn for so long")
    length.add_argument("--passes", type=float, default=3.0, help="learn for so many passes")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rate", type=float, default=RATE, help="the learning rate at its highest")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--start", type=Path, help="an .onnx file of an earlier run, whose weights are the first ones")
    parser.add_argument("--dropout", type=float, default=DROPOUT, help="share of the numbers left out while learning")
    parser.add_argument("--float32", action="store_true", help="no product in bfloat16: slower")
    return parser.parse_args()


def main() -> None:
    """Read the arguments, learn, and write the weights with what is to be told about them."""
    given = read_arguments()
    plan = Plan(
        minutes=given.minutes,
        passes=given.passes,
        threads=given.threads,
        rate=given.rate,
        seed=given.seed,
        save_every=given.save_every,
        checkpoints=given.checkpoints,
        start=given.start,
        dropout=given.dropout,
        half=not given.float32,
    )
    files = [given.data / "train.jsonl.gz", given.data / "train_mnli_mm.jsonl.gz", *given.made]
    rows = [row for file in files for row in read_rows(file, given.tiers.split(","))]
    folder = base_folder()
    state = learn(rows, folder, plan)
    told = {
        "steps": state.steps,
        "pairs": state.steps * plan.batch,
        "minutes": round(state.seconds / 60, 1),
        "tiers": given.tiers,
        "seed": plan.seed,
        "dropout": plan.dropout,
        "start": describe(plan.start).version if plan.start is not None else "the packaged encoder",
        "pass": count_rows(choose(rows, 0, plan.seed)),
    }
    tokenizer = load_tokenizer(folder / "tokenizer.json", plan.tokens)
    write_model(state.model, tokenizer, given.out, told, read_rows(given.data / "dev.jsonl"))


if __name__ == "__main__":
    main()
