"""Compares two text files: equal but for numbers, which may differ by 1e-12 relative.
usage: same_numbers.py COMMITTED MADE_AGAIN"""
import re
import sys

NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
VERSION = re.compile(r"^#.*|\"tool\":\"[^\"]*\"", re.M)


def parts(path):
    text = VERSION.sub("", open(path, encoding="utf-8").read())
    return NUMBER.sub("#", text), [float(x) for x in NUMBER.findall(text)]


a_text, a = parts(sys.argv[1])
b_text, b = parts(sys.argv[2])
if a_text != b_text:
    sys.exit("the texts differ")
worst = max((abs(x - y) / max(abs(x), abs(y), 1e-300) for x, y in zip(a, b) if x != y), default=0.0)
sys.exit(f"numbers differ by {worst:.1e} relative" if worst > 1e-12 else 0)
