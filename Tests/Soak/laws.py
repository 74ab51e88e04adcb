"""What must hold of a session whatever was done in it, asked of the program and of a second one."""

import filecmp
import json
import os
import subprocess


class Broken(Exception):
    """A law that did not hold."""


def check(terminal, program, random):
    """Tries the laws on the network as it is; a run in hand is stopped first."""
    terminal.type("stop")
    taking_back(terminal, random)
    keeping(terminal, program)


def saved(terminal, name):
    """The file that `save` writes, or `None` where the program refuses."""
    path = os.path.join(terminal.folder, name)
    if os.path.exists(path):
        os.remove(path)
    terminal.type(f"save {path}")
    known(terminal, "print")
    return path if os.path.exists(path) else None


def known(terminal, what):
    """The script of the network, once all before it is done."""
    text = terminal.answer("script")
    if text is None:
        raise Broken(f"no answer after: {what}")
    return text


def taking_back(terminal, random):
    """Undo brings back the text and the bits, redo what was undone."""
    before, kept = known(terminal, "stop"), saved(terminal, "before.safetensors")
    terminal.type("add dense 7")
    changed = known(terminal, "add dense 7")
    if changed == before:
        return
    terminal.type("undo")
    if known(terminal, "undo") != before:
        raise Broken("undo left another script")
    again = saved(terminal, "after.safetensors")
    if kept and not (again and filecmp.cmp(kept, again, shallow=False)):
        raise Broken(f"undo left other bits: {kept} {again}")
    terminal.type("redo")
    if known(terminal, "redo") != changed:
        raise Broken("redo left another script")
    terminal.type("undo")
    if known(terminal, "undo") != before:
        raise Broken("a second undo left another script")


def keeping(terminal, program):
    """A second program reads what was saved and writes the same network and the same bits."""
    kept = saved(terminal, "kept.safetensors")
    if not kept:
        return
    copy = os.path.join(terminal.folder, "copy.safetensors")
    other = subprocess.run(
        [program, "--no-record", "-e", f"load {kept}", "-e", f"save {copy}"],
        capture_output=True, text=True, cwd=terminal.folder, env={"HOME": terminal.folder, "LC_ALL": "C.UTF-8"}, timeout=600)
    if other.returncode:
        raise Broken(f"what was saved is not read: {other.stdout}{other.stderr}")
    if contents(kept) != contents(copy):
        raise Broken(f"saved and read and saved again, it is another: {kept} {copy}")


def contents(path):
    """Network and tensors of a file; what a run needs to go on is left out, as a program that has no run leaves it out."""
    with open(path, "rb") as file:
        header = json.loads(file.read(int.from_bytes(file.read(8), "little")))
        network = header.pop("__metadata__")["network"]
        start = file.tell()
        tensors = {}
        for name, tensor in header.items():
            if name.startswith("resume."):
                continue
            first, last = tensor["data_offsets"]
            file.seek(start + first)
            tensors[name] = (tensor["dtype"], tensor["shape"], file.read(last - first))
    return network, tensors
