"""Weights in the safetensors format, read without its library: a length, a JSON header, and plain numbers behind it.

Source: the format as documented by its authors (huggingface/safetensors, README, "Format").
"""

import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from themes.errors import ModelError

type Weights = dict[str, NDArray[np.float32]]
_TYPES = {"F64": np.float64, "F32": np.float32, "F16": np.float16}


def read_weights(file: Path) -> Weights:
    """The arrays of floating-point numbers in a file by their names, as float32; other arrays are passed over.

    Raises:
        ModelError: If the file is not of the format, or damaged.
    """
    try:
        content = file.read_bytes()
        length = int.from_bytes(content[:8], "little")
        header = json.loads(content[8 : 8 + length])
        header.pop("__metadata__", None)
        body = memoryview(content)[8 + length :]
        return {
            name: _array(body, about["dtype"], *about["data_offsets"]).reshape(about["shape"])
            for name, about in header.items()
            if about["dtype"] in {*_TYPES, "BF16"}
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise ModelError(f"{file} cannot be read as safetensors. Put the encoder's folder back as it came.") from None


def _array(body: memoryview, kind: str, start: int, end: int) -> NDArray[np.float32]:
    if kind == "BF16":  # the upper half of a float32
        return (np.frombuffer(body[start:end], "<u2").astype(np.uint32) << 16).view(np.float32)
    return np.frombuffer(body[start:end], np.dtype(_TYPES[kind]).newbyteorder("<")).astype(np.float32)


def read_array(file: Path, name: str) -> NDArray[np.float32]:
    """One array of single precision by its name, left on disk until it is looked at: for large tables of which a few
    rows are needed.

    Raises:
        ModelError: If the file is not of the format, or holds no such array.
    """
    try:
        with file.open("rb") as content:
            length = int.from_bytes(content.read(8), "little")
            about = json.loads(content.read(length))[name]
        start, end = about["data_offsets"]
        shape = tuple(about["shape"])
        if about["dtype"] == "F32" and end - start == 4 * int(np.prod(shape)):
            return np.memmap(file, "<f4", "r", offset=8 + length + start, shape=shape)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, OverflowError):
        pass  # said below
    raise ModelError(f"{file} holds no numbers called {name}. Run `make setup` again; nothing was read.")
