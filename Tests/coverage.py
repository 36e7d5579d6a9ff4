"""Reads what `llvm-cov export` prints, and prints the lines where something begins that never ran."""
import json
import sys

for file in json.load(sys.stdin)["data"][0]["files"]:
    path = file["filename"]
    with open(path, encoding="utf-8") as source:
        lines = source.read().splitlines()
    name = path[path.rindex("Sources/") :]
    found = set()
    for line, _, count, is_counted, is_entry, is_gap in file["segments"]:
        if is_counted and is_entry and not is_gap and count == 0:
            found.add(line)
    for line in sorted(found):
        print(f"{name}:{line}: {lines[line - 1].strip()}")
