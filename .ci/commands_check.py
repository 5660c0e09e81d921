#!/usr/bin/env python3
"""Checks that no command of the checks can hang them: neither a command that does not end, nor a server that a command leaves behind."""
import contextlib
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time

import quickstarts
import readme_programs
import template_projects
from emulator import expect, running

# Nothing here takes longer, unless it hangs.
AT_ONCE = 20


def check_server(folder):
    """A server that a command leaves behind holds its output open."""
    begin = time.monotonic()
    said = template_projects.shell(f"sleep {3 * AT_ONCE} & echo $! > server; echo said", folder)
    os.kill(int((folder / "server").read_text()), signal.SIGKILL)
    expect(said == "said\n" and time.monotonic() - begin < AT_ONCE, f"A command was waited for until its server ended. It wrote {said!r}")


def check_build(folder):
    """The same for a build: a dotnet of our own stands in the path, and leaves a server behind."""
    dotnet = folder / "dotnet"
    dotnet.write_text(f"#!/bin/sh\nif [ $1 = build ]; then sleep {3 * AT_ONCE} & echo $! > '{folder}/server'; fi\n")
    dotnet.chmod(0o755)
    begin, path = time.monotonic(), os.environ["PATH"]
    os.environ["PATH"] = f"{folder}:{path}"
    quickstarts.build(folder, [])
    os.environ["PATH"] = path
    os.kill(int((folder / "server").read_text()), signal.SIGKILL)
    expect(time.monotonic() - begin < AT_ONCE, "The build was waited for until its server ended.")


def check_hanging_command(folder):
    """A command that does not end is ended, together with what it has started, and named."""
    said = fail(lambda: template_projects.shell(f"echo begun; sleep {3 * AT_ONCE} & echo $! > hanging; wait", folder, limit=1))
    expect("longer than 1 s" in said and "echo begun; sleep" in said and said.endswith("begun\n"), f"The message is {said!r}")
    expect(has_ended(int((folder / "hanging").read_text())), "A process of a command that was ended still runs.")


def check_hanging_program():
    """A program that is started and does not end is named, too."""
    def wait():
        with running(["sleep", str(3 * AT_ONCE)], limit=1) as process:
            process.stdout.read()

    said = fail(wait)
    expect("longer than 1 s" in said and f"sleep {3 * AT_ONCE}" in said, f"The message is {said!r}")


def check_script():
    """The script for other scripts gives output and exit code, and has a limit."""
    script = [sys.executable, "-B", str(readme_programs.ROOT / ".ci/commands.py")]
    ran = subprocess.run([*script, "60", "sh", "-c", "echo out; echo error >&2; exit 3"], capture_output=True, text=True, timeout=AT_ONCE)
    expect((ran.returncode, ran.stdout, ran.stderr) == (3, "out\n", "error\n"), f"The script gave {ran}")
    ran = subprocess.run([*script, "1", "sleep", str(3 * AT_ONCE)], capture_output=True, text=True, timeout=AT_ONCE)
    expect(ran.returncode == 1 and f"longer than 1.0 s:\nsleep {3 * AT_ONCE}\n" in ran.stderr, f"The script gave {ran}")


def fail(action):
    """The message with which an action ends the check."""
    try:
        action()
    except SystemExit as end:
        return str(end)
    return "nothing: the action did not fail"


def has_ended(pid):
    """Waits until a process that was killed has ended. A dead process that nobody has waited for counts as ended."""
    deadline = time.monotonic() + AT_ONCE
    while time.monotonic() < deadline:
        with contextlib.suppress(FileNotFoundError):
            if pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z":
                time.sleep(0.02)
                continue
        return True
    return False


with tempfile.TemporaryDirectory() as work:
    check_server(pathlib.Path(work))
    check_build(pathlib.Path(work))
    check_hanging_command(pathlib.Path(work))
check_hanging_program()
check_script()
print("commands that hang are ended")
