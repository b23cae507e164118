"""Shortest decimals by Python's repr, for DecimalTextTest. Writes decimal-text.csv to standard output."""

import platform
import random
import struct


def ours(value):
    """repr without a needless .0, plus signs and zeros of exponents."""
    text = repr(value)
    if "e" in text:
        digits, exponent = text.split("e")
        return f"{digits.removesuffix('.0')}e{int(exponent)}"
    return text.removesuffix(".0")


rng = random.Random(20260627)
values = [0.0, -0.0, 1.0, -1.0, 0.1, 0.5, 20.0, 1e-3, 1e-4, 1e-5, 9.999e-5, 1e15, 1e16, 123456789012345680.0, 1e22, 1e23,
          2e-44, 2.0e23, 5e-324, 2.2250738585072014e-308, 1.7976931348623157e308, 0.1 + 0.2, 1 / 3, 14.451591999999998,
          23.564881999999958, -0.58105547000000135, 9007199254740993.0, 2.0**-44, 2.0**-1074, 2.0**1023, 4.35, 0.3, 8.41e21]
values += [2.0**k for k in range(-1000, 1000, 37)]
values += [struct.unpack(">d", struct.pack(">Q", rng.getrandbits(64)))[0] for _ in range(300)]
values += [round(rng.uniform(-100, 100), rng.randint(0, 6)) for _ in range(100)]
print(f"# Python {platform.python_version()} repr; regenerate: tools/reference/decimal_text.py")
print("bits,text")
for value in values:
    if value == value and abs(value) != float("inf"):
        print(f"{struct.unpack('>q', struct.pack('>d', value))[0]},{ours(value)}")
