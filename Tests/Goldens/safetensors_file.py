"""Writes safetensors files that are the same bytes for the same contents."""

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
