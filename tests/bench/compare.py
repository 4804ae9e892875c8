#!/usr/bin/env python3
"""The same content side by side: this program, the floor, and the peers that are installed.

    tests/bench/compare.py [--runbooks 1000] [--sheets 100] [--rounds 5] [--only NAME,...]

Every tool gets the same runbooks in its own input format and writes the same amount of output; rounds
take turns, so that a busy machine is busy for all. Every run writes to a folder of its own and nothing
is deleted before the end: ext4 is slow to hand out the places of files deleted a moment ago. Told are
the medians of wall and CPU time, the largest memory, the ratios to this program, and with `pdfinfo` how
many pages the sheets have: tools set the same items on more or fewer. Needs PyYAML. Peers: `hugo`,
`zola` (0.22 or newer) and `chromium` on the PATH, `typst` and `weasyprint` as Python packages.
"""

import argparse
import importlib.util
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]


def built():
    """The programs of this repository, built for speed: name -> path."""
    subprocess.run(["cargo", "build", "--release", "--locked", "-q"], cwd=ROOT, check=True)
    command = ["cargo", "bench", "--locked", "--no-run", "--bench", "build", "--bench", "floor", "--message-format=json"]
    lines = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.splitlines()
    programs = {"runsheet": str(ROOT / "target/release/runsheet")}
    for line in map(json.loads, lines):
        if line.get("executable") and "bench" in line["target"]["kind"]:
            programs[line["target"]["name"]] = line["executable"]
    return programs


def items(section):
    for kind in ("checks", "steps"):
        yield from section.get(kind, [])


def code(item):
    """Language and text of the command of an item."""
    run = item.get("run")
    return (run.get("shell", "bash"), run["code"]) if isinstance(run, dict) else ("bash", run)


def bars(item):
    found = item.get("thresholds", [])
    return found if isinstance(found, list) else [found]


def markdown(book):
    lines = [book["summary"], ""]
    for section in book["sections"]:
        lines += [f"## {section['title']}", "", f"Owner: {section['owner']}, phase: {section['phase']}", ""]
        table = section["tables"]
        lines += ["| " + " | ".join(table["columns"]) + " |", "|" + " --- |" * len(table["columns"])]
        lines += ["| " + " | ".join(map(str, row)) + " |" for row in table["rows"]] + [""]
        for item in items(section):
            lines += [f"- [ ] **{item['title']}**: {'; '.join(bars(item))} {item.get('about', '')}"]
            if "run" in item:
                language, text = code(item)
                lines += ["", f"  ```{language}"] + ["  " + line for line in text.splitlines()] + ["  ```", ""]
        lines.append("")
    # No tool shall take a parameter for one of its own commands.
    return re.sub(r"\]\([^)]*\)", "](#top)", "\n".join(lines)).replace("{{", "<").replace("}}", ">")


def typst(book):
    def text(value):
        return re.sub(r"([\\#*_`<>@$\[\]/~])", r"\\\1", str(value))

    lines = [f"= {text(book['title'])}", text(book["summary"])]
    for section in book["sections"]:
        lines += [f"== {text(section['title'])}", f"Owner: {text(section['owner'])}"]
        table = section["tables"]
        cells = [f"[{text(cell)}]" for row in [table["columns"], *table["rows"]] for cell in row]
        lines.append(f"#table(columns: {len(table['columns'])}, {', '.join(cells)})")
        for item in items(section):
            lines.append(f"- #box(width: 8pt, height: 8pt, stroke: 0.5pt) *{text(item['title'])}*: {text('; '.join(bars(item)))}")
            if "run" in item:
                language, block = code(item)
                lines.append(f"  ```{language}\n" + "".join(f"  {line}\n" for line in block.splitlines()) + "  ```")
    return "\n".join(lines) + "\n"


def html(book):
    from html import escape

    parts = ["<!doctype html><html lang=en><meta charset=utf-8><style>table{border-collapse:collapse}td,th{border:1px solid}</style>"]
    parts.append(f"<h1>{escape(book['title'])}</h1><p>{escape(book['summary'])}</p>")
    for section in book["sections"]:
        table = section["tables"]
        rows = ["<tr>" + "".join(f"<td>{escape(str(cell))}</td>" for cell in row) + "</tr>" for row in [table["columns"], *table["rows"]]]
        parts.append(f"<h2>{escape(section['title'])}</h2><p>{section['owner']}</p><table>{''.join(rows)}</table><ul>")
        for item in items(section):
            parts.append(f"<li>☐ <b>{escape(item['title'])}</b>: {escape('; '.join(bars(item)))}")
            if "run" in item:
                parts.append(f"<pre>{escape(code(item)[1])}</pre>")
        parts.append("</ul>")
    return "".join(parts)


def put(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def zola_site(root, books, highlight):
    put(root / "config.toml", 'base_url = "http://localhost"\n' + '[markdown.highlighting]\ntheme = "github-light"\n' * highlight)
    put(root / "templates/page.html", "<!doctype html><html lang=en><title>{{ page.title }}</title><h1>{{ page.title }}</h1>{{ page.content | safe }}</html>")
    put(root / "templates/index.html", "<ul>{% for page in section.pages %}<li><a href='{{ page.permalink }}'>{{ page.title }}</a>{% endfor %}</ul>")
    put(root / "content/_index.md", '+++\nsort_by = "title"\n+++\n')
    for name, book in books.items():
        put(root / f"content/{name}.md", f"+++\ntitle = {json.dumps(book['title'])}\n+++\n{markdown(book)}")


def hugo_site(root, books, highlight):
    fences = f"[markup.highlight]\ncodeFences = {str(highlight).lower()}\n"
    put(root / "hugo.toml", f'baseURL = "http://localhost"\ndisableKinds = ["taxonomy", "term", "RSS", "sitemap"]\n{fences}')
    put(root / "layouts/_default/single.html", "<!doctype html><html lang=en><title>{{ .Title }}</title><h1>{{ .Title }}</h1>{{ .Content }}</html>")
    put(root / "layouts/index.html", "<ul>{{ range .Site.RegularPages }}<li><a href='{{ .RelPermalink }}'>{{ .Title }}</a>{{ end }}</ul>")
    for name, book in books.items():
        put(root / f"content/{name}.md", f"---\ntitle: {json.dumps(book['title'])}\n---\n{markdown(book)}")


HUGO_DATA = """<!doctype html><html lang=en><title>{{ .Title }}</title>{{ with index .Site.Data.runbooks .Params.book }}
<h1>{{ .title }}</h1><p>{{ .summary | markdownify }}</p>{{ range .sections }}<h2>{{ .title }}</h2><p>{{ .owner }} {{ .phase }}</p>
<table>{{ range .tables.rows }}<tr>{{ range . }}<td>{{ . }}</td>{{ end }}</tr>{{ end }}</table><ul>
{{ range (.checks | default .steps) }}<li><b>{{ .title | markdownify }}</b> {{ .thresholds }} {{ with .about }}{{ . | markdownify }}{{ end }}
{{ with .run }}<pre>{{ if reflect.IsMap . }}{{ .code }}{{ else }}{{ . }}{{ end }}</pre>{{ end }}{{ end }}</ul>{{ end }}{{ end }}</html>"""


def hugo_data(root, books, source):
    hugo_site(root, {}, False)
    put(root / "layouts/_default/single.html", HUGO_DATA)
    shutil.copytree(source / "content/runbooks", root / "data/runbooks")
    for name, book in books.items():
        put(root / f"content/{name}.md", f"---\ntitle: {json.dumps(book['title'])}\nbook: {name}\n---\n")


class Contest:
    """Tools with their commands; each is run in turn."""

    def __init__(self, rounds, only, work):
        self.rounds, self.only, self.work, self.tools = rounds, only, work, []

    def add(self, name, command):
        """A tool; `OUT` in its command stands for the folder of the run."""
        if not self.only or any(name.startswith(one) for one in self.only):
            self.tools.append((name, [str(part) for part in command]))

    def run(self, title):
        took = {name: [] for name, *_ in self.tools}
        for number in range(self.rounds):
            for at, (name, command) in enumerate(self.tools):
                out = str(self.folder(title, at, number))
                took[name].append(measure([part.replace("OUT", out) for part in command]))
                print(f"\r{title}: round {number + 1} of {self.rounds}, {name:30}", end="", file=sys.stderr)
        print(file=sys.stderr)
        print(f"\n{title}, medians of {self.rounds}\n{'tool':44} {'wall s':>8} {'CPU s':>8} {'peak MB':>8} {'wall':>7} {'CPU':>7} {'memory':>7}")
        rows = {name: [statistics.median(one) for one in zip(*values)] for name, values in took.items()}
        first = next(iter(rows.values()), None)
        for at, (name, row) in enumerate(rows.items()):
            ratios = " ".join(f"{value / base:6.2f}x" for value, base in zip(row, first))
            print(f"{name:44} {row[0]:8.3f} {row[1]:8.3f} {row[2]:8.1f} {ratios}{printed(self.folder(title, at, 0))}")
        self.tools = []

    def folder(self, title, at, number):
        return self.work / f"{title.split()[-1]}-{at}-{number}"


def printed(folder):
    """How many pages the sheets in a folder have; nothing where there are none."""
    sheets = sorted(folder.rglob("*.pdf")) if shutil.which("pdfinfo") else []
    if not sheets:
        return ""
    told = [subprocess.run(["pdfinfo", sheet], check=True, capture_output=True, text=True).stdout for sheet in sheets]
    return f" {sum(int(re.search(r'Pages: +([0-9]+)', one)[1]) for one in told)} pages"


def measure(command):
    """Wall seconds, CPU seconds of all that it starts, largest memory of one process in MB."""
    begun = time.monotonic()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    complaint = child.stderr.read()
    _, status, used = os.wait4(child.pid, 0)
    wall = time.monotonic() - begun
    if status != 0:
        sys.exit(f"\n{' '.join(command)}\n{complaint.decode(errors='replace')}")
    return wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def pages(contest, programs, books, source, work):
    runsheet = [programs["runsheet"], "--root", source]
    contest.add("runsheet build --no-pdf", [*runsheet, "build", "--no-pdf", "--no-cache", "--output", "OUT"])
    contest.add("runsheet check", [*runsheet, "check"])
    contest.add("floor", [programs["floor"], source, "OUT"])
    if shutil.which("zola"):
        for highlight in (False, True):
            root = work / f"zola-{highlight}"
            zola_site(root, books, highlight)
            contest.add(f"zola{', highlighting' * highlight}", ["zola", "--root", root, "build", "-o", "OUT"])
    if shutil.which("hugo"):
        for highlight in (False, True):
            root = work / f"hugo-{highlight}"
            hugo_site(root, books, highlight)
            contest.add(f"hugo{', highlighting' * highlight}", ["hugo", "-s", root, "-d", "OUT", "--quiet"])
        hugo_data(work / "hugo-data", books, source)
        contest.add("hugo from the YAML", ["hugo", "-s", work / "hugo-data", "-d", "OUT", "--quiet"])


def shorter(books, small, folder):
    """The same runbooks with three sections: the sheet of one then has as many pages as Typst sets all of them on."""
    shutil.copytree(small, folder)
    for name, book in books.items():
        put(folder / f"content/runbooks/{name}.yaml", yaml.dump({**book, "sections": book["sections"][:3]}, allow_unicode=True, sort_keys=False))
    return folder


def sheets(contest, programs, books, small, work):
    contest.add("runsheet, full sheets only", [programs["build"], "--sheets", small, "OUT"])
    contest.add("runsheet, full sheets of four pages", [programs["build"], "--sheets", shorter(books, small, work / "four"), "OUT"])
    contest.add("runsheet build, with packets and cards", [programs["runsheet"], "--root", small, "build", "--no-cache", "--output", "OUT"])
    for name, book in books.items():
        put(work / f"typst/{name}.typ", typst(book))
        put(work / f"html/{name}.html", html(book))
    script = "import sys, {0}, pathlib\nout = pathlib.Path(sys.argv[2]); out.mkdir()\nfor path in sorted(pathlib.Path(sys.argv[1]).iterdir()): {1}"
    if importlib.util.find_spec("typst"):
        run = script.format("typst", "typst.compile(str(path), output=str(out / f'{path.stem}.pdf'))")
        contest.add("typst, one process", [sys.executable, "-c", run, work / "typst", "OUT"])
    if importlib.util.find_spec("weasyprint"):
        run = script.format("weasyprint", "weasyprint.HTML(str(path)).write_pdf(str(out / f'{path.stem}.pdf'))")
        contest.add("weasyprint, one process", [sys.executable, "-c", run, work / "html", "OUT"])
    if shutil.which("chromium"):
        flags = "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync".split()
        one = next(iter(sorted((work / "html").iterdir())))
        contest.add("chromium, one sheet only", ["chromium", *flags, f"--user-data-dir={work}/profile", "--print-to-pdf=OUT.pdf", one.as_uri()])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runbooks", type=int, default=1000)
    parser.add_argument("--sheets", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", type=lambda text: text.split(","), default=[])
    arguments = parser.parse_args()
    programs = built()
    with tempfile.TemporaryDirectory(prefix="runsheet-compare-") as folder:
        work = Path(folder)
        for name, size in (("source", arguments.runbooks), ("small", arguments.sheets)):
            subprocess.run([programs["build"], "--write", str(work / name), str(size)], check=True)
        contest = Contest(arguments.rounds, arguments.only, work)
        read = lambda source: {path.stem: yaml.load(path.read_text(), yaml.CSafeLoader) for path in sorted((source / "content/runbooks").iterdir())}
        pages(contest, programs, read(work / "source"), work / "source", work)
        contest.run(f"{arguments.runbooks} runbooks to HTML")
        sheets(contest, programs, read(work / "small"), work / "small", work)
        contest.run(f"{arguments.sheets} runbooks to PDF")


if __name__ == "__main__":
    main()
