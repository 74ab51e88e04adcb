"""Writes small PNG and JPEG images, and what Pillow reads from them, to Tests/Goldens/Images."""

import json
import pathlib
import struct
import zlib

import numpy
import torch
from PIL import Image

FOLDER = pathlib.Path(__file__).parent / "Images"
random = numpy.random.default_rng(7)


def gradient(height, width, channels, top=255):
    grid = numpy.add.outer(numpy.arange(height) * 5, numpy.arange(width) * 3)
    planes = [(grid * (channel + 2)) % (top + 1) for channel in range(channels)]
    return numpy.stack(planes, axis=-1)


def values(name, array):
    """Channels first, in the order of the file."""
    array = numpy.asarray(array, dtype=numpy.float64)
    array = array[..., None] if array.ndim == 2 else array
    return {"name": name, "shape": [array.shape[2], *array.shape[:2]],
            "values": [round(float(v), 6) for v in array.transpose(2, 0, 1).ravel()]}


def over_black(image):
    array = numpy.asarray(image, dtype=numpy.float64) / 255
    return array[..., :-1] * array[..., -1:]


def interlaced(array):
    """A PNG file of RGB bytes whose rows come in the seven passes of Adam7, which Pillow does not write."""
    passes = [(0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4), (2, 0, 4, 2), (0, 1, 2, 2),
              (1, 0, 2, 1)]
    rows = b""
    for top, left, down, right in passes:
        part = array[top::down, left::right]
        if part.size:
            rows += b"".join(b"\0" + row.tobytes() for row in part)

    def chunk(name, content):
        crc = zlib.crc32(name + content)
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", crc)

    header = struct.pack(">IIBBBBB", array.shape[1], array.shape[0], 8, 2, 0, 0, 1)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows))
            + chunk(b"IEND", b""))


def main():
    FOLDER.mkdir(exist_ok=True)
    found = []

    def keep(name, image, expected, **options):
        image.save(FOLDER / name, **options)
        found.append(values(name, expected))

    rgb = Image.fromarray(gradient(5, 7, 3).astype("uint8"), "RGB")
    grey = rgb.convert("L")
    keep("rgb.png", rgb, numpy.asarray(rgb) / 255)
    keep("grey.png", grey, numpy.asarray(grey) / 255)
    keep("bits.png", grey.point(lambda v: 255 * (v > 99)).convert("1"),
         (numpy.asarray(grey) > 99) * 1.0)
    palette = rgb.quantize(6)
    keep("palette.png", palette, numpy.asarray(palette.convert("RGB")) / 255)
    alpha = Image.fromarray(gradient(5, 7, 4).astype("uint8"), "RGBA")
    keep("alpha.png", alpha, over_black(alpha))
    grey_alpha = alpha.convert("LA")
    keep("grey-alpha.png", grey_alpha, over_black(grey_alpha))
    deep = gradient(5, 7, 1, 65535)[..., 0] * 700 % 65536
    keep("deep.png", Image.fromarray(deep.astype("uint16")), deep / 65535)
    (FOLDER / "interlaced.png").write_bytes(interlaced(numpy.asarray(rgb)))
    assert (numpy.asarray(Image.open(FOLDER / "interlaced.png")) == numpy.asarray(rgb)).all()
    found.append(values("interlaced.png", numpy.asarray(rgb) / 255))
    # Smooth images, whose JPEGs decoders agree on to a rounding step.
    smooth = Image.fromarray(gradient(16, 24, 3, 255).astype("uint8") // 2, "RGB")
    for name, image, options in [
        ("rgb.jpg", smooth, {"quality": 95, "subsampling": 0}),
        ("grey.jpg", smooth.convert("L"), {"quality": 95}),
        ("progressive.jpg", smooth, {"quality": 95, "subsampling": 0, "progressive": True}),
    ]:
        image.save(FOLDER / name, **options)
        found.append(values(name, numpy.asarray(Image.open(FOLDER / name)) / 255))
    smooth.convert("CMYK").save(FOLDER / "cmyk.jpg")

    source = torch.tensor(random.random((1, 2, 4, 6)), dtype=torch.float32)
    resized = {"source": source.flatten().tolist()}
    resized["halved"] = torch.nn.functional.avg_pool2d(source, 2).flatten().tolist()
    resized["grown"] = torch.nn.functional.interpolate(
        source, (7, 9), mode="bilinear", align_corners=False).flatten().tolist()
    (FOLDER / "expected.json").write_text(json.dumps({"images": found, "resized": resized}) + "\n")


main()
