"""The program on a pseudo-terminal: what is typed into it, and what it holds."""

import fcntl
import os
import pty
import select
import signal
import struct
import termios
import threading
import time

TAKES_SCREEN = b"\x1b[?1049h"
LEAVES_SCREEN = b"\x1b[?1049l"


class Terminal:
    """The full screen of the program, read all the time, as a terminal would."""

    def __init__(self, program, folder, seed):
        self.folder = folder
        self.pid, self.descriptor = pty.fork()
        if self.pid == 0:
            environment = {
                "TERM": "xterm-256color", "LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin", "HOME": folder,
                "INPUTRC": "/dev/null", "SWIFT_BACKTRACE": "enable=no",
            }
            os.chdir(folder)
            os.execve(program, [program, "--seed", str(seed)], environment)
        self.latest = b""
        self.status = None
        self.files = 0
        self.reader = threading.Thread(target=self.read, daemon=True)
        self.reader.start()
        while TAKES_SCREEN not in self.latest:
            time.sleep(0.01)

    def read(self):
        while True:
            select.select([self.descriptor], [], [])
            try:
                some = os.read(self.descriptor, 1 << 16)
            except OSError:
                return
            if not some:
                return
            self.latest = (self.latest + some)[-20_000:]

    def press(self, keys):
        """Writes bytes; `BrokenPipeError` where nobody reads them for a minute."""
        os.set_blocking(self.descriptor, False)
        end = time.monotonic() + 60
        while keys:
            try:
                keys = keys[os.write(self.descriptor, keys):]
            except BlockingIOError:
                if time.monotonic() > end:
                    raise BrokenPipeError("no key was read for a minute")
                time.sleep(0.01)

    def resize(self, columns, rows):
        fcntl.ioctl(self.descriptor, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def type(self, line):
        self.press(line.encode() + b"\r")

    def clear(self):
        """Leaves searches, menus, pages and half a statement, pauses a run in hand, and waits until that is done."""
        self.press(b"\x07\x03")
        return self.answer("recipe") is not None

    def answer(self, command, seconds=180):
        """What a command writes into a file, empty where it is refused; `None` where all is not done in time."""
        said, done = self.path(), self.path()
        self.type(f"{command} > {said}")
        self.type(f"recipe > {done}")
        end = time.monotonic() + seconds
        while not os.path.exists(done):
            if self.ended() or time.monotonic() > end:
                return None
            time.sleep(0.02)
        os.remove(done)
        if not os.path.exists(said):
            return ""
        with open(said, encoding="utf-8", errors="replace") as file:
            text = file.read()
        os.remove(said)
        return text

    def path(self):
        """A name for a file that is not there yet."""
        self.files += 1
        return os.path.join(self.folder, f"answer{self.files}.txt")

    def ended(self):
        """Whether the program is gone; `status` is then its exit status, negative for a signal."""
        if self.status is None:
            found, status = os.waitpid(self.pid, os.WNOHANG)
            if found:
                self.status = os.waitstatus_to_exitcode(status)
        return self.status is not None

    def kill(self):
        if not self.ended():
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)

    def holds(self):
        """Resident megabytes, open descriptors and threads of the program."""
        with open(f"/proc/{self.pid}/status") as file:
            fields = dict(line.split(":", 1) for line in file)
        descriptors = len(os.listdir(f"/proc/{self.pid}/fd"))
        return int(fields["VmRSS"].split()[0]) / 1024, descriptors, int(fields["Threads"])
