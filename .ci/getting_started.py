"""Does what the pages of a folder say. Usage: getting_started.py PAGES WORK, where WORK/feed holds the packages.

A file block follows a paragraph that names the file: "Write `Worker.cs`:" or "Replace `Program.cs`:". A block of the language sh is a command. The text
after a command says what it prints: "The answer is `...`", "The answer is 401", "The program prints `...`", "it writes `...`".
"""

import contextlib
import os
import pathlib
import re
import signal
import socket
import subprocess
import sys
import time

PAGES, WORK = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
ORDER = ["index", "api-that-is-called", "worker", "web-api-that-calls", "console", "both", "lambda", "../testing"]
SECTIONS = {
    "Start the emulator", "The smallest thing that works", "With a host", "Without a host", "Test an API in five minutes", "Test a worker in five minutes",
}
LIMIT = 180

NUGET = """<configuration>
  <packageSources>
    <clear />
    <add key="nuget.org" value="https://api.nuget.org/v3/index.json" protocolVersion="3" />
    <add key="folder" value="{feed}" />
  </packageSources>
  <packageSourceMapping>
    <clear />
    <packageSource key="folder"><package pattern="CognitoM2M" /><package pattern="CognitoM2M.*" /></packageSource>
    <packageSource key="nuget.org"><package pattern="*" /></packageSource>
  </packageSourceMapping>
</configuration>
"""


def find_free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return str(taken.getsockname()[1])


PORTS = {port: find_free_port() for port in ("9595", "5080", "5081", "5082")}


def use_free_ports(text):
    return re.sub("|".join(PORTS), lambda match: PORTS[match.group()], text)


def read_blocks(page):
    """Yields (section, paragraph before, language, content, text after) for each block."""
    lines = use_free_ports(page.read_text()).split("\n")
    section, before, blocks, i = "", [], [], 0
    while i < len(lines):
        line = lines[i]
        fence = re.match(r"( *)```(\w+)$", line)
        if fence:
            end = next(j for j in range(i + 1, len(lines)) if lines[j] == fence[1] + "```")
            content = "\n".join(text.removeprefix(fence[1]) for text in lines[i + 1:end]) + "\n"
            blocks.append([section, " ".join(before), fence[2], content, []])
            before, i = [], end + 1
            continue
        if line.startswith("#"):
            section, before = line.lstrip("# "), []
        elif line.strip():
            before.append(line.strip())
            if blocks and blocks[-1][0] == section:
                blocks[-1][4].append(line.strip())
        i += 1
    return [(section, before, language, content, " ".join(after)) for section, before, language, content, after in blocks]


def find_expected(after):
    texts = re.findall(r"(?:The answer is|The program prints|it writes) `([^`]+)`", after)
    return texts + [f" {status}" for status in re.findall(r"The answer is (\d{3})", after)]


class Runner:
    def __init__(self):
        self.shop = WORK / "shop"
        self.tools = WORK / "tools"
        self.folder = WORK
        self.servers = {}
        self.has_run = False
        self.logs = 0
        (WORK / "nuget.config").write_text(NUGET.format(feed=WORK / "feed"))
        (WORK / "Directory.Build.props").write_text("<Project />\n")
        self.environment = {key: value for key, value in os.environ.items() if not key.startswith(("AWS_", "CognitoM2M__"))}
        self.environment["PATH"] = f"{self.tools}:{os.environ['PATH']}"

    def do_page(self, name):
        print(f"== {name}", flush=True)
        self.has_run = False
        self.folder = self.shop if self.shop.exists() else WORK
        for section, before, language, content, after in read_blocks(PAGES / f"{name}.md"):
            if section not in SECTIONS:
                continue
            # Each part of a page begins in the folder of all services.
            if "in the folder `shop`" in before.lower() or content.startswith("dotnet new"):
                self.folder = self.shop
            if language == "sh":
                self.run(content, find_expected(after))
            elif file := re.search(r"(?:Write|write|Replace) (?:a typed client, )?`([\w./-]+)`[^`]*(?:`[^`]*`[^`]*)*:$", before):
                print(f"   {file[1]}", flush=True)
                (self.folder / file[1]).write_text(content)
        if not self.has_run and name != "index":
            self.run("rm -f Class1.cs\ndotnet build\n", [])

    def run(self, command, expected):
        command = command.replace("dotnet tool install --global", f"dotnet tool install --tool-path {self.tools} --configfile {WORK}/nuget.config")
        if command.startswith("cognito-m2m emulate"):
            command = command.rstrip() + f" --port {PORTS['9595']}\n"
        print("   " + command.strip().replace("\n", "\n   "), flush=True)
        self.has_run |= "dotnet run" in command or "dotnet test" in command
        server = "emulator" if command.startswith("cognito-m2m emulate") else command if "--urls" in command else None
        if server in self.servers:
            stop(self.servers.pop(server)[0])

        self.logs += 1
        log = WORK / f"log-{self.logs}"
        with log.open("w") as output:
            process = subprocess.Popen(
                ["bash", "-ec", command], cwd=self.folder, env=self.environment, stdout=output, stderr=subprocess.STDOUT, start_new_session=True)
        if server:
            self.servers[server] = (process, log)
            wait_for(command, process, log, ["Press Ctrl+C"] if server == "emulator" else ["Now listening on"], ends=False)
            return

        try:
            wait_for(command, process, log, expected, ends="dotnet run" not in command)
        finally:
            stop(process)
        for line in command.split("\n"):
            if line.startswith("cd "):
                self.folder = self.folder / line[3:]

    def stop_all(self):
        for process, _ in self.servers.values():
            stop(process)


def wait_for(command, process, log, expected, ends):
    """Waits until the process has ended, or, if it may run on, until the texts are in its log."""
    deadline = time.monotonic() + LIMIT
    while time.monotonic() < deadline:
        ended = process.poll() is not None
        text = log.read_text()
        missing = [part for part in expected if part not in text]
        if ended and (process.returncode or missing):
            break
        if ended or (not ends and expected and not missing):
            return
        time.sleep(0.1)
    seen = f"was ended, because it ran longer than {LIMIT} s" if process.poll() is None else f"ended with exit code {process.poll()}"
    sys.exit(f"This command {seen}:\n{command.strip()}\nExpected is {expected}. It wrote:\n{log.read_text()}")


def stop(process):
    """Ends a command and the processes that it has started, which may live longer than the command."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGTERM)
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(20)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


# So that the processes end with this program when it is ended.
signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
runner = Runner()
try:
    for page in ORDER:
        runner.do_page(page)
finally:
    runner.stop_all()
