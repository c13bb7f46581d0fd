"""The trained model as files: int8 weights that onnxruntime runs, and a table beside them that says what they are."""

import json
import logging
import tempfile
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Tokenizer

from tasks.comparison.crossencoder import CrossEncoder, describe
from training.stance.encode import encode, join
from training.stance.evaluate import figures, show
from training.stance.graph import make_graph
from training.stance.mix import Row, cut
from training.stance.model import LABELS, PairModel

MOST_MEGABYTES = 25
TEMPERATURES = np.geomspace(0.25, 4.0, 81)


def quantise(model: PairModel, out: Path) -> None:
    """Write the weights as int8, a scale for each column and 7 of the 8 bits: processors without VNNI overflow at 8."""
    logging.getLogger().setLevel(logging.ERROR)  # it asks for a preparation that a graph made by hand does not need
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.onnx"
        onnx.save(make_graph(model), plain)
        out.parent.mkdir(parents=True, exist_ok=True)
        quantize_dynamic(plain, out, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)
    size = out.stat().st_size / 1e6
    if size > MOST_MEGABYTES:
        raise SystemExit(f"{out} has {size:.1f} MB, more than the {MOST_MEGABYTES} that a model may have")


def fit_temperature(probabilities: NDArray[np.floating], answers: Sequence[int]) -> float:
    """Return what the numbers are to be divided by, so that the right answers are as likely as can be."""
    places = np.arange(len(answers))

    def loss(temperature: float) -> float:
        return float(-np.log(soften(probabilities, temperature)[places, list(answers)]).mean())

    return float(min(TEMPERATURES, key=loss))


def soften(probabilities: NDArray[np.floating], temperature: float) -> NDArray[np.floating]:
    """Return what the probabilities are at this temperature."""
    powers = np.maximum(probabilities, 1e-9) ** (1 / temperature)
    return np.asarray(powers / powers.sum(1, keepdims=True))


def write_model(model: PairModel, tokenizer: Tokenizer, out: Path, told: Mapping[str, object], dev: list[Row]) -> None:
    """Write the weights and the table beside them, which holds the temperature and figures on the development rows."""
    quantise(model, out)
    digest = sha256(out.read_bytes()).hexdigest()
    table: dict[str, object] = {
        "version": f"judge-{digest[:12]}",
        "labels": list(LABELS),
        "temperature": 1.0,
        "tokens": (tokenizer.truncation or {})["max_length"],
        "sha256": digest,
        "trained": dict(told),
    }
    write_table(out, table)
    temperature = fit_temperature(judge_rows(out, dev), [LABELS.index(row.label) for row in dev])
    table["temperature"] = round(temperature, 4)
    write_table(out, table)
    plain = figures(dev, soften(judge_in_torch(model, tokenizer, dev), temperature))
    small = figures(dev, judge_rows(out, dev))
    table["development"] = {"float32": {"all": plain["all"]}, "int8": small}
    write_table(out, table)
    for name, told_of in (("float32", plain), ("int8", small)):
        print(f"{name}, temperature {temperature:.2f}:")
        show(told_of)


def judge_rows(model: Path, rows: Sequence[Row]) -> NDArray[np.floating]:
    """Return the probabilities of the rows, in the order of the labels, as the files give them."""
    return CrossEncoder(describe(model)).probabilities([(row.premise, row.hypothesis) for row in rows])


def judge_in_torch(model: PairModel, tokenizer: Tokenizer, rows: Sequence[Row]) -> NDArray[np.floating]:
    """Return the same before anything was quantised."""
    encoded = encode(tokenizer, [(row.premise, row.hypothesis) for row in rows])
    order = sorted(range(len(rows)), key=lambda place: len(encoded[place].ids))
    found = np.zeros((len(rows), len(LABELS)))
    for places in cut(order, 32):
        batch = join([encoded[place] for place in places], [rows[place] for place in places])
        with torch.inference_mode():
            found[places] = torch.softmax(model(batch.ids, batch.mask, batch.types), 1).numpy()
    return found


def write_table(out: Path, table: Mapping[str, object]) -> None:
    """Write the table beside the weights."""
    out.with_suffix(".json").write_text(json.dumps(table, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
