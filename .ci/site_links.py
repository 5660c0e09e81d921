"""Checks every link and every anchor of the built site, and the list of pages in llms.txt: site_links.py FOLDER.

Addresses outside the site are checked for their form only.
"""
import html.parser
import os
import pathlib
import re
import sys
import urllib.parse

root = pathlib.Path(sys.argv[1]).resolve()


class Page(html.parser.HTMLParser):
    """The links and the anchors of one page."""

    def __init__(self, path):
        super().__init__()
        self.path, self.links, self.anchors = path, [], set()
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attrs):
        for name, value in attrs:
            if name in ("id", "name") and value:
                self.anchors.add(value)
            elif name in ("href", "src") and value:
                self.links.append(value)
        if tag == "xref":
            self.links.append("xref")


def check(page, link):
    """Returns what is wrong with a link; None if nothing is."""
    address = urllib.parse.urlsplit(link)
    if link == "xref":
        return "a reference to a type or member was not found"
    if address.scheme in ("http", "https"):
        return None if re.fullmatch(r"[\w.-]+(:\d+)?", address.netloc) and not re.search(r"\s", link) else "the address is malformed"
    if address.scheme in ("mailto", "data"):
        return None
    if address.scheme or address.netloc or address.path.startswith("/"):
        return "the address leaves the site"
    target = page.path
    if address.path:
        target = pathlib.Path(os.path.normpath(page.path.parent / urllib.parse.unquote(address.path)))
    if target.is_dir():
        target /= "index.html"
    if not target.is_relative_to(root) or not target.is_file():
        return "the page does not exist"
    anchor = urllib.parse.unquote(address.fragment)
    if anchor and target in pages and anchor not in pages[target].anchors:
        return f"{target.relative_to(root)} has no such anchor"
    return None


pages = {path: Page(path) for path in sorted(root.rglob("*.html"))}
mistakes = {f"{page.path.relative_to(root)}: {link}: {problem}" for page in pages.values() for link in page.links if (problem := check(page, link))}
mistakes |= {f"llms.txt: {link} does not exist." for link in re.findall(r"\]\(([^)]+)\): ", (root / "llms.txt").read_text(encoding="utf-8")) if not (root / link).is_file()}
links = sum(len(page.links) for page in pages.values())
print(f"{len(pages)} pages, {links} links, {len(mistakes)} of them dead")
if mistakes:
    sys.exit("\n".join(sorted(mistakes)))
