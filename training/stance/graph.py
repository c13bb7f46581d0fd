"""The trained model as an ONNX graph, written node by node: no exporter, and so nothing beside the package onnx."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from training.stance.model import PairModel

OPSET = 20  # the first with Gelu
EPSILON = 1e-12
FAR = -1e4


class Graph:
    """Nodes and constants, added in the order in which they are used."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: dict[str, onnx.TensorProto] = {}

    def constant(self, name: str, value: NDArray[np.generic]) -> str:
        """Return the name under which the value is kept."""
        self.constants[name] = numpy_helper.from_array(np.ascontiguousarray(value), name)
        return name

    def add(self, kind: str, inputs: Sequence[str], name: str, **options: Any) -> str:
        """Return the name of what this node gives."""
        self.nodes.append(helper.make_node(kind, list(inputs), [name], name=name, **options))
        return name

    def linear(self, hidden: str, name: str, weight: NDArray[np.generic], bias: NDArray[np.generic]) -> str:
        """Return a product and a sum; the matrix is the one constant that is quantised later."""
        product = self.add("MatMul", [hidden, self.constant(f"{name}.weight", weight.T)], f"{name}.product")
        return self.add("Add", [product, self.constant(f"{name}.bias", bias)], name)

    def norm(self, hidden: str, name: str, weight: NDArray[np.generic], bias: NDArray[np.generic]) -> str:
        """Return the vectors, each with mean 0 and spread 1, then stretched and moved."""
        given = [hidden, self.constant(f"{name}.weight", weight), self.constant(f"{name}.bias", bias)]
        return self.add("LayerNormalization", given, name, axis=-1, epsilon=EPSILON)


def make_graph(model: PairModel) -> onnx.ModelProto:
    """Return the model as a graph from ids, mask and types to a number for each label."""
    state = {name: value.detach().numpy() for name, value in model.state_dict().items()}
    graph = Graph()
    hidden = embed(graph, state)
    mask = graph.add("Cast", ["attention_mask"], "mask", to=TensorProto.FLOAT)
    hidden_from = hide(graph, mask)
    heads, width = model.shape.heads, model.shape.width
    graph.constant("heads", np.array([0, 0, heads, width // heads], np.int64))
    graph.constant("together", np.array([0, 0, width], np.int64))
    graph.constant("scale", np.array((width // heads) ** -0.5, np.float32))
    for number in range(model.shape.layers):
        hidden = layer(graph, f"layers.{number}", hidden, hidden_from, state)
    weights = graph.add("Unsqueeze", [mask, graph.constant("last", np.array([2], np.int64))], "weights")
    one = graph.constant("one", np.array([1], np.int64))
    total = graph.add("ReduceSum", [graph.add("Mul", [hidden, weights], "weighed"), one], "total", keepdims=0)
    mean = graph.add("Div", [total, graph.add("ReduceSum", [weights, one], "count", keepdims=0)], "mean")
    graph.linear(mean, "logits", state["head.weight"], state["head.bias"])
    return finish(graph)


def embed(graph: Graph, state: dict[str, NDArray[np.generic]]) -> str:
    """Return the vectors of the tokens before any of them has looked at another."""
    zero = graph.constant("zero", np.array([0], np.int64))
    length = graph.add("Shape", ["input_ids"], "length", start=1, end=2)
    table = graph.constant("places.weight", state["places.weight"])
    places = graph.add("Slice", [table, zero, length, zero], "places")
    words, types = (
        graph.add("Gather", [graph.constant(f"{name}.weight", state[f"{name}.weight"]), index], name)
        for name, index in (("words", "input_ids"), ("types", "token_type_ids"))
    )
    both = graph.add("Add", [graph.add("Add", [words, places], "placed"), types], "embedded")
    return graph.norm(both, "norm", state["norm.weight"], state["norm.bias"])


def hide(graph: Graph, mask: str) -> str:
    """Return 0 for every token and a number far below for padding, for all heads and all tokens that look."""
    padding = graph.add("Sub", [graph.constant("full", np.array(1, np.float32)), mask], "padding")
    far = graph.add("Mul", [padding, graph.constant("far", np.array(FAR, np.float32))], "far.away")
    return graph.add("Unsqueeze", [far, graph.constant("middle", np.array([1, 2], np.int64))], "hidden.from")


def layer(graph: Graph, name: str, hidden: str, hidden_from: str, state: dict[str, NDArray[np.generic]]) -> str:
    """Return the next vectors of the tokens, as `model.Layer` does."""

    def linear(given: str, part: str) -> str:
        full = f"{name}.{part}"
        return graph.linear(given, full, state[f"{full}.weight"], state[f"{full}.bias"])

    def add_norm(given: str, part: str) -> str:
        full = f"{name}.{part}"
        return graph.norm(given, full, state[f"{full}.weight"], state[f"{full}.bias"])

    seen = look(graph, name, linear(hidden, "query_key_value"), hidden_from)
    mixed = linear(seen, "mixed")
    hidden = add_norm(graph.add("Add", [hidden, mixed], f"{name}.mixed.sum"), "mixed_norm")
    outer = linear(graph.add("Gelu", [linear(hidden, "inner")], f"{name}.bent"), "outer")
    return add_norm(graph.add("Add", [hidden, outer], f"{name}.outer.sum"), "outer_norm")


def look(graph: Graph, name: str, joined: str, hidden_from: str) -> str:
    """Return what each token gathers from those that it looks at; `joined` holds query, key and value."""
    parts = [f"{name}.{part}" for part in ("query", "key", "value")]
    graph.nodes.append(helper.make_node("Split", [joined], parts, name=f"{name}.split", axis=-1, num_outputs=3))
    query, key, value = (
        graph.add("Transpose", [graph.add("Reshape", [part, "heads"], f"{part}.heads")], f"{part}.turned", perm=order)
        for part, order in zip(parts, ([0, 2, 1, 3], [0, 2, 3, 1], [0, 2, 1, 3]), strict=True)
    )
    alike = graph.add("Mul", [graph.add("MatMul", [query, key], f"{name}.alike"), "scale"], f"{name}.scaled")
    looks = graph.add("Softmax", [graph.add("Add", [alike, hidden_from], f"{name}.open")], f"{name}.looks", axis=-1)
    seen = graph.add(
        "Transpose", [graph.add("MatMul", [looks, value], f"{name}.seen")], f"{name}.back", perm=[0, 2, 1, 3]
    )
    return graph.add("Reshape", [seen, "together"], f"{name}.together")


def finish(graph: Graph) -> onnx.ModelProto:
    """Return the checked model."""
    inputs = [
        helper.make_tensor_value_info(name, TensorProto.INT64, ["pairs", "tokens"])
        for name in ("input_ids", "attention_mask", "token_type_ids")
    ]
    outputs = [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["pairs", "labels"])]
    body = helper.make_graph(graph.nodes, "judge", inputs, outputs, list(graph.constants.values()))
    made = helper.make_model(body, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=9)
    onnx.checker.check_model(made)
    return made
