#!/usr/bin/env python3
"""Fills the outputs shown in the documents, or checks them.

    python3 tools/docs/outputs.py [--check]

A document shows the output of a command between two markers:
    <!-- output: ./localmass demo -->
    <!-- /output -->
The command runs in the project's root; only ./localmass commands are run.  A marker may end with "| lines A-B" to show a
part.  With --check nothing is written; the last line is "N passed, N failed"."""
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
MARKER = re.compile(r"<!-- output: (\./localmass .*?)(?: \| lines (\d+)-(\d+))? -->\n(.*?)<!-- /output -->", re.S)


def output(command, first, last):
    run = subprocess.run(command, shell=True, cwd=ROOT, text=True, encoding="utf-8", executable="/bin/bash",
                         stdout=subprocess.PIPE, env={**__import__("os").environ, "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"})
    lines = run.stdout.rstrip("\n").split("\n")
    if first:
        lines = lines[int(first) - 1:int(last)]
    return "```\n" + "\n".join(line.rstrip() for line in lines) + "\n```\n"


def main():
    check = "--check" in sys.argv
    passed = failed = 0
    for path in sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("examples/**/*.md")]):
        text = path.read_text(encoding="utf-8")

        def fill(match):
            nonlocal passed, failed
            shown = output(match[1], match[2], match[3])
            if shown == match[4]:
                passed += 1
            else:
                failed += 1
                print(f"{'differs' if check else 'filled'}: {path.relative_to(ROOT)}: {match[1]}")
            lines = f" | lines {match[2]}-{match[3]}" if match[2] else ""
            return f"<!-- output: {match[1]}{lines} -->\n{shown}<!-- /output -->"

        filled = MARKER.sub(fill, text)
        if not check and filled != text:
            path.write_text(filled, encoding="utf-8")
    print(f"{passed} passed, {failed if check else 0} failed")
    return 1 if check and failed else 0


if __name__ == "__main__":
    sys.exit(main())
