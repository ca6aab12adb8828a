#!/usr/bin/env python3
"""bench.py --build FOLDER [--quick] [--json FILE] [--into FILE] [PART…]: how fast it is, beside others.

build-aux/bench runs it; README.md says what stands against what, and how to read the figures.
SPDX-License-Identifier: GPL-3.0-or-later
"""
import argparse
import json
import os
import platform
import re
import shutil
import statistics
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
# WB_SPOOL_DEFAULT_MAX_SIZE_BYTES (src/core/input-limits.h), less the ZIP's own records.
LARGEST_MIB = 2047
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
        self.rows, self.figures, self.notes = [], [], []
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
    bench.run(Work('`redact`, 100,000', [bench.cli, 'redact', bench.get_export(100000), 'out.zip'],
                   [bench.cli, 'redact', bench.get_export(10000), 'out.zip'],
                   'ten times the 10,000', times=10, before=clear, goal=1.1))


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
    may_mount = subprocess.run([*apart[:3], 'true'], check=False, capture_output=True)
    if bundle.exists() and not may_mount.returncode:
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
    if not bench.quick:
        url = bench.serve(bench.get_large(LARGEST_MIB))
        bench.run(Work(f'export of {LARGEST_MIB:,} MiB, the most that is taken; once, for its memory',
                       bench.export(url, '-o', 'out.zip'), ['sh', '-c', script, url],
                       '`curl` and `sync`', goal_memory=32, before=clear, pairs=1))
        bench.stop()
    bench.remove('out.zip')


def part_many(bench):
    if bench.quick:
        return
    n, at_once = 200, 3
    url = bench.serve(bench.get_export(24), 250)
    # Each pair has a history of its own.
    ours = ['env', f'XDG_DATA_HOME={bench.folder}/data-{{pair}}',
            *bench.export(url, '--all-workspaces', '--output-dir', 'many-{pair}', '--jobs', '2')]
    script = (f'seq {n} | xargs -P2 -I@ curl -sf -X POST -H "X-Auth-Token: token" '
              '-H "workspace: @" -o theirs-{pair}/@.zip "$0/v1/p/connections/export"')

    def clear():
        folders = [f'{name}-{pair}' for name in ('many', 'theirs') for pair in range(at_once)]
        bench.remove(*folders)
        for name in folders:
            (bench.folder / name).mkdir()
    bench.run(Work(f'{n} workspaces, 2 jobs, of a service that takes 250 ms',
                   ours, ['sh', '-c', script, url], '`xargs -P2 curl`',
                   goal=1.1, at_once=at_once, before=clear))
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
    bench.figures += result['figures']
    bench.notes += result['notes']


def inside_window(bench):
    """Where there is a display."""
    ours, bare = (str(bench.build / 'tests' / 'bench' / name)
                  for name in ('bench-window', 'bench-bare'))
    bench.run(Work('window: start to first frame; memory', [ours, '--first-frame'], [bare],
                   'a bare libadwaita window', goal=1.15, goal_memory_ratio=1.3))
    n = 10000 if bench.quick else 100000
    file = bench.get_export(n)
    bench.run(Work(f'window: start with {n:,} entries to their names on the screen',
                   [ours, '--names', file], [bare], 'a bare libadwaita window', goal_adds=100))

    runs = []
    for _ in range(1 if bench.quick else 3):
        output = subprocess.run([ours, file], env=bench.environment, text=True,
                                stdout=subprocess.PIPE, check=True).stdout
        runs.append([json.loads(line) for line in output.splitlines() if line.startswith('{')])
    steps = [{'step': step[0]['step'], **{key: statistics.median(run[key] for run in step)
                                          for key in step[0] if key != 'step'}}
             for step in zip(*runs)]
    add_window_figures(bench, n, steps)


def add_window_figures(bench, n, steps):
    """What a person waits for in a window with so many entries, and what they take."""
    timed = [step for step in steps if 'held_ms' in step]
    for kinds, text, goal in ((('open', 'complete'), 'opening', 16), (('scroll',), 'scrolling', 16),
                              (('search', 'sort'), 'any search or sort', 33)):
        held, what = max((step['held_ms'], step['step']) for step in timed
                         if step['step'].split()[0] in kinds)
        bench.figures.append({
            'name': f'window: longest hold of the main loop, {n:,} entries, {text}',
            'against': 'a frame', 'value': f'{held:.1f} ms', 'other': '16.7 ms',
            'goal': f'≤ {goal} ms', 'met': held <= goal, 'step': what})
    for step in steps:
        if 'bytes' in step:
            each = step['bytes'] / n
            bench.figures.append({
                'name': f'window: memory with {n:,} entries, more than when it is empty',
                'against': 'an entry', 'value': f'{each:,.0f} bytes an entry', 'other': '',
                'goal': '≤ 320 bytes', 'met': each <= 320})
    lines = [f'{step["step"]:<44} stands {step["stands_ms"]:8.1f}  held {step["held_ms"]:7.1f}'
             f'  cpu {step["cpu_ms"]:7.1f}  busy {step["busy_ms"]:7.1f}' for step in timed]
    bench.notes.append(f'The window with {n:,} entries, in milliseconds '
                       '([what the words mean](tests/bench/README.md)):\n\n'
                       + '\n'.join('    ' + line for line in lines))


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
            (work.goal_memory_ratio, results['ratio_memory'], 'memory ≤ {}'),
            (work.goal_adds, results['adds_ms'], 'adds ≤ {} ms')):
        if goal is not None:
            goals.append((text.format(goal), value <= goal))
    return ', '.join(text for text, _ in goals), all(met for _, met in goals)


def flag_growth(rows):
    """What takes more than its share of the processors' time that fewer entries took. Their time,
    for what else a machine does changes it least."""
    for series in {row.series for row in rows if row.series}:
        steps = [row for row in rows if row.series == series]
        idle = steps[0].results['ours']['cpu_s']
        for before, row in zip(steps[1:], steps[2:]):
            share = (row.results['ours']['cpu_s'] - idle) / row.entries
            share_before = (before.results['ours']['cpu_s'] - idle) / before.entries
            row.results['growth'] = share / share_before if share_before > 0 else None


def describe_row(row):
    results, ours, theirs = row.results, row.results['ours'], row.results['theirs']
    goals, met = describe_goals(row)
    growth = results.get('growth')
    marks = [] if not goals else ['met' if met else '**not met**']
    if row.goal_adds:
        marks.append(f'adds {results["adds_ms"]:.0f} ms')
    if growth and growth > STRAIGHT:
        marks.append(f'grows: {growth:.2f} × as long an entry')
    cpu = f'{results["ratio_cpu"]:.2f}' if results['ratio_cpu'] else '–'

    return (f'| {row.name} | {row.against} '
            f'| {to_ms(ours["median_s"])} ± {to_ms(ours["spread_s"] / 2)} '
            f'| {to_ms(theirs["median_s"])} ± {to_ms(theirs["spread_s"] / 2)} '
            f'| {results["ratio"]:.2f} | {cpu} '
            f'| {ours["peak_kib"] / 1024:.1f} / {theirs["peak_kib"] / 1024:.1f} MiB '
            f'| {goals} | {", ".join(marks)} |')


def describe_table(bench):
    lines = ['| work | against | Waybill | the other | ratio | cpu | memory | goal | |',
             '|---|---|---|---|---|---|---|---|---|']
    lines += [describe_row(row) for row in bench.rows]
    for figure in bench.figures:
        met = 'met' if figure['met'] else '**not met**'
        lines.append(f'| {figure["name"]} | {figure["against"]} | {figure["value"]} '
                     f'| {figure["other"]} | | | | {figure["goal"]} | {met} |')

    return '\n'.join(lines)


def put_into(file, text):
    """Between the two marks that the file has for it."""
    begin, end = '<!-- bench -->\n', '<!-- end of bench -->\n'
    before, _, rest = file.read_text().partition(begin)
    _, found, after = rest.partition(end)
    if not found:
        raise SystemExit(f'{file} has no place for it: {begin}{end}')
    file.write_text(f'{before}{begin}{text}\n{end}{after}')


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
    parser.add_argument('--into', type=Path, help='a file whose table is exchanged')
    parser.add_argument('--inside', action='store_true', help=argparse.SUPPRESS)
    parser.add_argument('parts', nargs='*', metavar='PART', choices=[[], *PARTS])
    options = parser.parse_args()
    if options.into and (options.parts or options.quick):
        parser.error('--into is for the whole table')

    with tempfile.TemporaryDirectory(prefix='waybill-bench.', dir=options.build) as folder:
        bench = Bench(options.build.resolve(), Path(folder).resolve(), options.quick)
        try:
            for name in options.parts or PARTS:
                (inside_window if options.inside else PARTS[name])(bench)
        finally:
            bench.stop()
    flag_growth(bench.rows)
    machine = describe_machine()
    if options.json:
        options.json.write_text(json.dumps({
            'machine': machine, 'figures': bench.figures, 'notes': bench.notes,
            'rows': [{name: value for name, value in vars(row).items() if name != 'before'}
                     for row in bench.rows]}, indent=1) + '\n')
    text = (f'One run on {machine["processors"]} processors ({machine["model"]}), '
            f'{machine["system"]}:\n\n{describe_table(bench)}')
    if options.into:
        put_into(options.into, text)
    print('\n\n'.join([text, *bench.notes]))


main()
