"""What a person might do next, drawn at random: edits, runs, looks, files, keys, windows of other sizes, mistakes."""

NETWORKS = [
    "input 1x8x8; add conv 8 3; add bn; add relu; repeat 2 { basicblock 8 }; add gap; add dense 10",
    "input 1x8x8; add flatten; add dense 32; add relu; add residual { dense 32; relu; dense 32 }; add dense 10",
    "input 1x8x8; add conv 4 3; add relu; add conv 8 3 stride=2; add bn; add relu; add flatten; add dense 10",
]
LAYERS = ["conv 8 3", "conv 12 1", "bn", "relu", "dropout 0.1", "gn 2", "dense 10", "sigmoid", "basicblock 8",
          "residual { conv 8 3; bn }", "maxpool 2", "se", "ln", "identity", "noise 0.1"]
NAMES = ["conv1", "conv2", "conv3", "bn1", "bn2", "relu1", "relu2", "dense1", "dense2", "residual1", "basicblock1",
         "basicblock2", "sequential1", "gap1", "flatten1", "nothing7"]
EDITS = [
    lambda r: f"add {r.choice(LAYERS)}",
    lambda r: f"insert {r.choice(['before', 'after'])} {r.choice(NAMES)} {r.choice(LAYERS)}",
    lambda r: f"remove {r.choice(NAMES)}",
    lambda r: f"wrap {r.choice(['residual', 'sequential'])} {r.choice(NAMES)}",
    lambda r: f"unwrap {r.choice(NAMES)}",
    lambda r: f"set {r.choice(NAMES)} channels={r.choice([4, 8, 12, 16])}",
    lambda r: f"set {r.choice(NAMES)} checkpoint={r.choice(['yes', 'no'])}",
    lambda r: f"replace {r.choice(NAMES)} {r.choice(LAYERS)}",
    lambda r: f"rename {r.choice(NAMES)} {r.choice(NAMES)}",
    lambda r: f"move {r.choice(NAMES)} {r.choice(['before', 'after'])} {r.choice(NAMES)}",
    lambda r: f"{r.choice(['freeze', 'unfreeze'])} {r.choice(NAMES)}",
    lambda r: f"{r.choice(['deepen', 'widen'])} {r.choice(NAMES)}",
    lambda r: r.choice(["undo", "redo", "undo 3", "redo 2"]),
]
SETTINGS = [
    lambda r: f"lr {r.choice([0.1, 0.05, 0.01])}",
    lambda r: f"batch {r.choice([8, 16, 64])}",
    lambda r: f"optimizer {r.choice(['sgd', 'sgd momentum=0.9', 'adam', 'adamw'])}",
    lambda r: f"threads {r.choice([1, 2])}",
    lambda r: f"seed {r.randrange(1000)}",
    lambda r: f"clip {r.choice(['1', 'off'])}",
    lambda r: f"theme {r.choice(['dark', 'light', 'plain'])}",
]
RUNS = [
    lambda r: f"train {r.choice([1, 3, 20])}",
    lambda r: f"train {r.choice([5, 50])} steps",
    lambda r: r.choice(["pause", "resume", "stop", "step", "step 3"]),
]
LOOKS = [
    lambda r: r.choice(["tree", "summary", "memory", "script", "gradients", "why", "check", "plan", "trace", "recipe",
                        "runs", "help", "help conv", "explain residual", "data", "evaluate", "confusion", "mistakes",
                        "predict first=3", "plot loss", "lesion", "paths", "receptive", "library", "net", "autosave"]),
    lambda r: f"{r.choice(['fold', 'unfold', 'tree', 'draw'])} {r.choice(NAMES)}",
    lambda r: f"print {r.choice(['$(params(net))', 'hello', '$(1 / 0)'])}",
]
FILES = [
    lambda r: f"save kept{r.randrange(4)}.{r.choice(['esp', 'safetensors', 'params'])}",
    lambda r: f"load kept{r.randrange(4)}.{r.choice(['esp', 'safetensors', 'params'])}",
    lambda r: f"export written{r.randrange(2)}.{r.choice(['py', 'onnx'])}",
    lambda r: f"screen > screen{r.randrange(2)}.{r.choice(['txt', 'svg'])}",
    lambda r: f"plot loss > curve.{r.choice(['svg', 'csv'])}",
    lambda r: "draw > drawn.svg",
]
BRANCHES = [
    lambda r: f"fork copy{r.randrange(3)}",
    lambda r: f"net {r.choice(['main', 'copy0', 'copy1', 'copy2'])}",
    lambda r: f"drop copy{r.randrange(3)}",
    lambda r: r.choice(["lesson 1", "next", "hint", "back", "lesson stop"]),
]
MISTAKES = [
    lambda r: "".join(r.choice("abc xyz{}()=\"'$;>#0123456789é界\\") for _ in range(r.randrange(1, 60))),
    lambda r: f"add conv {r.choice(['-1', '9999999999999', 'x', '3 3 3 3', '4 3 stride=0'])}",
    lambda r: r.choice(["load nowhere.esp", "save /nowhere/net.esp", "data csv nowhere.csv", "train -3", "add"]),
]
KINDS = [(EDITS, 40), (SETTINGS, 8), (RUNS, 14), (LOOKS, 14), (FILES, 7), (BRANCHES, 4), (MISTAKES, 6)]

KEYS = [b"\x1b[A", b"\x1b[B", b"\x1b[C", b"\x1b[D", b"\x1b[H", b"\x1b[F", b"\x1b[3~", b"\x1b[5~", b"\x1b[6~",
        b"\x7f", b"\t", b"\x12", b"\x07", b"\x1b", b"\x1bb", b"\x1bf", b"\x1bd", b"\x1b.", b"\x17", b"\x19", b"\x15",
        b"\x0b", b"\x01", b"\x05", b"\x0c", b"\x14", b"\x1bOP", b"\x1b[15~", b"\x1b[<0;10;10M", b"\x1b[<64;9;9M",
        b"\x1b[200~add\nconv\x1b[201~", b"\xff", b"\xc3", "é".encode(), "界".encode(), b"a", b"d", b" ", b"0", b"{", b"\x1b[1;5C"]


def line(random):
    """A command, or what might be meant as one."""
    kinds, weights = zip(*KINDS)
    return random.choice(random.choices(kinds, weights)[0])(random)


def keys(random):
    """Some presses of keys, none of which ends the program."""
    return b"".join(random.choice(KEYS) for _ in range(random.randrange(1, 30)))


def size(random):
    """Columns and rows of a window, small ones as well."""
    return random.choice([(80, 24), (40, 10), (200, 60), (random.randrange(1, 250), random.randrange(1, 80))])
