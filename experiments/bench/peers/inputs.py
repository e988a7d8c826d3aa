"""What both Python peers share: the inputs of bench/inputs.ts, the timing, and the report.

Import it first: it pins the process to one core, which the frameworks' own settings do not.
"""

import json
import os
import sys
import time

import numpy as np

if hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def bits(size, seed):
    bits = np.arange(size, dtype=np.uint32) + np.uint32(seed * 0x9E3779B9 % 2**32)
    bits = (bits ^ (bits >> np.uint32(16))) * np.uint32(0x85EBCA6B)
    bits = (bits ^ (bits >> np.uint32(13))) * np.uint32(0xC2B2AE35)
    return (bits ^ (bits >> np.uint32(16))).view(np.int32)


def inputs(size, order, dtype, seed):
    if order == "ascending":
        return np.arange(size).astype(dtype)
    if order == "equal":
        return np.ones(size, dtype)
    if order == "against a sample":
        data = np.arange(size).astype(dtype)
        stride, state = max(16, size // 512), 0
        for i in range(size // stride):
            state = (state * 1664525 + 1013904223) % 2**32
            data[i * stride + (((state >> 20) * stride) >> 12)] = 0
        return data
    if order == "few distinct":
        return (bits(size, seed) >> 29).astype(dtype)
    if dtype == "int32":
        return bits(size, seed)
    return (bits(size, seed) >> 8).astype(np.float32) / np.float32(2**23)


def time_runs(run, seconds):
    """The same as bench/timeRuns.ts: times several runs, in ms, after a warm-up of equal length."""

    def timed():
        start = time.perf_counter()
        run()
        return (time.perf_counter() - start) * 1e3

    if timed() > 500:
        return [timed()]
    budget = 1e3 * seconds
    spent = runs = 0
    while runs == 0 or spent < budget:
        spent += timed()
        runs += 1
    repeats = min(MAX_RUNS, max(3, int(budget * runs / spent)))
    return [timed() for _ in range(repeats)]


# Four times that of the contenders in Node, which have four turns per round instead of one.
MAX_RUNS = 40


def answer(version, contenders):
    """Reads the tasks and the time budget from stdin; prints the results and times as JSON."""
    request = json.load(sys.stdin)
    results = {}
    for task in request["tasks"]:
        results[task["id"]] = {
            name: {"found": find(), "times": time_runs(run, request["seconds"])}
            for name, (run, find) in contenders(task).items()
        }
    json.dump({"version": version, "results": results}, sys.stdout)


def weights(task):
    """u and w of uᵀ dW w, a number that depends on every entry of dW."""
    return [inputs(task[size], "random", "float32", 3) for size in ("n", "d")]


def tensors(task):
    """For top-k x, of shape [rows, n] or [n]; for a gradient W and x."""
    n, d, rows = task["n"], task["d"], task["rows"]
    if task["work"] == "topk":
        x = inputs(rows * n, task["order"], task["dtype"], 1)
        return [x.reshape(rows, n) if rows > 1 else x]
    x = inputs(max(1, rows) * d, "random", "float32", 2)
    return [
        inputs(n * d, "random", "float32", 1).reshape(n, d),
        x.reshape(rows, d) if rows > 0 else x,
    ]
