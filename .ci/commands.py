#!/usr/bin/env python3
"""Runs a command to its end, and ends the command if it takes too long.

commands.py SECONDS COMMAND...: writes what the command writes, and ends with its exit code.

The output goes to files and not through a pipe. A server that a command leaves behind, such as the compiler server, holds a pipe open, and whoever reads
the pipe to its end waits for that server.
"""
import dataclasses
import os
import shlex
import subprocess
import sys
import tempfile

from emulator import kill


@dataclasses.dataclass
class Ended:
    """What a command has left: its exit code and what it wrote."""
    code: int
    out: str
    errors: str


def run_to_end(command, folder=None, settings=None, given="", limit=300):
    """Runs a command. If it runs longer than the limit in seconds, ends it with the processes that it has started, names it, and ends the check."""
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as errors, tempfile.TemporaryFile("w+") as read:
        read.write(given)
        read.seek(0)
        # A session of its own, so that all of its processes can be ended together.
        process = subprocess.Popen(command, cwd=folder, env={**os.environ, **(settings or {})}, stdin=read, stdout=out, stderr=errors, start_new_session=True)
        try:
            process.wait(limit)
        except subprocess.TimeoutExpired:
            kill(process)
            sys.exit(f"This command was ended, because it ran longer than {limit} s:\n{shlex.join(map(str, command))}\nIt wrote:\n{read_all(out)}{read_all(errors)}")
        except BaseException:
            kill(process)
            raise
        return Ended(process.returncode, read_all(out), read_all(errors))


def read_all(file):
    file.seek(0)
    return file.read()


if __name__ == "__main__":
    ended = run_to_end(sys.argv[2:], limit=float(sys.argv[1]))
    sys.stdout.write(ended.out)
    sys.stderr.write(ended.errors)
    sys.exit(ended.code)
