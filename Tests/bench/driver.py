"""Speaks with driver.c, and looks at one login of it through strace and callgrind."""

import glob
import os
import subprocess
import tempfile

from people import ROOT, STACKS


class Unexpected(Exception):
    """Something that was to be measured did not happen."""


class Driver:
    def __init__(self, program, environment=None):
        self.command = [program, STACKS, f"{ROOT}/floor"]
        self.process = subprocess.Popen(
            self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            env=os.environ | (environment or {}))

    def ask(self, *words):
        """Two numbers: how it ended, and what was measured."""
        self.process.stdin.write(" ".join(map(str, words)) + "\n")
        self.process.stdin.flush()
        status, number = self.process.stdout.readline().split()
        return int(status), int(number)

    def ask_well(self, *words):
        """What was measured of something that must end well."""
        status, number = self.ask(*words)
        if status != 0 or number < 0:
            raise Unexpected(f"{' '.join(map(str, words))}: ended with {status}, {number}")
        return number

    def milliseconds(self, *words):
        return self.ask_well(*words) / 1e6

    def login(self, service, person, is_right):
        """Milliseconds of one login that must end as the code says."""
        words = login(service, person, is_right)
        status, number = self.ask(*words)
        if (status == 0) != (is_right or service in ("permit", "floor")):
            raise Unexpected(f"{' '.join(words[:3])}: ended with {status}")
        return number / 1e6

    def system_calls(self, service, person, is_right):
        """How many there are from fork to _exit, and how many of them wait for the disk."""
        with tempfile.TemporaryDirectory() as folder:
            self._watched(["strace", "-ff", "-o", f"{folder}/calls"], service, person, is_right)
            [child] = [text for text in texts(folder) if "execve(" not in text]
        calls = [line for line in child.splitlines() if not line.startswith(("+++", "---"))]
        return len(calls), sum(line.startswith(("fsync(", "fdatasync(")) for line in calls)

    def instructions(self, service, person, is_right):
        """How many there are in pam_start and pam_authenticate, in thousands."""
        with tempfile.TemporaryDirectory() as folder:
            self._watched(
                ["valgrind", "-q", "--tool=callgrind", "--toggle-collect=authenticate",
                 f"--callgrind-out-file={folder}/%p"], service, person, is_right)
            counts = [int(line.split()[1]) for text in texts(folder)
                      for line in text.splitlines() if line.startswith(("summary:", "totals:"))]
        return max(counts) / 1e3

    def _watched(self, watcher, service, person, is_right):
        words = login(service, person, is_right)
        done = subprocess.run(watcher + self.command, input=" ".join(words) + "\n",
                              stdout=subprocess.PIPE, text=True, check=True)
        if (done.stdout.startswith("0 ")) != (is_right or service in ("permit", "floor")):
            raise Unexpected(f"{watcher[0]}: {' '.join(words[:3])}: {done.stdout}")


def login(service, person, is_right):
    code = person.right_code() if is_right else person.wrong_code()
    return ["login", service, person.name, code]


def texts(folder):
    for path in glob.glob(f"{folder}/*"):
        with open(path, errors="replace") as file:
            yield file.read()
