"""A tiny network learns a tiny task, is stopped and goes on, is written, and judges the same when it is read again."""

import gzip
import json
import shutil
import sys
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
import pytest

from tasks.comparison.crossencoder import CrossEncoder, describe
from tasks.comparison.embeddings import TOKENIZER_FILE, TOKENIZER_PACKAGE, find_in_package
from tests.comparison.tiny_models import write_safetensors
from training.stance.mix import Row

torch = pytest.importorskip("torch", reason="torch is missing: nothing is trained here; the extra `training` brings it")
onnx = pytest.importorskip(
    "onnx", reason="onnx is missing: no weights are written here; the extra `training` brings it"
)
encoding, graph, model, replicas, restart, train = (  # imported late: they cannot be without torch
    import_module(f"training.stance.{name}") for name in ("encode", "graph", "model", "replicas", "restart", "train")
)

WIDTH, INNER, WORDS, PLACES, LAYERS = 32, 64, 30522, 128, 2
SAYS = {"confirms": "agree", "denies": "conflict", "wonders": "neutral"}
PEOPLE = ("mayor", "baker", "pilot", "doctor", "farmer", "king")
THINGS = ("bridge", "river", "school", "train")


def pairs(corpus: str = "lingnli") -> list[Row]:
    """Return pairs whose label hangs on one word."""
    return [
        Row(
            id=f"{corpus}-{who}-{what}-{verb}",
            corpus=corpus,
            licence="CC0 1.0",
            tier="open",
            premise=f"The {who} {verb} it.",
            hypothesis=f"The {what} is closed.",
            label=label,
        )
        for who in PEOPLE
        for what in THINGS
        for verb, label in SAYS.items()
    ]


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a random BERT of two layers, with the tokenizer of the packaged one."""
    folder = tmp_path_factory.mktemp("base")
    chance = np.random.default_rng(7)

    def some(*sizes: int) -> np.ndarray:
        return chance.normal(0, 0.05, sizes).astype(np.float32)

    arrays = {
        "embeddings.word_embeddings.weight": chance.normal(0, 1, (WORDS, WIDTH)).astype(np.float32),
        "embeddings.position_embeddings.weight": some(PLACES, WIDTH),
        "embeddings.token_type_embeddings.weight": some(2, WIDTH),
        "embeddings.LayerNorm.weight": np.ones(WIDTH, np.float32),
        "embeddings.LayerNorm.bias": some(WIDTH),
    }
    sizes = {"attention.output.dense": (WIDTH, WIDTH), "intermediate.dense": (INNER, WIDTH)}
    sizes |= {"output.dense": (WIDTH, INNER)}
    sizes |= {f"attention.self.{name}": (WIDTH, WIDTH) for name in ("query", "key", "value")}
    for layer in range(LAYERS):
        for name, (rows, columns) in sizes.items():
            arrays[f"encoder.layer.{layer}.{name}.weight"] = some(rows, columns) * 3
            arrays[f"encoder.layer.{layer}.{name}.bias"] = some(rows)
        for name in ("attention.output.LayerNorm", "output.LayerNorm"):
            arrays[f"encoder.layer.{layer}.{name}.weight"] = np.ones(WIDTH, np.float32)
            arrays[f"encoder.layer.{layer}.{name}.bias"] = some(WIDTH)
    write_safetensors(folder / "model.safetensors", arrays)
    config = {"vocab_size": WORDS, "hidden_size": WIDTH, "num_hidden_layers": LAYERS, "num_attention_heads": 4}
    config |= {"intermediate_size": INNER, "max_position_embeddings": PLACES}
    (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")
    shutil.copy(find_in_package(TOKENIZER_PACKAGE, TOKENIZER_FILE), folder / "tokenizer.json")
    return folder


def test_one_command_trains_and_writes_what_the_judge_reads(
    base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "train.jsonl.gz", pairs()[6:])
    write(tmp_path / "train_mnli_mm.jsonl.gz", [replace(row, corpus="mnli", tier="nc") for row in pairs()])
    write(tmp_path / "dev.jsonl", pairs())
    write(tmp_path / "made.jsonl", [replace(row, corpus="made", tier="unstated") for row in pairs()[6:]])
    out = tmp_path / "judge.onnx"
    monkeypatch.setattr(train, "base_folder", lambda: base)
    told = f"train --data {tmp_path} --made {tmp_path / 'made.jsonl'} --out {out} --passes 12 --rate 0.005"
    monkeypatch.setattr(sys, "argv", told.split())
    train.main()
    table = json.loads(out.with_suffix(".json").read_text(encoding="utf-8"))
    assert set(table["trained"]["pass"]) == {"lingnli", "made"}, "what is non-commercial is not read"
    assert table["development"]["int8"]["all"]["accuracy"] == 1.0
    judged = CrossEncoder(describe(out)).judge([(row.premise, row.hypothesis) for row in pairs()])
    assert [judgement.label for judgement in judged] == [row.label for row in pairs()]
    other = model.load_base(base)
    restart.take_weights(other, out)
    batch = encoded(base, pairs())
    again = torch.softmax(other(batch.ids, batch.mask, batch.types) / table["temperature"], 1).detach().numpy()
    read = CrossEncoder(describe(out)).probabilities([(row.premise, row.hypothesis) for row in pairs()])
    np.testing.assert_allclose(again, read, atol=0.1)  # what eight bits lose on the way
    assert torch.equal(other.words.weight, model.load_base(base).words.weight)


def test_a_run_that_was_stopped_ends_as_if_it_had_not(
    base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = train.Plan(minutes=None, passes=3, batch=16, rate=1e-3, dropout=0.2)
    whole = train.learn(pairs(), base, plan)
    plan = replace(plan, checkpoints=tmp_path, save_every=0)
    real, left = train.step, iter(range(7))

    def stopping(*given: object) -> float:
        if next(left, None) is None:
            raise KeyboardInterrupt
        return float(real(*given))

    with monkeypatch.context() as stopped:
        stopped.setattr(train, "step", stopping)
        with pytest.raises(KeyboardInterrupt):
            train.learn(pairs(), base, plan)
    resumed = train.learn(pairs(), base, plan)
    assert (resumed.steps, resumed.turn, resumed.place) == (whole.steps, whole.turn, whole.place)
    for ours, theirs in zip(resumed.model.parameters(), whole.model.parameters(), strict=True):
        assert torch.equal(ours, theirs)


def test_two_threads_give_the_gradients_of_one(base: Path) -> None:
    rows = pairs()[:13]
    encoded = encoding.encode(
        encoding.load_tokenizer(base / "tokenizer.json", 96), [(row.premise, row.hypothesis) for row in rows]
    )
    found = []
    for threads in (1, 2):
        torch.manual_seed(0)
        network = model.load_base(base)
        with replicas.Replicas(network, threads) as copies:
            parts = [encoding.join(encoded[at::threads], rows[at::threads]) for at in range(threads)]
            loss = copies.add_gradients(parts, 0.05)
        found.append((loss, network.head.weight.grad, network.layers[0].inner.weight.grad))
    (one, *ones), (two, *twos) = found
    assert one == pytest.approx(two)
    for left, right in zip(ones, twos, strict=True):
        torch.testing.assert_close(left, right)


def test_dropout_hangs_on_the_seed_alone_and_only_while_learning(base: Path) -> None:
    batch, network = encoded(base, pairs()[:8]), model.load_base(base, 0.3)
    with replicas.Replicas(network, 1) as copies:
        losses = [copies.add_gradients([batch], 0.05, seed) for seed in (3, 3, 4)]
    assert losses[0] == losses[1] != losses[2]
    plain = model.load_base(base)
    plain.load_state_dict(network.state_dict())
    assert torch.equal(network(batch.ids, batch.mask, batch.types), plain(batch.ids, batch.mask, batch.types))


def test_products_in_bfloat16_are_near_whole_ones(base: Path) -> None:
    batch, losses = encoded(base, pairs()[:8]), []
    for half in (False, True):
        torch.manual_seed(0)
        with replicas.Replicas(model.load_base(base), 1, half=half) as copies:
            losses.append(copies.add_gradients([batch], 0.05))
    assert losses[0] == pytest.approx(losses[1], rel=0.02)
    assert losses[0] != losses[1]


def test_the_graph_gives_what_torch_gives(base: Path, tmp_path: Path) -> None:
    rows = [replace(row, premise=row.premise * (place % 5 + 1)) for place, row in enumerate(pairs()[:9])]
    encoded = encoding.encode(
        encoding.load_tokenizer(base / "tokenizer.json", 24), [(row.premise, row.hypothesis) for row in rows]
    )
    batch = encoding.join(encoded, rows)
    network = model.load_base(base)
    onnx.save(graph.make_graph(network), tmp_path / "plain.onnx")
    session = onnxruntime.InferenceSession(str(tmp_path / "plain.onnx"), providers=["CPUExecutionProvider"])
    feed = {"input_ids": batch.ids, "attention_mask": batch.mask, "token_type_ids": batch.types}
    (given,) = session.run(None, {name: value.numpy() for name, value in feed.items()})
    np.testing.assert_allclose(given, network(batch.ids, batch.mask, batch.types).detach().numpy(), atol=1e-5)
    assert np.ptp(given, axis=0).max() > 0.01, "the pairs are told apart at all"


def test_a_corpus_without_neutral_pairs_teaches_nothing_about_neutral(base: Path) -> None:
    tokenizer = encoding.load_tokenizer(base / "tokenizer.json", 96)
    neutral = model.LABELS.index("neutral")
    moved = {}
    for corpus in ("lingnli", "fever_dev"):
        rows = [row for row in pairs(corpus) if row.label != "neutral"]
        encoded = encoding.encode(tokenizer, [(row.premise, row.hypothesis) for row in rows])
        network = model.load_base(base)
        replicas.loss_of(network, encoding.join(encoded, rows), 0.05).backward()
        moved[corpus] = float(network.head.bias.grad[neutral].abs())
    assert moved["lingnli"] > 1.0
    assert moved["fever_dev"] == pytest.approx(0.0, abs=1e-6)


@pytest.mark.parametrize(
    ("progress", "rate"), [(0.0, 0.0), (0.025, 0.5), (0.05, 1.0), (0.525, 0.5), (1.0, 0.0)], ids=str
)
def test_the_rate_climbs_and_falls_to_zero(progress: float, rate: float) -> None:
    assert train.rate_at(progress) == pytest.approx(rate)


def encoded(base: Path, rows: list[Row]) -> Any:
    """Return the rows as one batch."""
    tokenizer = encoding.load_tokenizer(base / "tokenizer.json", 96)
    return encoding.join(encoding.encode(tokenizer, [(row.premise, row.hypothesis) for row in rows]), rows)


def write(path: Path, rows: list[Row]) -> None:
    """Write the rows as a file of pairs, gzipped where its name says so."""
    names = ("id", "corpus", "licence", "tier", "premise", "hypothesis", "label")
    data = "".join(json.dumps({name: getattr(row, name) for name in names}) + "\n" for row in rows).encode()
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
