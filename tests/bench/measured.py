"""measured.py: two programs at the same work, one after the other by turns, and what it took.

SPDX-License-Identifier: GPL-3.0-or-later
"""
import statistics
import subprocess
from dataclasses import dataclass, field
from typing import Callable


@dataclass
class Work:
    """What Waybill does, and what a person would use in its place.

    `goal` is the ratio of the medians of time, `goal_cpu` that of processors, `goal_memory` is in
    MiB. `before` makes both start from the same. `at_once` runs the two of a pair side by side,
    for work that waits more than it does.
    """
    name: str
    ours: list
    theirs: list
    against: str
    goal: float = None
    goal_cpu: float = None
    goal_memory: float = None
    goal_memory_ratio: float = None
    entries: int = None
    series: str = None
    statuses: tuple = (0,)
    before: Callable = None
    at_once: bool = False
    results: dict = field(default_factory=dict)


@dataclass
class Figures:
    wall: list = field(default_factory=list)
    cpu: list = field(default_factory=list)
    rss: list = field(default_factory=list)

    def add(self, output, command, statuses):
        wall, cpu, rss, status = output.split()[-4:]
        if int(status) not in statuses:
            raise SystemExit(f'{command} ended with {status}')
        self.wall.append(float(wall))
        self.cpu.append(float(cpu))
        self.rss.append(int(rss))

    def summary(self):
        quarters = statistics.quantiles(self.wall, n=4)
        return {
            'median_s': statistics.median(self.wall),
            'spread_s': quarters[2] - quarters[0],
            'cpu_s': statistics.median(self.cpu),
            'peak_kib': max(self.rss),
            'walls_s': self.wall,
        }


def start(launcher, command, environment, folder):
    return subprocess.Popen([launcher, *command], cwd=folder, env=environment, text=True,
                            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                            stderr=subprocess.DEVNULL)


def count_pairs(work, first_s, least):
    """More of what is short, since the scheduler weighs more there."""
    return max(least, min(3 * least, int(2 / max(first_s, 0.001))))


def measure(work, launcher, environment, folder, least):
    """Fills in `work.results`. The first pair warms up and is not counted."""
    ours, theirs = Figures(), Figures()
    sides = [(ours, work.ours, work.statuses), (theirs, work.theirs, (0,))]
    n, done = least, -1
    while done < n:
        warm_up = done < 0
        running = []
        for figures, command, statuses in sides:
            if work.before and not (work.at_once and running):
                work.before()
            running.append(start(launcher, command, environment, folder))
            if not work.at_once:
                running[-1].wait()
        for process, (figures, command, statuses) in zip(running, sides):
            output = process.communicate()[0]
            target = Figures() if warm_up else figures
            target.add(output, command, statuses)
            if warm_up and figures is ours:
                n = count_pairs(work, target.wall[0], least)
        done += 1

    work.results = {'pairs': n, 'ours': ours.summary(), 'theirs': theirs.summary()}
    a, b = work.results['ours'], work.results['theirs']
    work.results['ratio'] = a['median_s'] / b['median_s']
    work.results['ratio_cpu'] = a['cpu_s'] / b['cpu_s'] if b['cpu_s'] > 0 else None
    work.results['ratio_memory'] = a['peak_kib'] / b['peak_kib']
