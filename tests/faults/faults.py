# faults.py: each call of a command to the system fails in turn, or is its last
# SPDX-License-Identifier: GPL-3.0-or-later
"""faults.py COMMAND-LINE-PROGRAM SHIM: whatever fails, the file to write is the old one or the new
one, nothing else is left, and the command says what happened."""
import errno
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import zipfile

sys.path[:0] = [str(pathlib.Path(__file__).parent.parent),
                str(pathlib.Path(__file__).parent.parent / 'acceptance')]
import checks  # noqa: E402
from sample_service import SampleService  # noqa: E402

program, shim = map(os.path.abspath, sys.argv[1:])
base = pathlib.Path(os.environ['TMPDIR'])
folder = base / 'faults'
hit = base / 'hit'
OLD = b'old'
# What a shell or a service manager may see; 7 would blame the file.
STATUSES = {0, 1, 5, 6, 8, 9}


def connection(number):
    return ('{"name":"c%d","type":"DWS","config":{"ip":"10.0.0.%d","port":"8000","userName":"u",'
            '"password":"Zq%dCanary"}}' % (number, number % 250, number))


def make_zip(path, changed):
    with zipfile.ZipFile(path, 'w', zipfile.ZIP_DEFLATED) as archive:
        for number in range(6):
            text = connection(number if number != changed else 99)
            archive.writestr(zipfile.ZipInfo(f'connections/c{number}.conn'), text)
        archive.writestr(zipfile.ZipInfo('large.txt'), os.urandom(1 << 19).hex())


make_zip(base / 'a.zip', None)
shutil.copy(base / 'a.zip', base / 'b.zip')
with zipfile.ZipFile(base / 'b.zip', 'a') as archive:
    archive.writestr('connections/new.conn', connection(77))


def prepare():
    shutil.rmtree(folder, ignore_errors=True)
    (folder / 'home').mkdir(parents=True, mode=0o700)
    (folder / 'out').mkdir()
    for name in ('a.zip', 'b.zip'):
        shutil.copy(base / name, folder / name)


def run(arguments, environment, kind=None, at=0, number=errno.EIO):
    hit.unlink(missing_ok=True)
    env = dict(os.environ, HOME=str(folder / 'home'), TMPDIR=str(folder / 'home'),
               XDG_DATA_HOME=str(folder / 'home/data'), XDG_CONFIG_HOME=str(folder / 'home/config'),
               XDG_CACHE_HOME=str(folder / 'home/cache'), WAYBILL_ZIP_PASSWORD='Zq1CanaryOfTheZip',
               **environment)
    env.pop('G_DEBUG', None)
    if kind:
        env.update(LD_PRELOAD=shim, FAULT_KIND=kind, FAULT_AT=str(at), FAULT_FOLDER=str(folder),
                   FAULT_ERRNO=str(number), FAULT_HIT=str(hit))
    return subprocess.run([program, *arguments], cwd=folder, env=env, capture_output=True,
                          timeout=120)


def is_whole(path):
    with zipfile.ZipFile(path) as archive:
        # What a password hides has no checksum here.
        return bool(archive.infolist()) and (any(entry.flag_bits & 1 for entry in archive.infolist())
                                             or archive.testzip() is None)


def leftovers():
    return sorted(path.name for path in (folder / 'out').iterdir() if path.name != 'out.zip')


def judge(result, name, kind, at, number):
    """Yields what is wrong after one run in which the fault happened."""
    where = f'{name}: {kind} {at} ({errno.errorcode.get(number, "killed")})'
    said = result.stderr.decode(errors='replace')
    aborted = result.returncode in (-signal.SIGTRAP, -signal.SIGABRT)
    target = folder / 'out/out.zip'
    is_old = not target.exists() or target.read_bytes() == OLD

    if number == 0:
        if result.returncode != -signal.SIGKILL:
            yield f'{where}: ended with {result.returncode}'
    elif aborted and kind != 'files':
        # GLib's own end where it gets no memory, and no thread for itself.
        if 'GLib' not in said:
            yield f'{where}: aborted: {said}'
    elif result.returncode not in STATUSES:
        yield f'{where}: ended with {result.returncode}: {said}'
    elif result.returncode and not said.strip() and not result.stdout:
        yield f'{where}: says nothing'
    if any(word in said for word in ('CRITICAL', 'WARNING', 'Canary')) and not aborted:
        yield f'{where}: {said}'
    if not is_old and not is_whole(target):
        yield f'{where}: the file is not whole'
    if result.returncode == 0 and 'out/out.zip' in result.args and is_old:
        yield f'{where}: no file, and no word of it: {said}'
    # A temporary file has a name only where the system knows no unnamed ones.
    if number != 0 and not aborted and leftovers():
        yield f'{where}: leaves {leftovers()}'


def attack(name, arguments, environment=None, overwrite=False):
    """Lets each call of the command fail in turn."""
    environment = environment or {}
    prepare()
    good = run(arguments, environment)
    assert good.returncode in (0, 1), good.stderr.decode()
    n_faults = 0
    for kind, numbers in (('files', (errno.EIO, errno.ENOSPC, 0)), ('threads', (errno.EAGAIN,)),
                          ('memory', (errno.ENOMEM,))):
        for at in range(1, 1000):
            # One way after the other, from another one where a file is there already.
            number = numbers[(at + overwrite) % len(numbers)]
            prepare()
            if overwrite:
                (folder / 'out/out.zip').write_bytes(OLD)
            result = run(arguments, environment, kind, at, number)
            if not hit.exists():
                break
            n_faults += 1
            yield from judge(result, name, kind, at, number)
    print(f'# {name}: {n_faults} faults')


def list_survives():
    yield from attack('list', ['list', 'a.zip'])


def show_survives():
    yield from attack('show', ['show', 'a.zip', 'c3'])


def compare_survives():
    yield from attack('compare', ['compare', 'a.zip', 'b.zip'])


def verify_survives():
    yield from attack('verify', ['verify', 'a.zip'])


def redact_survives():
    yield from attack('redact', ['redact', 'a.zip', 'out/out.zip'])
    yield from attack('redact --force', ['redact', '--force', 'a.zip', 'out/out.zip'],
                      overwrite=True)


def encrypt_survives():
    yield from attack('encrypt', ['encrypt', 'a.zip', 'out/out.zip'])


def export_survives():
    service = SampleService(program, 'sample-service')
    try:
        options = ['export', '--service-url', service.url, '--identity-url', service.url,
                   '--project-id', service.project, '--domain', service.domain,
                   '--user', service.user, '-o', 'out/out.zip']
        environment = {'WAYBILL_PASSWORD': service.password}
        yield from attack('export', options, environment)
        yield from attack('export --force', options + ['--force'], environment, overwrite=True)
    finally:
        service.stop()


sys.exit(checks.report([list_survives, show_survives, compare_survives, verify_survives,
                        redact_survives, encrypt_survives, export_survives]))
