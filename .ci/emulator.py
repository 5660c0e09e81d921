"""Starts the emulator and other programs for the checks, and gets tokens from it. Servers listen on loopback, on free ports."""
import base64
import contextlib
import json
import os
import re
import shlex
import signal
import socket
import subprocess
import sys
import threading
import urllib.parse
import urllib.request


# So that the processes of a check end with the check when it is ended.
signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))

# No program of the checks runs for so many seconds. A check that waits for a line which never comes ends then.
LIMIT = 600


@contextlib.contextmanager
def running(command, settings=None, folder=None, limit=LIMIT):
    """Runs a program, and ends it together with the processes that it has started. A program that runs longer than the limit, in seconds, is named."""
    took_too_long = threading.Event()

    def end():
        took_too_long.set()
        kill(process)

    with subprocess.Popen(
            command, env={**os.environ, **(settings or {})}, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            text=True, start_new_session=True) as process:
        timer = threading.Timer(limit, end)
        timer.daemon = True
        timer.start()
        try:
            yield process
        finally:
            timer.cancel()
            kill(process)
            if took_too_long.is_set():
                sys.exit(f"This program was ended, because it ran longer than {limit} s: {shlex.join(map(str, command))}")


def kill(process):
    """Ends a program and the processes that it has started."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


@contextlib.contextmanager
def emulator(tool, seed, folder=None):
    """Serves the user pool of a blueprint, and gives its address. The tool is a command."""
    with running([*tool, "emulate", "--port", "0", "--seed", str(seed)], folder=folder) as process:
        said = []
        for line in process.stdout:
            said.append(line)
            if found := re.search(r"http://(127\.0\.0\.1|localhost|\[::1\]):\d+", line):
                read_rest(process)
                yield found.group(0)
                return
    sys.exit(f"The emulator did not start. It said:\n{''.join(said)}")


def read_rest(process):
    """Reads what a process writes, and drops it: a full pipe would stop the process."""
    threading.Thread(target=process.stdout.read, daemon=True).start()


def get_token(address, client, secret, scope):
    credentials = base64.b64encode(f"{client}:{secret}".encode()).decode()
    request = urllib.request.Request(
        f"{address}/oauth2/token",
        data=urllib.parse.urlencode({"grant_type": "client_credentials", "scope": scope}).encode(),
        headers={"Authorization": f"Basic {credentials}", "Accept": "application/json"})
    with urllib.request.urlopen(request, timeout=60) as response:
        return json.load(response)["access_token"]


def find_free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def expect(truth, otherwise):
    if not truth:
        sys.exit(otherwise)
