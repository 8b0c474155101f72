"""A model on disk: the graph in one file, the weights beside it, mapped into memory when run.

ONNX Runtime parses a single file whole and holds its weights twice while it opens it; weights in a
file of their own are mapped and shared between processes.
"""

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
from onnx import helper

from sottovoce.wav2vec2.graph.model import Model

GRAPH_FILE = "model.onnx"
WEIGHTS_FILE = "model.weights"
ALIGNMENT_BYTES = 4096
SMALL_BYTES = 1024


def write_model(folder: Path, model: Model) -> None:
    """Write graph and weights into ``folder``."""
    graph = onnx.ModelProto()
    graph.CopyFrom(model.graph)
    with (folder / WEIGHTS_FILE).open("wb") as file:
        for name, values in model.weights.items():
            tensor = graph.graph.initializer.add()
            if values.nbytes < SMALL_BYTES:
                tensor.CopyFrom(onnx.numpy_helper.from_array(values, name))
                continue
            file.write(b"\0" * (-file.tell() % ALIGNMENT_BYTES))
            _point(tensor, name, values, file.tell())
            file.write(np.ascontiguousarray(values).data)
    (folder / GRAPH_FILE).write_bytes(graph.SerializeToString(deterministic=True))


def _point(tensor: onnx.TensorProto, name: str, values: npt.NDArray[Any], offset: int) -> None:
    tensor.name = name
    tensor.dims.extend(values.shape)
    tensor.data_type = helper.np_dtype_to_tensor_dtype(values.dtype)
    tensor.data_location = onnx.TensorProto.EXTERNAL
    for key, value in (
        ("location", WEIGHTS_FILE),
        ("offset", str(offset)),
        ("length", str(values.nbytes)),
    ):
        tensor.external_data.add(key=key, value=value)


def read_model(folder: Path, graph_file: str = GRAPH_FILE) -> Model:
    """Read a model that :func:`write_model` wrote; its weights stay mapped to their file."""
    graph = onnx.load(folder / graph_file, load_external_data=False)
    weights = {tensor.name: _values(tensor, folder) for tensor in graph.graph.initializer}
    del graph.graph.initializer[:]
    return Model(graph, weights)


def write_single(path: Path, model: Model) -> None:
    """Write a model into one file, weights included; only for what leaves this machine."""
    graph = onnx.ModelProto()
    graph.CopyFrom(model.graph)
    graph.graph.initializer.extend(
        onnx.numpy_helper.from_array(np.asarray(values), name)
        for name, values in model.weights.items()
    )
    path.write_bytes(graph.SerializeToString(deterministic=True))


def _values(tensor: onnx.TensorProto, folder: Path) -> npt.NDArray[Any]:
    if tensor.data_location != onnx.TensorProto.EXTERNAL:
        return onnx.numpy_helper.to_array(tensor)
    told = {entry.key: entry.value for entry in tensor.external_data}
    kind = helper.tensor_dtype_to_np_dtype(tensor.data_type)
    file = folder / Path(told["location"]).name
    return np.memmap(file, kind, "r", int(told["offset"]), tuple(tensor.dims))
