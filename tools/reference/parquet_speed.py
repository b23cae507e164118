"""Reads a Parquet file with pyarrow on one thread, hash included, for comparison with FormatsReading.

usage: parquet_speed.py FILE    prints the median of 9 runs in ms of CPU, for the table and for its columns as NumPy arrays
"""
import hashlib
import statistics
import sys
import time

import pyarrow as pa
import pyarrow.parquet as pq

pa.set_cpu_count(1)
path = sys.argv[1]


def timed(work):
    times = []
    for _ in range(9):
        start = time.process_time()
        work()
        times.append((time.process_time() - start) * 1e3)
    return statistics.median(times)


def columns():
    table = pq.read_table(path, use_threads=False)
    return [c.to_numpy() for c in table.columns]


def hashed():
    with open(path, "rb") as f:
        hashlib.file_digest(f, "sha256")
    return columns()


print(f"pyarrow {pa.__version__}: columns {timed(columns):.0f} ms, with SHA-256 {timed(hashed):.0f} ms")
