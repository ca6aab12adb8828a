#!/usr/bin/env python3
"""bench.py --build FOLDER [--quick] [--json FILE] [PART…]: how fast it is, beside other programs.

build-aux/bench runs it; README.md says what stands against what, and how to read the figures.
SPDX-License-Identifier: GPL-3.0-or-later
"""
import argparse
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from measured import Work, measure

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
SIZES = (10, 200, 1000, 10000, 100000, 200000)
# A line through the first and the second size may be missed by this much.
STRAIGHT = 1.25
READ_IN_PYTHON = ('import json, sys, zipfile\n'
                  'with zipfile.ZipFile(sys.argv[1]) as z:\n'
                  '    for i in z.infolist():\n'
                  '        c = json.loads(z.read(i))\n'
                  '        print(i.filename, c.get("type"), i.file_size, sep="\\t")\n')


class Bench:
    def __init__(self, build, folder, quick):
        self.build, self.folder, self.quick = build, folder, quick
        self.data = build / 'bench-data'
        self.cli = str(build / 'src' / 'cli' / 'waybill-cli')
        self.launcher = str(build / 'tests' / 'bench' / 'measure')
        self.sizes = (10, 200, 1000, 10000) if quick else SIZES
        self.services = []
        self.rows, self.notes = [], []
        self.environment = {
            **{name: value for name, value in os.environ.items()
               if not re.match('WAYBILL_|OS_|HW_|HUAWEICLOUD_|SSL_CERT|.*_proxy$|.*_PROXY$', name)},
            'HOME': str(folder), 'LC_ALL': 'C.UTF-8', 'GIO_USE_VFS': 'local',
            'GSETTINGS_BACKEND': 'memory', 'WAYBILL_PASSWORD': 'secret',
        }

    def run(self, work):
        print(f'{work.name} …', file=sys.stderr, flush=True)
        measure(work, self.launcher, self.environment, self.folder, 3 if self.quick else 7)
        self.rows.append(work)

    def get_export(self, count, changes=None):
        """An export with so many connections; made once."""
        path = self.data / (f'{count}.zip' if changes is None else f'{count}-{changes}.zip')
        if not path.exists():
            self.data.mkdir(exist_ok=True)
            part = path.with_suffix('.part')
            subprocess.run([HERE / 'make-export.py', part, str(count),
                            *([str(changes)] if changes else [])], check=True)
            part.rename(path)
        return str(path)

    def get_large(self, mib):
        """A ZIP of so many MiB that do not compress, as a service might send it; made once."""
        path = self.data / f'{mib}-mib.zip'
        if not path.exists():
            self.data.mkdir(exist_ok=True)
            part = path.with_suffix('.part')
            subprocess.run([HERE / 'make-export.py', '--mib', part, str(mib)], check=True)
            part.rename(path)
        return str(path)

    def serve(self, path, *more):
        process = subprocess.Popen([HERE / 'service.py', path, *map(str, more)], text=True,
                                   stdout=subprocess.PIPE)
        self.services.append(process)
        return f'{"https" if len(more) > 1 else "http"}://127.0.0.1:{process.stdout.readline().strip()}'

    def stop(self):
        for process in self.services:
            process.kill()
            process.wait()
        self.services.clear()

    def remove(self, *names):
        for name in names:
            path = self.folder / name
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)

    def export(self, url, *more):
        return [self.cli, 'export', '--service-url', url, '--identity-url', url, '--project-id',
                'p', '--domain', 'D', '--user', 'alice', '--management-url', url, '--quiet', *more]


def part_start(bench):
    bench.run(Work('a process that does nothing (`--version`)', [bench.cli, '--version'],
                   ['unzip', '-v'], '`unzip -v`', goal=2))


def part_names(bench):
    goals = {1000: 1.5, 10000: 0.6, 100000: 0.2}
    for n in bench.sizes:
        file = bench.get_export(n)
        bench.run(Work(f'`list --names`, {n:,}', [bench.cli, 'list', '--names', file],
                       ['unzip', '-Z1', file], '`unzip -Z1`', goal=goals.get(n), entries=n,
                       series='list --names'))


def part_list(bench):
    goals = {1000: 1.0, 10000: 0.6, 100000: 0.5}
    for n in bench.sizes:
        file = bench.get_export(n)
        bench.run(Work(f'`list`, {n:,}', [bench.cli, 'list', file], ['unzip', '-p', file],
                       '`unzip -p`', goal=goals.get(n), entries=n, series='list'))
    n = 10000 if bench.quick else 100000
    file = bench.get_export(n)
    bench.run(Work(f'`list`, {n:,}', [bench.cli, 'list', file],
                   ['python3', '-c', READ_IN_PYTHON, file], 'Python zipfile and json',
                   goal=0.10))


def part_compare(bench):
    goals = {100000: (0.2, 0.8)}
    for n in bench.sizes:
        old, new = bench.get_export(n), bench.get_export(n, 100)
        for options, goal in zip(([], ['--verify']), goals.get(n, (None, None))):
            bench.run(Work(f'`compare{"".join(" " + o for o in options)}`, {n:,}',
                           [bench.cli, 'compare', *options, old, new],
                           ['sh', '-c', 'unzip -p "$0"; unzip -p "$1"', old, new],
                           'two `unzip -p`', goal=goal, entries=n,
                           series=' '.join(['compare', *options]), statuses=(0, 1)))


def part_redact(bench):
    def clear():
        bench.remove('out.zip', 'unpacked')
    unpack = 'unzip -q "$0" -d unpacked && cd unpacked && zip -qr ../out.zip .'
    for n in bench.sizes:
        if n > 10000:
            continue
        file = bench.get_export(n)
        bench.run(Work(f'`redact`, {n:,}', [bench.cli, 'redact', file, 'out.zip'],
                       ['sh', '-c', unpack, file], '`unzip` and `zip`', before=clear,
                       goal=0.3 if n == 10000 else None, entries=n, series='redact'))
    if bench.quick:
        return
    # To unpack so many files takes others a minute.
    ten_times = 'for i in 1 2 3 4 5 6 7 8 9 10; do "$0" redact "$1" out.zip --force; done'
    bench.run(Work('`redact`, 100,000', [bench.cli, 'redact', bench.get_export(100000), 'out.zip'],
                   ['sh', '-c', ten_times, bench.cli, bench.get_export(10000)],
                   'ten times the 10,000', before=clear, goal=1.1))


def part_export(bench):
    url = bench.serve(bench.get_export(24))
    sign_in = 'curl -sf -d "{}" -o auth.json "$0/v3/auth/tokens"'
    fetch = 'curl -sf -X POST -H "X-Auth-Token: token" -o out.zip "$0/v1/p/connections/export"'

    def clear():
        bench.remove('out.zip', 'auth.json')
    bench.run(Work('export of 24 connections, sign-in included', bench.export(url, '-o', 'out.zip'),
                   ['sh', '-c', f'{sign_in}; {fetch}', url], 'the two `curl` calls it takes',
                   goal=0.5, before=clear))

    tls = HERE.parent / 'fixtures' / 'tls'
    url = bench.serve(bench.get_export(24), 0, tls / 'good.pem')
    own = f' --cacert {tls / "ca.pem"}'
    bench.run(Work('the same over https, with an own CA',
                   bench.export(url, '-o', 'out.zip', '--ca-file', str(tls / 'ca.pem')),
                   ['sh', '-c', f'{sign_in}{own}; {fetch}{own}', url], '`curl --cacert`',
                   goal=1.0, before=clear))

    bundle = Path('/etc/ssl/certs/ca-certificates.crt')
    apart = ['unshare', '--map-root-user', '--mount', 'sh', '-c',
             f'mount --bind bundle.crt {bundle} && shift && exec "$@"', 'sh']
    if bundle.exists() and not subprocess.run([*apart[:3], 'true'], check=False).returncode:
        (bench.folder / 'bundle.crt').write_bytes(bundle.read_bytes() + (tls / 'ca.pem').read_bytes())
        bench.run(Work('the same over https, with the CAs of the system',
                       [*apart, '', *bench.export(url, '-o', 'out.zip')],
                       [*apart, '', 'sh', '-c', f'{sign_in}; {fetch}', url],
                       'the two `curl` calls', goal=1.0, before=clear))
    else:
        bench.notes.append('https with the CAs of the system: this system lets nobody mount')
    bench.stop()


def part_large(bench):
    mib = 256 if bench.quick else 1024
    url = bench.serve(bench.get_large(mib))
    script = ('curl -sf -X POST -H "X-Auth-Token: token" -o out.zip "$0/v1/p/connections/export"'
              ' && sync out.zip')

    def clear():
        bench.remove('out.zip')
        os.sync()
    bench.run(Work(f'export of {mib:,} MiB, checked and hashed, on the disk',
                   bench.export(url, '-o', 'out.zip'), ['sh', '-c', script, url],
                   '`curl` and `sync`', goal=1.1, goal_cpu=1.5, goal_memory=32, before=clear))
    bench.stop()
    url = bench.serve(bench.get_large(1))
    bench.run(Work('export of 1 MiB', bench.export(url, '-o', 'out.zip'),
                   ['sh', '-c', script, url], '`curl` and `sync`', goal_memory=32, before=clear))
    bench.stop()
    bench.remove('out.zip')


def part_many(bench):
    if bench.quick:
        return
    n = 200
    url = bench.serve(bench.get_export(24), 250)
    ours = ['--all-workspaces', '--output-dir', 'many', '--jobs', '2']
    script = (f'seq {n} | xargs -P2 -I@ curl -sf -X POST -H "X-Auth-Token: token" '
              '-H "workspace: @" -o theirs/@.zip "$0/v1/p/connections/export"')

    def clear():
        bench.remove('many', 'theirs')
        for name in ('many', 'theirs'):
            (bench.folder / name).mkdir()
    bench.run(Work(f'{n} workspaces, 2 jobs, of a service that takes 250 ms',
                   bench.export(url, *ours), ['sh', '-c', script, url], '`xargs -P2 curl`',
                   goal=1.1, at_once=True, before=clear))
    bench.stop()


def part_window(bench):
    programs = [bench.build / 'tests' / 'bench' / name for name in ('bench-window', 'bench-bare')]
    if not programs[0].exists():
        bench.notes.append('the window: it was not built')
        return
    inside = [str(HERE.parent / 'in-home'), str(HERE.parent / 'headless'), sys.executable,
              str(Path(__file__).resolve())]
    arguments = ['--build', str(bench.build), '--json', str(bench.folder / 'window.json'),
                 '--inside', *(['--quick'] if bench.quick else []), 'window']
    environment = {**bench.environment, 'ADW_DISABLE_PORTAL': '1', 'GDK_BACKEND': 'x11',
                   'GDK_DEBUG': 'gl-disable,no-portals', 'GSK_RENDERER': 'cairo',
                   'GTK_A11Y': 'none', 'GTK_USE_PORTAL': '0',
                   'GSETTINGS_SCHEMA_DIR': str(bench.build / 'data')}
    subprocess.run([*inside, *arguments], env=environment, check=True, stdout=subprocess.DEVNULL)
    result = json.loads((bench.folder / 'window.json').read_text())
    bench.rows += [Work(**row) for row in result['rows']]
    bench.notes += result['notes']


def inside_window(bench):
    """Where there is a display."""
    ours, bare = (str(bench.build / 'tests' / 'bench' / name)
                  for name in ('bench-window', 'bench-bare'))
    bench.run(Work('window: start to first frame; memory', [ours, '--first-frame'], [bare],
                   'a bare libadwaita window', goal=1.15, goal_memory_ratio=1.3))
    n = 10000 if bench.quick else 100000
    output = subprocess.run([ours, bench.get_export(n)], env=bench.environment, text=True,
                            stdout=subprocess.PIPE, check=True).stdout
    bench.notes.append(f'the window with {n:,} entries, in milliseconds '
                       '([what the words mean](tests/bench/README.md)):\n\n'
                       + '\n'.join('    ' + line for line in output.splitlines()
                                   if not line.startswith('#')))


def to_ms(seconds):
    return f'{seconds * 1000:,.1f} ms' if seconds < 1 else f'{seconds:,.2f} s'


def describe_goals(work):
    """The goals, and whether all are met."""
    results = work.results
    goals = []
    for goal, value, text in (
            (work.goal, results['ratio'], '≤ {}'),
            (work.goal_cpu, results['ratio_cpu'], 'cpu ≤ {}'),
            (work.goal_memory, results['ours']['peak_kib'] / 1024, '≤ {} MiB'),
            (work.goal_memory_ratio, results['ratio_memory'], 'memory ≤ {}')):
        if goal is not None:
            goals.append((text.format(goal), value <= goal))
    return ', '.join(text for text, _ in goals), all(met for _, met in goals)


def flag_growth(rows):
    """What takes more than its share of the time that fewer entries took."""
    for series in {row.series for row in rows if row.series}:
        steps = [row for row in rows if row.series == series]
        idle = steps[0].results['ours']['median_s']
        for before, row in zip(steps[1:], steps[2:]):
            share = (row.results['ours']['median_s'] - idle) / row.entries
            share_before = (before.results['ours']['median_s'] - idle) / before.entries
            row.results['growth'] = share / share_before if share_before > 0 else None


def print_table(bench, file):
    print('| work | against | Waybill | the other | ratio | cpu | memory | goal | |', file=file)
    print('|---|---|---|---|---|---|---|---|---|', file=file)
    for row in bench.rows:
        results, ours, theirs = row.results, row.results['ours'], row.results['theirs']
        goals, met = describe_goals(row)
        growth = results.get('growth')
        marks = [] if not goals else ['met' if met else '**not met**']
        if growth and growth > STRAIGHT:
            marks.append(f'grows: {growth:.2f} × as long an entry')
        cpu = f'{results["ratio_cpu"]:.2f}' if results['ratio_cpu'] else '–'
        print(f'| {row.name} | {row.against} '
              f'| {to_ms(ours["median_s"])} ± {to_ms(ours["spread_s"] / 2)} '
              f'| {to_ms(theirs["median_s"])} ± {to_ms(theirs["spread_s"] / 2)} '
              f'| {results["ratio"]:.2f} | {cpu} '
              f'| {ours["peak_kib"] / 1024:.1f} / {theirs["peak_kib"] / 1024:.1f} MiB '
              f'| {goals} | {", ".join(marks)} |', file=file)
    for note in bench.notes:
        print(f'\n{note}', file=file)


def describe_machine():
    model = 'unknown processor'
    for line in Path('/proc/cpuinfo').read_text().splitlines():
        if line.startswith('model name'):
            model = line.split(':', 1)[1].strip()
    system = 'Linux'
    for line in Path('/etc/os-release').read_text().splitlines():
        if line.startswith('PRETTY_NAME='):
            system = line.split('=', 1)[1].strip('"')
    return {'processors': os.cpu_count(), 'model': model, 'system': system,
            'kernel': platform.release()}


PARTS = {name.removeprefix('part_'): value for name, value in list(globals().items())
         if name.startswith('part_')}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--build', type=Path, required=True)
    parser.add_argument('--quick', action='store_true')
    parser.add_argument('--json', type=Path)
    parser.add_argument('--inside', action='store_true', help=argparse.SUPPRESS)
    parser.add_argument('parts', nargs='*', metavar='PART', choices=[[], *PARTS])
    options = parser.parse_args()

    with tempfile.TemporaryDirectory(prefix='waybill-bench.', dir=options.build) as folder:
        bench = Bench(options.build.resolve(), Path(folder).resolve(), options.quick)
        try:
            for name in options.parts or PARTS:
                (inside_window if options.inside else PARTS[name])(bench)
        finally:
            bench.stop()
    flag_growth(bench.rows)
    if options.json:
        options.json.write_text(json.dumps({
            'machine': describe_machine(), 'notes': bench.notes,
            'rows': [{name: value for name, value in vars(row).items() if name != 'before'}
                     for row in bench.rows]}, indent=1) + '\n')
    machine = describe_machine()
    print(f'{machine["processors"]} processors ({machine["model"]}), {machine["system"]}\n')
    print_table(bench, sys.stdout)


main()
