"""Collects the pages of the site from the repository: site_pages.py FOLDER.

README.md becomes index.md, src/X/README.md becomes packages/X.md, and each sample becomes one page with its files. Links between files of the
repository become links between pages. A link to a file that does not exist is an error, and so is a page of docs/ that no toc.yml names.
Writes llms.txt (the list of pages, see llmstxt.org) and llms-full.txt (the text of the pages).
"""
import html
import os
import pathlib
import re
import shutil
import sys

root = pathlib.Path(__file__).resolve().parent.parent
out = pathlib.Path(sys.argv[1]).resolve()
mistakes = []

LANGUAGES = {".cs": "csharp", ".csproj": "xml", ".json": "json", ".yaml": "yaml", ".sh": "bash", ".Dockerfile": "dockerfile"}
# A link in Markdown: [text](target) or ![text](target).
LINK = re.compile(r"\[([^\]]*)\]\(([^)\s]+)\)")


def find_pages():
    """Returns the place on the site of each file of the repository that becomes a page."""
    pages = {name: name for name in ("CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md")}
    pages["README.md"] = "index.md"
    pages["samples/README.md"] = "samples/index.md"
    pages["templates/README.md"] = "packages/CognitoM2M.Templates.md"
    for path in sorted((root / "docs").rglob("*.md")):
        pages[path.relative_to(root).as_posix()] = path.relative_to(root).as_posix()
    pages.update({f"{folder}/README.md": place for folder, place in find_samples().items() if (root / folder / "README.md").is_file()})
    for path in sorted((root / "src").glob("*/README.md")):
        pages[path.relative_to(root).as_posix()] = f"packages/{path.parent.name}.md"
    return pages


def find_samples():
    return {path.relative_to(root).as_posix(): f"samples/{path.name}.md" for path in sorted((root / "samples").iterdir()) if path.is_dir()}


def move_links(text, source, place):
    """Rewrites the links of a page for its place on the site. Code blocks stay as they are."""
    def move(match):
        text, link = match.groups()
        target, _, anchor = link.partition("#")
        if not target or re.match(r"[a-z]+:", target):
            return match[0]
        path = os.path.normpath(os.path.join(os.path.dirname(source), target))
        if not (root / path).exists():
            mistakes.append(f"{source}: {link} does not exist.")
            return match[0]
        if (root / path).is_dir() and path not in samples:
            return text  # The site has no page for this folder.
        found = pages.get(path) or samples.get(path) or copy_file(path)
        # A link that shows the name of a file shows the name of the page in the table of contents instead.
        if path in names and text.strip("`").endswith(os.path.basename(path)):
            text = names[path]
        moved = os.path.relpath(found, os.path.dirname(place) or ".")
        return f"[{text}]({moved}{'#' + anchor if anchor else ''})"

    lines, fence = [], None
    for line in text.split("\n"):
        mark = re.match(r"\s*(```+)", line)
        if mark and fence in (None, mark[1]):
            fence = mark[1] if fence is None else None
        lines.append(line if fence or mark else show_bars(LINK.sub(move, line)))
    return "\n".join(lines)


def show_bars(line):
    """Code in a table may hold a bar, written \\|. docfx would show the backslash."""
    if not line.lstrip().startswith("|"):
        return line
    return re.sub(r"`([^`]*\\\|[^`]*)`", lambda code: f"<code>{html.escape(code[1], quote=False)}</code>".replace("\\|", "&#124;"), line)


def copy_file(path):
    """Copies a file that is no page, such as an image; source text gets a name that browsers show."""
    place = path if path.endswith((".png", ".svg", ".json")) else f"files/{path}.txt"
    (out / place).parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(root / path, out / place)
    return place


def write(place, text):
    (out / place).parent.mkdir(parents=True, exist_ok=True)
    (out / place).write_text(text, encoding="utf-8")


def write_sample(folder, place):
    """Writes a page with the README of a sample, if it has one, and its files, the program first."""
    readme = root / folder / "README.md"
    parts = [move_links(readme.read_text(encoding="utf-8"), f"{folder}/README.md", place) if readme.is_file() else f"# {pathlib.Path(folder).name}\n"]
    files = [path for path in sorted((root / folder).rglob("*"))
             if path.is_file() and not {"bin", "obj"} & set(path.relative_to(root / folder).parts) and path.name not in ("packages.lock.json", "README.md")]
    for path in sorted(files, key=lambda path: path.name != "Program.cs"):
        language = LANGUAGES.get(path.suffix, "text")
        parts.append(f"## {path.relative_to(root / folder).as_posix()}\n\n```{language}\n{path.read_text(encoding='utf-8-sig').rstrip()}\n```\n")
    write(place, "\n".join(parts))


def write_toc(place, entries):
    write(place, "".join(f"- name: {name}\n  href: {href}\n" for name, href in entries))


def write_packages():
    """Writes the overview of the packages and its table of contents."""
    found = [(source, pathlib.Path(place)) for source, place in pages.items() if place.startswith("packages/")]
    rows = "".join(f"| [{place.stem}]({place.name}) | {read_start(source)[1]} |\n" for source, place in found)
    write("packages/index.md", f"# Packages\n\n| Package | What it is |\n| --- | --- |\n{rows}")
    write_toc("packages/toc.yml", [("Packages", "index.md"), *((place.stem, place.name) for _, place in found)])


def read_tocs():
    """Returns the name of each page in the tables of contents. Every page of docs/ stands in one, and every entry is a page."""
    named = {}
    for toc in sorted((root / "docs").rglob("toc.yml")):
        for name, href in re.findall(r"^- name: (.+)\n  href: (\S+)", toc.read_text(encoding="utf-8"), re.MULTILINE):
            page = os.path.relpath(os.path.normpath(toc.parent / href), root)
            named[page] = name
            if page not in pages.values():
                mistakes.append(f"{toc.relative_to(root)}: {page} does not exist.")
    mistakes.extend(f"{page}: no toc.yml of docs/ names this page." for page in pages if page.startswith("docs/") and page not in named)
    return named


def check_packages():
    """The site has the API of every package. The tool and the analyzers have none."""
    settings = (root / "site/docfx.json").read_text(encoding="utf-8")
    for project in sorted((root / "src").glob("*/*.csproj")):
        name = project.stem
        if name != "CognitoM2M.Cli" and not name.startswith("CognitoM2M.Analyzers") and f"/{name}.dll" not in settings:
            mistakes.append(f"site/docfx.json: {name} is missing.")


def read_heading(source):
    title = re.search(r"^# (.+)$", (root / source).read_text(encoding="utf-8"), re.MULTILINE)
    if not title:
        mistakes.append(f"{source}: the page has no heading.")
    return title[1] if title else source


def read_start(source):
    """Returns the heading of a page and the first sentence below it, without links and emphasis."""
    title = read_heading(source)
    text = (root / source).read_text(encoding="utf-8").partition(title)[2]
    paragraphs = [" ".join(part.split()) for part in re.split(r"\n\s*\n", text)]
    prose = next((part for part in paragraphs if part and not re.match(r"<!--|!\[|#|\||>|```|- |\d+\. ", part)), "")
    if not prose:
        mistakes.append(f"{source}: the page starts without a sentence that says what it is about.")
    prose = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", prose)
    prose = re.sub(r"^\*\*[^*]+[.:]\*\* ", "", prose).replace("**", "")
    sentence = re.match(r".*?[.!?](?=\s|$)", prose)
    return title.replace("`", ""), sentence[0] if sentence else prose


def write_for_assistants():
    """Writes llms.txt and llms-full.txt. Pages for contributors are optional, as llmstxt.org calls them."""
    title, summary = read_start("README.md")
    groups = {"Guides": [], "Reference": [], "Packages": [], "Optional": []}
    order = list(names)
    for source, place in sorted(pages.items(), key=lambda page: order.index(page[1]) if page[1] in order else len(order)):
        group = ("Optional" if place.startswith("docs/design/") or place in ("CONTRIBUTING.md", "CHANGELOG.md")
                 else "Reference" if place.startswith("docs/reference/")
                 else "Packages" if place.startswith("packages/")
                 else "Guides")
        groups[group].append((source, place))

    lines = [f"# {title}", "", f"> {summary}", ""]
    full = []
    for group, members in groups.items():
        if members:
            lines += [f"## {group}", ""]
        for source, place in members:
            name, sentence = read_start(source)
            lines.append(f"- [{name}]({place}): {sentence}")
            if group in ("Guides", "Reference"):
                full.append((out / place).read_text(encoding="utf-8").rstrip())
        if members:
            lines.append("")
    write("llms.txt", "\n".join(lines))
    write("llms-full.txt", "\n\n".join(full) + "\n")


pages, samples = find_pages(), find_samples()
names = read_tocs()
check_packages()
shutil.rmtree(out, ignore_errors=True)
for source, place in pages.items():
    if place in samples.values():
        continue
    write(place, move_links((root / source).read_text(encoding="utf-8"), source, place))
for folder, place in samples.items():
    write_sample(folder, place)
for toc in [root / "site/toc.yml", *(root / "docs").rglob("toc.yml")]:
    write(toc.relative_to(root if toc.is_relative_to(root / "docs") else root / "site").as_posix(), toc.read_text(encoding="utf-8"))
write_toc("samples/toc.yml", [("Samples", "index.md"), *((pathlib.Path(place).stem, pathlib.Path(place).name) for place in samples.values())])
write_packages()
write_for_assistants()
if mistakes:
    sys.exit("\n".join(mistakes))
