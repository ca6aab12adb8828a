# disks.py: saves onto file systems that know less than others, or fail late
# SPDX-License-Identifier: GPL-3.0-or-later
"""disks.py COMMAND-LINE-PROGRAM [ODD-DISK]: the file to write is the old one or the new one, nothing
else is left, and the command says what happened. Needs FUSE, and says so where there is none."""
import errno
import os
import pathlib
import subprocess
import sys
import zipfile

sys.path[:0] = [str(pathlib.Path(__file__).parent.parent),
                str(pathlib.Path(__file__).parent.parent / 'acceptance')]
import checks  # noqa: E402
from sample_service import SampleService  # noqa: E402

program, *disk = map(os.path.abspath, sys.argv[1:])
base = pathlib.Path(os.environ['TMPDIR'])
point = base / 'disk'
behind = base / 'behind'
source = base / 'a.zip'
OLD = b'old'
LONGEST = 'x' * 251 + '.zip'
PASSWORD = 'Zq1CanaryOfTheZip'

# What is saved on a disk of each kind. FAT knows no links and keeps no modes; NFS has the bad news
# when a file is closed, and what is open has a lock on some servers.
WORKS = {
    'plain': {},
    'fat': {'link': errno.EPERM, 'chmod': errno.EPERM},
    'links are not supported': {'link': errno.EOPNOTSUPP},
    'neither link nor rename without replacing': {'link': errno.EPERM, 'noreplace': errno.EINVAL},
    'neither of these, in other words': {'link': errno.EOPNOTSUPP, 'noreplace': errno.ENOSYS},
    'cannot sync': {'fsync': errno.EINVAL, 'link': errno.EPERM},
    'knows no sync': {'fsync': errno.ENOSYS, 'link': errno.EPERM},
    'does not support sync': {'fsync': errno.EOPNOTSUPP},
    'what is open is busy': {'replace-open': errno.EBUSY, 'link': errno.EPERM},
    'what is open is a busy text': {'replace-open': errno.ETXTBSY, 'noreplace': errno.EINVAL},
}
# What fails on it, with a word of the reason.
FAILS = {
    'full': ({'full': errno.ENOSPC}, 'No space left'),
    'quota': ({'full': errno.EDQUOT}, 'Disk quota exceeded'),
    'broken': ({'full': errno.EIO}, 'Input/output error'),
    'broken at the sync': ({'fsync': errno.EIO}, 'Input/output error'),
    'full at the sync': ({'fsync': errno.ENOSPC}, 'No space left'),
    'quota at the close': ({'close': errno.EDQUOT}, 'Disk quota exceeded'),
    'broken at the close': ({'close': errno.EIO}, 'Input/output error'),
    'lost at the close': ({'close': errno.ESTALE}, 'Stale file handle'),
    'no rename': ({'rename': errno.EACCES, 'link': errno.EPERM}, 'Permission denied'),
}

with zipfile.ZipFile(source, 'w') as archive:
    for number in range(6):
        archive.writestr(f'connections/c{number}.conn',
                         '{"name":"c%d","type":"DWS","config":{"password":"Zq%dCanary"},'
                         # More than fits on a disk that fills up.
                         '"description":"%s"}' % (number, number, os.urandom(1 << 16).hex()))


class Disk:
    """Mounted as long as it is in use."""

    def __init__(self, rules):
        for folder in (point, behind):
            folder.mkdir(exist_ok=True)
        words = [f'{name}={number}' for name, number in rules.items()]
        self.process = subprocess.Popen([*disk, behind, point, *words], stdout=subprocess.PIPE,
                                        stderr=subprocess.PIPE)

    def __enter__(self):
        if not self.process.stdout.readline():
            raise OSError(self.process.stderr.read().decode())
        return self

    def __exit__(self, *arguments):
        subprocess.run(['fusermount3', '-u', point], check=True)
        self.process.wait()
        for path in behind.iterdir():
            path.unlink()


def why_not():
    """Why there is no FUSE; None if there is."""
    if not disk:
        return 'libfuse 3 is not installed'
    try:
        with Disk({}):
            return None
    except OSError as error:
        return f'nothing can be mounted: {error}'.strip().replace('\n', ' ')


class Ways:
    """The ways to write a file, as arguments and environment; each onto the disk."""

    def __init__(self, service):
        self.service = service

    def get(self, target):
        service = self.service
        export = ['export', '--service-url', service.url, '--identity-url', service.url,
                  '--project-id', service.project, '--domain', service.domain, '--user',
                  service.user, '-o', target]
        return {
            'export': (export, {'WAYBILL_PASSWORD': service.password}),
            'redact': (['redact', source, target], {}),
            'encrypt': (['encrypt', source, target], {'WAYBILL_ZIP_PASSWORD': PASSWORD}),
        }


def run(arguments, environment):
    env = dict(os.environ, **environment)
    env.pop('G_DEBUG', None)
    return subprocess.run([program, *arguments], env=env, capture_output=True, text=True,
                          timeout=60)


def is_whole(path):
    with zipfile.ZipFile(path) as archive:
        return bool(archive.infolist())


def save(name, rules, reason, ways, target, overwrite):
    """Yields what is wrong after each way to save."""
    for way in ways.get(target):
        with Disk(rules):
            if overwrite:
                (behind / target.name).write_bytes(OLD)
            arguments, environment = ways.get(target)[way]
            result = run(arguments + (['--force'] if overwrite else []), environment)
            where = f'{name}: {way}{" --force" if overwrite else ""}'
            left = {path.name: path.read_bytes() for path in behind.iterdir()}
            # The sample's export is small, and fits on a disk that is nearly full.
            fails = reason is not None and not (way == 'export' and 'full' in rules)
            if 'CRITICAL' in result.stderr or 'WARNING' in result.stderr:
                yield f'{where}: {result.stderr}'
            if not fails:
                if result.returncode != 0:
                    yield f'{where}: {result.returncode}: {result.stderr}'
                elif list(left) != [target.name] or not is_whole(behind / target.name):
                    yield f'{where}: {list(left)}'
                continue
            if result.returncode != 8 or reason not in result.stderr:
                yield f'{where}: {result.returncode}: {result.stderr}'
            if left != ({target.name: OLD} if overwrite else {}):
                yield f'{where}: leaves {list(left)}'


def with_service(func):
    service = SampleService(program, 'sample-service')
    try:
        yield from func(Ways(service))
    finally:
        service.stop()


def files_are_saved_where_less_is_known():
    def func(ways):
        for name, rules in WORKS.items():
            for overwrite in (False, True):
                yield from save(name, rules, None, ways, point / 'out.zip', overwrite)
    yield from with_service(func)


def the_longest_name_is_saved():
    def func(ways):
        for name in ('plain', 'fat'):
            for overwrite in (False, True):
                yield from save(name, WORKS[name], None, ways, point / LONGEST, overwrite)
    yield from with_service(func)


def what_fails_late_leaves_the_old_file():
    def func(ways):
        for name, (rules, reason) in FAILS.items():
            for overwrite in (False, True):
                yield from save(name, rules, reason, ways, point / 'out.zip', overwrite)
    yield from with_service(func)


def a_broken_disk_is_read_as_that():
    with Disk({'read': errno.EIO}):
        (behind / 'a.zip').write_bytes(source.read_bytes())
        for arguments in (['list', point / 'a.zip'], ['verify', point / 'a.zip'],
                          ['compare', point / 'a.zip', source],
                          ['redact', point / 'a.zip', base / 'out.zip'],
                          ['encrypt', point / 'a.zip', base / 'out.zip']):
            result = run(arguments, {'WAYBILL_ZIP_PASSWORD': PASSWORD})
            said = result.stderr + result.stdout
            if result.returncode != 8 or 'Input/output error' not in said:
                yield f'{arguments[0]}: {result.returncode}: {said}'
            if (base / 'out.zip').exists():
                yield f'{arguments[0]}: leaves a file'
                (base / 'out.zip').unlink()


def the_history_and_the_accounts_stay():
    """A row that cannot be written costs a line, and never the export."""
    def func(ways):
        for name, rules in [*WORKS.items(), *((name, rules) for name, (rules, _) in FAILS.items())]:
            with Disk(rules):
                arguments, environment = ways.get(base / 'out.zip')['export']
                environment = dict(environment, XDG_DATA_HOME=str(point))
                result = run(arguments + ['--force'], environment)
                if result.returncode != 0 or not is_whole(base / 'out.zip'):
                    yield f'{name}: {result.returncode}: {result.stderr}'
                listed = run(['history'], environment)
                if listed.returncode not in (0, 8) or 'CRITICAL' in listed.stderr:
                    yield f'{name}: history: {listed.returncode}: {listed.stderr}'
                subprocess.run(['find', behind, '-mindepth', '1', '-type', 'f', '-delete'],
                               check=True)
                for folder in sorted(behind.glob('**/'), reverse=True):
                    if folder != behind:
                        folder.rmdir()
            (base / 'out.zip').unlink()
    yield from with_service(func)


reason = why_not()
if reason:
    print(f'1..0 # SKIP {reason}')
    sys.exit(0)
sys.exit(checks.report([files_are_saved_where_less_is_known, the_longest_name_is_saved,
                        what_fails_late_leaves_the_old_file, a_broken_disk_is_read_as_that,
                        the_history_and_the_accounts_stay]))
