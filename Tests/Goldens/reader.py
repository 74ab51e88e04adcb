"""Reads the part of Espalier's language that states a network.

`read(text)` gives the input shape and a list of `Spec`; each has a kind, positional words,
`key=value` options and the bodies of its braces. Newlines and `;` separate, `#` at a word's start
begins a comment. A leading `add` is skipped, and so are commands beside the network (`loss`,
`optimizer`, `seed`, ...).
"""

import re
from dataclasses import dataclass, field

ALIASES = {
    "ramp": "relu",
    "swish": "silu",
    "leakyrelu": "leaky",
    "softrelu": "softplus",
    "linear": "dense",
    "batchnorm": "bn",
    "conv1d": "conv",
    "conv2d": "conv",
}
NAME_STEMS = {"residual": "res", "repeat": "rep", "parallel": "par", "relu6": "relu"}
BESIDE_THE_NETWORK = {
    "net",
    "loss",
    "optimizer",
    "seed",
    "lr",
    "data",
    "batch",
    "init",
    "defaults",
    "threads",
}


class SpecError(Exception):
    """A text that is no network of the part of the language read here."""


@dataclass
class Spec:
    """One block: its kind, words, options, and a list of specs for each of its braces."""

    kind: str
    words: list = field(default_factory=list)
    options: dict = field(default_factory=dict)
    bodies: list = field(default_factory=list)

    @property
    def stem(self):
        """What automatic names begin with: `res` for a residual, else the kind."""
        return NAME_STEMS.get(self.kind, self.kind)


def read(text):
    """The input shape, channels first, and the specs of a network."""
    tokens = _tokens(text)
    specs, position = _block(tokens, 0)
    if position < len(tokens):
        raise SpecError("a } closes nothing")
    shape = None
    network = []
    for spec in specs:
        if spec.kind == "input":
            shape = extents(spec.words[0])
        elif spec.kind not in BESIDE_THE_NETWORK:
            network.append(spec)
    if shape is None:
        raise SpecError("the network states no input")
    return shape, network


def extents(word):
    """`3x5` as (3, 5)."""
    return tuple(int(part) for part in str(word).split("x"))


def _tokens(text):
    """Words, braces and separators, in order; every end of line is a separator."""
    tokens = []
    for line in text.replace("\\\n", " ").splitlines():
        for match in re.finditer(r"#.*|[{};]|[^\s{};]+", line):
            if match.group().startswith("#"):
                break
            tokens.append(match.group())
        tokens.append(";")
    return tokens


def _block(tokens, position):
    """Specs up to an unmatched closing brace or the end, and the position reached."""
    specs = []
    while position < len(tokens) and tokens[position] != "}":
        if tokens[position] == ";":
            position += 1
            continue
        spec, position = _spec(tokens, position)
        specs.append(spec)
    return specs, position


def _spec(tokens, position):
    words, options, bodies = [], {}, []
    while position < len(tokens) and tokens[position] not in (";", "}"):
        token = tokens[position]
        if token == "{":
            body, position = _block(tokens, position + 1)
            if position == len(tokens):
                raise SpecError("a { is never closed")
            bodies.append(body)
        elif "=" in token:
            key, value = token.split("=", 1)
            options[key] = value
        else:
            words.append(token)
        position += 1
    if words and words[0] == "add":
        words = words[1:]
    if words and words[0] in ("act", "activation"):
        words = words[1:]
    if not words:
        raise SpecError("a line without a kind")
    return Spec(ALIASES.get(words[0], words[0]), words[1:], options, bodies), position


def laid_out(text):
    """The same text as commands: one block a line, bodies indented by two, outermost blocks added."""
    lines, depth = [], 0
    words = []
    for token in _tokens(text):
        if token in (";", "{", "}"):
            if token == "{":
                words.append("{")
            if words:
                if depth == 0 and words[0] not in ("input", "add", "}"):
                    words.insert(0, "add")
                lines.append("  " * depth + " ".join(words))
            words = []
            depth += {"{": 1, "}": -1, ";": 0}[token]
            if token == "}":
                words = ["}"]
        else:
            words.append(token)
    return "\n".join(lines) + "\n"
