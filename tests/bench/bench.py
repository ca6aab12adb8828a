#!/usr/bin/env python3
"""bench.py [COUNT]: how fast it is, beside other programs in the same minute.

`ninja bench` runs it. Each line is the best of some runs, and what that is of the other program's
best; README.md says what stands against what.
SPDX-License-Identifier: GPL-3.0-or-later
"""
import os
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

HERE = Path(__file__).parent
RUNS = 5


def measure(command, folder):
    """Seconds, and seconds of all processors, of the fastest run."""
    walls, cpus = [], []
    for _ in range(RUNS):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        started = time.monotonic()
        subprocess.run(command, cwd=folder, shell=True, stdout=subprocess.DEVNULL, check=False)
        walls.append(time.monotonic() - started)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpus.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(walls), min(cpus)


def show(name, ours, theirs, folder):
    wall, cpu = measure(ours, folder)
    print(f'{name:<34} {wall:7.3f} s  cpu {cpu:7.3f} s', end='')
    if theirs:
        other_wall, other_cpu = measure(theirs, folder)
        print(f'   {wall / other_wall:5.2f} × {other_wall:.3f} s, cpu {cpu / other_cpu:5.2f} ×'
              f'   {theirs}', end='')
    print(flush=True)


def main():
    build = Path(os.environ['MESON_BUILD_ROOT'])
    count = sys.argv[1] if len(sys.argv) > 1 else '50000'
    cli = build / 'src' / 'cli' / 'waybill-cli'
    with tempfile.TemporaryDirectory() as folder:
        for name, changes in (('a', []), ('b', ['1000'])):
            path = Path(folder) / f'{name}.zip'
            subprocess.run([HERE / 'make-export.py', path, count, *changes], check=True)
            with zipfile.ZipFile(path) as archive:
                archive.extractall(Path(folder) / name)
        print(f'{count} connections, best of {RUNS}, {os.cpu_count()} processors')
        show('list names', f'{cli} list --names a.zip', 'unzip -Z1 a.zip', folder)
        show('open and understand', f'{cli} list a.zip', 'unzip -p a.zip', folder)
        show('compare', f'{cli} compare a.zip b.zip', 'diff -r a b', folder)
        show('unzip -p a.zip | grep -ci sales', 'unzip -p a.zip | grep -ci sales', None, folder)
        window = build / 'tests' / 'bench' / 'bench-window'
        if window.exists():
            print('in the window, milliseconds:', flush=True)
            subprocess.run([HERE.parent / 'in-home', HERE.parent / 'headless', window,
                            Path(folder) / 'a.zip'], check=True)


main()
