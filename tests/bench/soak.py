#!/usr/bin/env python3
"""Thousands of edits under `runsheet serve`: nothing missed, nothing grows.

    tests/bench/soak.py [--edits 2000] [--project DIR] [--program target/release/runsheet]

Saves as editors do (in place, by rename, new files, deleted files, broken text and mended again), waits
for what the server tells an open page, asks for the page and looks for what was saved. Prints memory,
threads and open files as it goes; ends with 1 when a change was missed or something grew. Works on a
starter project, or on a copy of DIR, such as one that `cargo bench --bench build -- --write DIR 1000` made.
"""

import argparse
import http.client
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 20.0


class Server:
    def __init__(self, program, root):
        self.process = subprocess.Popen(
            [program, "--root", root, "serve", "--port", "0"],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
            # The allocator gives back at once what is free: what is counted is what is held.
            env={**os.environ, "SOURCE_DATE_EPOCH": "1795262400", "MIMALLOC_PURGE_DELAY": "0"},
        )
        self.port = next(int(found[1]) for line in self.process.stdout if (found := re.search(r"serving at http://.*:(\d+)/", line)))
        # A program whose reports nobody reads would wait for its reader.
        threading.Thread(target=self.process.stdout.read, daemon=True).start()

    def get(self, path):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.request("GET", path)
        reply = connection.getresponse()
        text = reply.read().decode(errors="replace")
        connection.close()
        return reply.status, text

    def usage(self):
        """Resident kB, threads, open files."""
        home = Path(f"/proc/{self.process.pid}")
        status = dict(line.split(":", 1) for line in (home / "status").read_text().splitlines())
        return int(status["VmRSS"].split()[0]), int(status["Threads"]), len(list((home / "fd").iterdir()))


class Listener:
    """An open page: it hears what became of it."""

    def __init__(self, server, path):
        version = re.search(r'data-version="([^"]*)"', server.get(path)[1])[1]
        query = urllib.parse.urlencode({"page": path, "version": version})
        self.connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
        self.connection.request("GET", f"/_runsheet/events?{query}")
        self.reply = self.connection.getresponse()

    def next(self):
        name = ""
        while line := self.reply.fp.readline() if not self.reply.chunked else self.reply.readline():
            line = line.decode().rstrip("\n")
            if line.startswith("event: "):
                name = line[7:]
            elif line.startswith("data") and name:
                return name
        raise EOFError("the server closed the stream")

    def close(self):
        self.connection.close()


def save(path, text, number):
    if number % 2:
        beside = path.with_name(f".{path.name}.swp")
        beside.write_text(text)
        beside.rename(path)
    else:
        path.write_text(text)


def edit(server, content, number):
    """Saves one change and waits for it; gives seconds from the save to the page, or nothing."""
    policy, page = content / "pages/policy.md", "/pages/policy.html"
    extra = content / f"pages/extra-{number}.md"
    listener = Listener(server, page)
    words = f"edit number {number} of the soak"
    try:
        kind = number % 10
        if kind == 7:
            (content / "runbooks/broken.yaml").write_text("titel: broken\n")
            if listener.next() != "trouble":
                return None
            (content / "runbooks/broken.yaml").unlink()
        if kind == 8:
            extra.write_text("# Extra\n")
        begun = time.monotonic()
        save(policy, f"# Policy\n\n{words}\n", number)
        while listener.next() != "reload":
            pass
        # A save in several steps may be told in several, too.
        while words not in server.get(page)[1]:
            if time.monotonic() - begun > PATIENCE:
                return None
            time.sleep(0.002)
        took = time.monotonic() - begun
        if kind == 8:
            while server.get(f"/pages/extra-{number}.html")[0] != 200:
                if time.monotonic() - begun > PATIENCE:
                    return None
                time.sleep(0.002)
            extra.unlink()
        return took
    except (OSError, EOFError, TimeoutError):
        return None
    finally:
        listener.close()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--edits", type=int, default=2000)
    parser.add_argument("--project", type=Path)
    parser.add_argument("--program", default=str(ROOT / "target/release/runsheet"))
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="runsheet-soak-") as folder:
        if arguments.project:
            shutil.copytree(arguments.project / "content", Path(folder) / "content")
        else:
            subprocess.run([arguments.program, "init", folder], check=True, stderr=subprocess.DEVNULL)
        content = Path(folder) / "content"
        (content / "pages").mkdir(exist_ok=True)
        (content / "pages/policy.md").write_text("# Policy\n")
        runbook = min((content / "runbooks").glob("*.yaml")).stem
        server = Server(arguments.program, folder)
        missed, took, usage = [], [], []
        warm = max(arguments.edits // 10, 1)
        print(f"{'edits':>7} {'kB':>9} {'threads':>8} {'files':>6} {'median ms':>10}")
        for number in range(1, arguments.edits + 1):
            seconds = edit(server, content, number)
            # The first sheet fills what sheets share, before anything is measured.
            if number % 50 == 1 and server.get(f"/runbooks/{runbook}.pdf")[0] != 200:
                seconds = None
            missed += [number] if seconds is None else []
            took += [] if seconds is None else [seconds]
            if number % warm == 0:
                time.sleep(0.2)
                usage.append(server.usage())
                median = statistics.median(took) * 1000 if took else 0
                print(f"{number:7} {usage[-1][0]:9} {usage[-1][1]:8} {usage[-1][2]:6} {median:10.1f}", flush=True)
        server.process.terminate()
        code = server.process.wait()
    # The first tenth fills pools and caches of the allocator; after it nothing may grow by a tenth.
    first, last = usage[0], usage[-1]
    # Two threads more or less are those that wait for work.
    grown = [what for what, a, b in zip(("memory", "threads", "files"), first, last) if b > a * 1.1 + 2]
    print(f"missed: {missed or 'nothing'}; grew: {', '.join(grown) or 'nothing'}; exit code {code}")
    sys.exit(1 if missed or grown or code else 0)


if __name__ == "__main__":
    main()
