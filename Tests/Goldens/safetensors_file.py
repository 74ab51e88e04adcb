"""Safetensors files: written as the same bytes for the same contents, and read."""

import json
import struct

import numpy

TYPES = {"float16": "F16", "float32": "F32", "float64": "F64", "int64": "I64"}


def write(path, tensors, metadata):
    """Tensors and metadata in the order of their names, data from a multiple of 8 bytes on."""
    header, offset = {"__metadata__": dict(sorted(metadata.items()))}, 0
    chunks = []
    for name, values in sorted(tensors.items()):
        data = numpy.ascontiguousarray(values).astype(values.dtype.newbyteorder("<")).tobytes()
        header[name] = {
            "dtype": TYPES[values.dtype.name],
            "shape": list(values.shape),
            "data_offsets": [offset, offset + len(data)],
        }
        offset += len(data)
        chunks.append(data)
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + b"".join(chunks))


def read(path):
    """The tensors of a file of 32-bit floats by name."""
    data = path.read_bytes()
    (length,) = struct.unpack("<Q", data[:8])
    result = {}
    for name, entry in json.loads(data[8 : 8 + length]).items():
        if name != "__metadata__":
            begin, end = (8 + length + offset for offset in entry["data_offsets"])
            values = numpy.frombuffer(data[begin:end], dtype="<f4")
            result[name] = values.reshape(entry["shape"]).copy()
    return result
