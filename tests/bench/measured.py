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
    MiB, `goal_adds` in milliseconds more than the other. `before` makes both start from the same.
    What the other does stands for so many `times` the work. `pairs` is how often, or as often as it
    takes. `at_once` is how many pairs run side by side, for work that waits more than it does;
    `{pair}` in their commands is then another name for each of them.
    """
    name: str
    ours: list
    theirs: list
    against: str
    goal: float = None
    goal_cpu: float = None
    goal_memory: float = None
    goal_memory_ratio: float = None
    goal_adds: float = None
    entries: int = None
    series: str = None
    statuses: tuple = (0,)
    before: Callable = None
    times: int = 1
    pairs: int = None
    at_once: int = 0
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

    def summary(self, times=1):
        quarters = statistics.quantiles(self.wall, n=4) if len(self.wall) > 1 else [0, 0, 0]
        return {
            'median_s': statistics.median(self.wall) * times,
            'spread_s': (quarters[2] - quarters[0]) * times,
            'cpu_s': statistics.median(self.cpu) * times,
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


def run_pair(work, launcher, environment, folder, sides):
    for figures, command, statuses in sides:
        if work.before:
            work.before()
        process = start(launcher, command, environment, folder)
        figures.add(process.communicate()[0], command, statuses)


def run_at_once(work, launcher, environment, folder, sides):
    """Pairs that do not stand in each other's way."""
    work.before()
    running = [(start(launcher, [part.replace('{pair}', str(pair)) for part in command],
                      environment, folder), figures, command, statuses)
               for pair in range(work.at_once) for figures, command, statuses in sides]
    for process, figures, command, statuses in running:
        figures.add(process.communicate()[0], command, statuses)


def measure(work, launcher, environment, folder, least):
    """Fills in `work.results`. The first pair warms up and is not counted, unless it waits more
    than it does."""
    ours, theirs = Figures(), Figures()
    sides = [(ours, work.ours, work.statuses), (theirs, work.theirs, (0,))]
    if work.at_once:
        while len(ours.wall) < least:
            run_at_once(work, launcher, environment, folder, sides)
    else:
        first = Figures()
        run_pair(work, launcher, environment, folder,
                 [(first, work.ours, work.statuses), (Figures(), work.theirs, (0,))])
        for _ in range(work.pairs or count_pairs(work, first.wall[0], least)):
            run_pair(work, launcher, environment, folder, sides)

    work.results = {'pairs': len(ours.wall), 'ours': ours.summary(),
                    'theirs': theirs.summary(work.times)}
    a, b = work.results['ours'], work.results['theirs']
    work.results['ratio'] = a['median_s'] / b['median_s']
    work.results['adds_ms'] = (a['median_s'] - b['median_s']) * 1000
    work.results['ratio_cpu'] = a['cpu_s'] / b['cpu_s'] if b['cpu_s'] > 0 else None
    work.results['ratio_memory'] = a['peak_kib'] / b['peak_kib']
