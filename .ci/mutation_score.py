#!/usr/bin/env python3
"""Computes the mutation score of a Stryker report without equivalent mutants.

An equivalent mutant changes the source but not what a test can observe. Stryker cannot leave out the two kinds below:
- `ConfigureAwait(false)` changed to `true`: no test has a synchronization context. Stryker's own setting would also
  ignore every argument of the awaited call.
- mutants named in equivalent-mutants.json beside the Stryker configuration, each with a reason.

Usage: mutation_score.py REPORT EQUIVALENT_MUTANTS MINIMUM_PERCENT
"""
import json
import sys

DETECTED = ("Killed", "Timeout")
COUNTED = DETECTED + ("Survived", "NoCoverage")


def text_between(lines, start, end):
    first, last = start["line"] - 1, end["line"] - 1
    if first == last:
        return lines[first][start["column"] - 1:end["column"] - 1]
    middle = lines[first + 1:last]
    parts = [lines[first][start["column"] - 1:], *middle, lines[last][:end["column"] - 1]]
    return " ".join(part.strip() for part in parts)


def one_line(text):
    return " ".join(text.split())


def is_configure_await(lines, mutant):
    start = mutant["location"]["start"]
    return lines[start["line"] - 1][:start["column"] - 1].endswith("ConfigureAwait(")


def main(report_path, equivalents_path, minimum):
    with open(report_path, encoding="utf-8-sig") as file:
        report = json.load(file)
    with open(equivalents_path, encoding="utf-8-sig") as file:
        equivalents = json.load(file)

    root = report["projectRoot"].replace("\\", "/").rstrip("/") + "/"
    detected = total = left_out = 0
    survivors, used, mistakes = [], set(), []
    for path, content in sorted(report["files"].items()):
        name = path.replace("\\", "/").removeprefix(root)
        lines = content["source"].split("\n")
        for mutant in content["mutants"]:
            if mutant["status"] not in COUNTED:
                continue
            original = one_line(text_between(lines, mutant["location"]["start"], mutant["location"]["end"]))
            replacement = one_line(mutant["replacement"])
            named = [index for index, entry in enumerate(equivalents)
                     if (entry["file"], one_line(entry["original"]), one_line(entry["mutant"])) == (name, original, replacement)]
            used.update(named)
            if is_configure_await(lines, mutant) or (named and mutant["status"] not in DETECTED):
                left_out += 1
                continue
            if named and mutant["status"] == "Killed":
                mistakes.append(f"{name}: a test kills `{original}` -> `{replacement}`, so it is not equivalent. Remove it from the list.")
            total += 1
            if mutant["status"] in DETECTED:
                detected += 1
            else:
                survivors.append(f"{name}:{mutant['location']['start']['line']}: {mutant['status']}: `{original}` -> `{replacement}`")

    read = {path.replace("\\", "/").removeprefix(root) for path in report["files"]}
    for index, entry in enumerate(equivalents):
        if index not in used and entry["file"] in read and any(
                mutant["status"] in COUNTED
                for path, content in report["files"].items() if path.replace("\\", "/").endswith("/" + entry["file"])
                for mutant in content["mutants"]):
            mistakes.append(f"{entry['file']}: no mutant `{entry['original']}` -> `{entry['mutant']}` in this report. Correct or remove the entry.")

    score = 100 * detected / total if total else 0
    print("\n".join(survivors + mistakes))
    print(f"{detected} of {total} mutants killed: {score:.1f} % (minimum {minimum} %); {left_out} equivalent mutants left out.")
    return 1 if mistakes or score < minimum else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2], float(sys.argv[3])))
