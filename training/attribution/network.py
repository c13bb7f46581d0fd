"""The network of `tasks/attribution/tagger/network.py` in torch, with the same names, so that it can be trained."""

from collections.abc import Mapping, Sequence

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from tasks.attribution.tagger.arrays import Floats
from tasks.attribution.tagger.hints import HINTS
from tasks.attribution.tagger.inputs import BUCKETS, HASHED, PLACES, Pairs, Tokens
from tasks.attribution.tagger.network import ROLES
from tasks.attribution.tagger.weights import Vocabulary

WIDTHS = {"lemma": 40, "lower": 24, "tag": 12, "dep": 16, "entity": 8}
CROSSED, LAYERS = 4, 3
CUE_WIDTH = 48
RELATED = ("head", "subject", "clause", "object")
UNKNOWN = 0.08  # the share of words hidden while training, so that row 0 learns what an unknown word is
INDICES = ("token", "cue", "group", "distance", "place", "branch", "ancestor", "hint", "crossed")


class TorchNetwork(nn.Module):
    """Cue scores and role scores of one batch of articles."""

    def __init__(self, vocabulary: Vocabulary, dense: int, hidden: int, pair: int, dropout: float) -> None:
        super().__init__()
        for kind, width in WIDTHS.items():
            setattr(self, kind, _table(vocabulary.size(kind), width, 0.1))
        self.enter = nn.Linear(sum(WIDTHS.values()) + dense, hidden)
        self.near = nn.Linear(3 * hidden, hidden)
        self.tree = nn.Linear((1 + len(RELATED)) * hidden, hidden)
        self.wide = nn.Linear(3 * hidden, hidden)
        self.cue_inner = nn.Linear(hidden, CUE_WIDTH)
        self.cue_outer = nn.Linear(CUE_WIDTH, 1)
        self.token_side = nn.Linear(hidden, pair)
        self.cue_side = nn.Linear(hidden, pair)
        self.crossed = nn.ModuleList(_table(HASHED, pair, 0.05) for _ in range(CROSSED))
        self.distance = _table(BUCKETS, pair, 0.05)
        self.place = _table(PLACES, pair, 0.05)
        self.hint = _table(HINTS, pair, 0.05)
        self.branch = nn.Linear(WIDTHS["lemma"], pair, bias=False)
        self.ancestor = nn.Linear(WIDTHS["lemma"], pair, bias=False)
        self.smooth = nn.ModuleList(nn.Linear(3 * pair, pair) for _ in range(LAYERS))
        self.pool_group = nn.Linear(2 * pair, pair)
        self.pool_token = nn.Linear(pair, pair)
        self.verdict_inner = nn.Linear(2 * pair, CUE_WIDTH)
        self.verdict_outer = nn.Linear(CUE_WIDTH, 1)
        self.role = nn.Linear(pair, len(ROLES))
        self.drop = nn.Dropout(dropout)

    def read(self, batch: Mapping[str, Tensor]) -> Tensor:
        """Return what each token means where it stands."""
        embedded = [getattr(self, kind)(self._hide(batch[kind], kind)) for kind in WIDTHS]
        hidden = functional.relu(self.enter(self.drop(torch.cat([*embedded, batch["dense"]], 1))))
        hidden = self._convolve(self.near, hidden, batch["paragraph"], 1)
        padded = torch.cat([hidden, hidden.new_zeros(1, hidden.shape[1])])  # -1 reads the row of zeros
        relatives = [hidden, *(padded[batch[kind]] for kind in RELATED)]
        hidden = hidden + functional.relu(self.tree(self.drop(torch.cat(relatives, 1))))
        return self._convolve(self.wide, hidden, batch["paragraph"], 1)

    def score_cues(self, hidden: Tensor) -> Tensor:
        """Return the logit of each token to be the head of a cue."""
        inner: Tensor = functional.relu(self.cue_inner(hidden))
        return self.cue_outer(self.drop(inner)).squeeze(1)

    def score_roles(self, hidden: Tensor, pairs: Mapping[str, Tensor]) -> tuple[Tensor, Tensor]:
        """Return the unnormalised scores of the four roles for each pair, and the logit of each cue to be one."""
        total = self.token_side(hidden)[pairs["token"]] + self.cue_side(hidden)[pairs["cue"]]
        total = total + self.distance(pairs["distance"]) + self.place(pairs["place"])
        total = total + self.hint(pairs["hint"])
        lemma: nn.Embedding = self.lemma
        total = total + self.branch(lemma(pairs["branch"])) + self.ancestor(lemma(pairs["ancestor"]))
        for number, table in enumerate(self.crossed):
            total = total + table(pairs["crossed"][:, number])
        total = self.drop(functional.relu(total))
        for number, layer in enumerate(self.smooth):
            total = self._convolve(layer, total, pairs["group"], 2**number)
            if number == 0:
                seen = self.pool_group(self.drop(_pool(total, pairs)))[pairs["group"]] + self.pool_token(
                    self.drop(total)
                )
                total = total + functional.relu(seen)
        verdict = functional.relu(self.verdict_inner(self.drop(_pool(total, pairs))))
        return self.role(total), self.verdict_outer(self.drop(verdict)).squeeze(1)

    def _hide(self, rows: Tensor, kind: str) -> Tensor:
        if not self.training or kind not in ("lemma", "lower"):
            return rows
        return rows.masked_fill(torch.rand(rows.shape) < UNKNOWN, 0)

    def _convolve(self, layer: nn.Module, values: Tensor, group: Tensor, reach: int) -> Tensor:
        around = torch.cat([_shift(values, group, reach), values, _shift(values, group, -reach)], 1)
        return values + functional.relu(layer(self.drop(around)))


def _table(rows: int, width: int, spread: float) -> nn.Embedding:
    table = nn.Embedding(rows, width)
    nn.init.normal_(table.weight, std=spread)
    return table


def _pool(values: Tensor, pairs: Mapping[str, Tensor]) -> Tensor:
    """Return for each cue the highest values in its paragraph, and its own."""
    own = values[pairs["token"] == pairs["cue"]]
    group = pairs["group"].unsqueeze(1).expand_as(values)
    highest = values.new_zeros(own.shape).scatter_reduce(0, group, values, "amax", include_self=False)
    return torch.cat([highest, own], 1)


def _shift(values: Tensor, group: Tensor, by: int) -> Tensor:
    moved = torch.zeros_like(values)
    if len(values) > abs(by):
        to, source = (slice(by, None), slice(None, -by)) if by > 0 else (slice(None, by), slice(-by, None))
        moved[to] = values[source] * (group[to] == group[source]).unsqueeze(1)
    return moved


def join_tokens(parts: Sequence[tuple[Tokens, np.ndarray]]) -> dict[str, Tensor]:
    """Return the tokens of several articles as one batch; the second of each pair numbers its paragraphs."""
    offsets = np.cumsum([0, *(len(tokens.head) for tokens, _ in parts)])
    batch = {
        kind: torch.from_numpy(np.concatenate([getattr(tokens, kind) for tokens, _ in parts]))
        for kind in (*WIDTHS, "dense")
    }
    for kind in RELATED:
        moved = [_move(getattr(tokens, kind), offset) for (tokens, _), offset in zip(parts, offsets, strict=False)]
        batch[kind] = torch.from_numpy(np.concatenate(moved))
    # A paragraph never goes on in the next article, so its row number makes it unique.
    paragraphs = [paragraph + offset for (_, paragraph), offset in zip(parts, offsets, strict=False)]
    batch["paragraph"] = torch.from_numpy(np.concatenate(paragraphs))
    return batch


def _move(rows: np.ndarray, offset: int) -> np.ndarray:
    return np.where(rows >= 0, rows + offset, -1)


def join_pairs(parts: Sequence[Pairs], offsets: Sequence[int]) -> dict[str, Tensor]:
    """Return the pairs of several articles as one batch; `offsets` tell where each article's tokens begin in it."""
    moved: dict[str, list[np.ndarray]] = {name: [] for name in INDICES}
    groups = 0
    for pairs, offset in zip(parts, offsets, strict=True):
        for name in INDICES:
            add = {"token": offset, "cue": offset, "group": groups}.get(name, 0)
            moved[name].append(getattr(pairs, name) + add)
        groups += int(pairs.group[-1]) + 1
    return {name: torch.from_numpy(np.concatenate(arrays)) for name, arrays in moved.items()}


def export(network: TorchNetwork) -> dict[str, Floats]:
    """Return the parameters by name, as numpy reads them."""
    return {name: tensor.detach().numpy().astype(np.float32) for name, tensor in network.state_dict().items()}
