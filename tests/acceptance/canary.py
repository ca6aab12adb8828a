# canary.py: of what is secret nothing is left anywhere, over a whole run, as TAP
# SPDX-License-Identifier: GPL-3.0-or-later
"""Plants a secret of each kind: typed in, made by the identity service, inside a connection, of a
proxy, of an encrypted copy. Exports with each way to sign in, in the window and on the command line,
with every message on, and hunts for the secrets in each form: in what the programs say, in their
files, in all processes' arguments and environments, on the session bus, in the accessibility tree, in
the request log and in core dumps, after a crash and of a debugger. What is being typed into an entry is the exception:
GTK 4.8 itself shows it."""

import http.server
import io
import json
import os
import pathlib
import resource
import secrets
import shutil
import signal
import subprocess
import sys
import threading
import zipfile

import driver
import hunter
from driver import ENTRIES

HOME = pathlib.Path(os.environ['HOME'])
SCRATCH = HOME / 'scratch'
UUID = '3b9c9f9e-5d0f-4c51-9b4b-0d9a4b0f7a11'
TITLE = 'DLF_All_DataConnections.zip'
PROJECT = 'b384b9e9ab9b4ee8994c8633aabc9505'


def canary():
    return 'Canary' + secrets.token_hex(12)


PASSWORD, ACCESS_KEY, SECRET_KEY, SECURITY_TOKEN, TYPED_TOKEN = (canary() for _ in range(5))
MADE_TOKEN, RECEIPT, CONNECTION_PASSWORD, CONNECTION_KEY = (canary() for _ in range(4))
ZIP_PASSWORD, PROXY_PASSWORD = (canary() for _ in range(2))
# Long enough not to be somewhere by chance.
PASSCODE = f'{secrets.randbelow(90000000) + 10000000}'
PLANTED = {name: value for name, value in globals().items()
           if isinstance(value, str) and (value.startswith('Canary') or name == 'PASSCODE')}
HUNTER = hunter.Hunter(PLANTED)
# Everything that a program of this session can write without being asked to.
FOLDERS = [HOME, os.environ['TMPDIR'], os.environ['XDG_RUNTIME_DIR']]


def archive():
    content = io.BytesIO()
    with zipfile.ZipFile(content, 'w') as file:
        config = {'ip': '10.0.0.1', 'userName': 'dbadmin', 'password': CONNECTION_PASSWORD,
                  'sk': CONNECTION_KEY}
        file.writestr('connections/dws.conn',
                      json.dumps({'name': 'dws', 'type': 'DWS', 'config': config}))
    return content.getvalue()


class Service(http.server.BaseHTTPRequestHandler):
    """Asks for a second factor, gives a token, and sends an export."""

    received = []
    # An export is sent when the first is set; the second says that one is waited for.
    gate = threading.Event()
    waiting = threading.Event()

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get('Content-Length') or 0))
        Service.received.append(str(self.headers) + body.decode())
        if not self.path.startswith('/v3/auth/tokens'):
            Service.waiting.set()
            Service.gate.wait()
            self.answer(200, archive(), {'Content-Type': 'application/octet-stream',
                                         'X-Request-Id': 'ticket-11'})
        elif 'totp' not in body.decode():
            self.answer(401, json.dumps({'required_auth_methods': [['password', 'totp']]}).encode(),
                        {'Content-Type': 'application/json', 'Openstack-Auth-Receipt': RECEIPT})
        else:
            token = {'expires_at': '2099-01-01T00:00:00.000000Z',
                     'issued_at': '2026-01-01T00:00:00.000000Z', 'project': {'id': PROJECT}}
            self.answer(201, json.dumps({'token': token}).encode(),
                        {'Content-Type': 'application/json', 'X-Subject-Token': MADE_TOKEN})

    def answer(self, status, body, headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


def write_account(url, method):
    folder = HOME / '.config/waybill'
    folder.mkdir(parents=True, exist_ok=True)
    (folder / 'accounts.ini').write_text(
        f'[waybill]\nlast-account={UUID}\nlast-workspace=\n\n[{UUID}]\nname=Hunted\ncloud=other\n'
        f'service-url={url}\nidentity-url={url}\nproject-id={PROJECT}\nsign-in={method}\n'
        'domain=D\nuser=u\n')


def allow_core_dumps():
    """Whatever the session's limit is: the program itself is to forbid them."""
    hard = resource.getrlimit(resource.RLIMIT_CORE)[1]
    resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))


class Program:
    def __init__(self, log):
        self.log = log
        # A crash would leave its core dump here.
        SCRATCH.mkdir(exist_ok=True)
        with open(log, 'wb') as file:
            self.process = subprocess.Popen(
                ['waybill'], stdout=file, stderr=file, cwd=SCRATCH, preexec_fn=allow_core_dumps,
                env={**os.environ, 'G_MESSAGES_DEBUG': 'all', 'SOUP_DEBUG': 'all',
                     'WAYBILL_PASSWORD': ''})
        self.app = driver.application('waybill')

    def crash(self):
        """Whether the kernel says that it made a core dump."""
        self.process.send_signal(signal.SIGABRT)
        status = os.waitpid(self.process.pid, 0)[1]
        self.process.returncode = -signal.SIGABRT
        assert os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGABRT
        return os.WCOREDUMP(status)


def fill(dialog, name, text):
    driver.set_text(driver.find(dialog, ENTRIES, name), text)


def sign_in(program, entries):
    window = program.app
    for name, text in entries.items():
        fill(window, name, text)
    driver.click(window, 'Sign In')


def hunt_in_session():
    """What the program has put on the session's bus."""
    said = subprocess.run(['gdbus', 'introspect', '--session', '--dest',
                           'io.github.waybill.Waybill', '--object-path',
                           '/io/github/waybill/Waybill', '--recurse'],
                          capture_output=True, text=True, check=True).stdout
    assert 'export-default' in said or 'org.gtk.Actions' in said
    HUNTER.hunt('what is on the bus', said)


def assert_no_core_dump_is_possible(pid):
    limits = pathlib.Path(f'/proc/{pid}/limits').read_text()
    line = next(line for line in limits.splitlines() if line.startswith('Max core file size'))
    assert line.split()[4:6] == ['0', '0'], line
    # Nor has one that is handed to a program, which the limit does not keep from, any memory in it.
    assert int(pathlib.Path(f'/proc/{pid}/coredump_filter').read_text(), 16) == 0


def hunt_in_dump_of_debugger(pid):
    """It keeps to the same filter, unless somebody tells it not to."""
    if not shutil.which('gcore'):
        print('# there is no gcore', flush=True)
        return
    done = subprocess.run(['gcore', '-o', 'dump', str(pid)], cwd=HOME, capture_output=True,
                          text=True)
    dump = HOME / f'dump.{pid}'
    if not dump.exists():
        print(f'# gcore may not: {done.stderr.strip().splitlines()[-1:]}', flush=True)
        return
    content = dump.read_bytes()
    assert content.startswith(b'\x7fELF')
    HUNTER.hunt('the dump of a debugger', content)
    dump.unlink()


WAYS = {
    'password': ({'Password': PASSWORD}, True, [PASSWORD, PASSCODE, MADE_TOKEN]),
    'key': ({'Access key ID': ACCESS_KEY, 'Secret access key': SECRET_KEY,
             'Security token (only for temporary keys)': SECURITY_TOKEN}, False,
            [ACCESS_KEY, SECURITY_TOKEN]),
    'token': ({'Token': TYPED_TOKEN}, False, [TYPED_TOKEN]),
}


def audit_notice_was_shown():
    """It stands before the first export only."""
    settings = HOME / '.config/glib-2.0/settings/keyfile'
    return settings.exists() and 'audit-notice-shown=true' in settings.read_text()


def hunt(url, method):
    entries, has_second_factor, sent = WAYS[method]
    write_account(url, method)
    Service.received.clear()
    HUNTER.watch_bus(HOME / 'bus')
    log = HOME / f'{method}.log'
    program = Program(log)
    try:
        window = driver.window(program.app, 'Waybill')
        assert_no_core_dump_is_possible(program.process.pid)
        driver.click(window, 'Export')
        if not audit_notice_was_shown():
            driver.find(program.app, None, None, lambda node: 'audit log' in (node.name or ''))
            driver.focus_window('Exports Are Recorded')
            driver.press('Return')
        sign_in(program, entries)
        if has_second_factor:
            fill(program.app, 'One-time code', PASSCODE)
            driver.click(program.app, 'Continue')
        window = driver.window(program.app, TITLE)
        driver.focus_window(TITLE)
        driver.press('Home', 'Down', 'Down')
        driver.find(window, None, None, lambda node: 'dbadmin' in (node.name or ''))

        # The planted secrets were there to be found.
        received = '\n'.join(Service.received)
        for value in sent:
            assert value in received, 'a secret was not sent'

        subprocess.run(['gapplication', 'action', 'io.github.waybill.Waybill', 'request-log'],
                       check=True)
        shown = driver.window(program.app, 'Request Log')
        driver.focus_window('Request Log')
        # The raw line of the latest is shown, and then that of each before it.
        said = driver.everything(shown)
        for _ in range(driver.everything(shown).count('POST ') + 2):
            driver.press('Up')
            said += driver.everything(program.app)
        driver.wait_for(lambda: 'ticket-11' in said + driver.everything(shown), 'the request ID')
        HUNTER.hunt('the accessibility tree', said + driver.everything(program.app))
        HUNTER.hunt_in_processes()
        hunt_in_session()
        hunt_in_dump_of_debugger(program.process.pid)
        assert not program.crash(), 'there is a core dump'
    finally:
        if program.process.poll() is None:
            program.process.kill()
            program.process.wait()
    assert list(SCRATCH.iterdir()) == [], 'the crash left something behind'
    assert 'DEBUG' in log.read_text(), 'the log is not one of all messages'
    HUNTER.hunt_on_bus()
    HUNTER.hunt_in_files(*FOLDERS)


# What a person gives on the command line, by the ways to sign in.
VARIABLES = {
    'password': {'WAYBILL_PASSWORD': PASSWORD, 'WAYBILL_PASSCODE': PASSCODE},
    'key': {'WAYBILL_ACCESS_KEY': ACCESS_KEY, 'WAYBILL_SECRET_KEY': SECRET_KEY,
            'WAYBILL_SECURITY_TOKEN': SECURITY_TOKEN},
    'token': {'WAYBILL_TOKEN': TYPED_TOKEN},
}


def command_line(url):
    """The same without a window, and what can be done with an export."""
    ways = {method: ['export', '--auth', method, '--service-url', url, '--identity-url', url,
                     '--project-id', PROJECT, '--domain', 'D', '--user', 'u', '--verbose',
                     '-o', f'{method}.zip'] for method in VARIABLES}
    zip_password = {'WAYBILL_ZIP_PASSWORD': ZIP_PASSWORD}
    proxy = url.replace('//', f'//{PROXY_PASSWORD}:{hunter.percent(PROXY_PASSWORD)}@')
    # Each with its environment and its exit status.
    runs = [*((ways[method], VARIABLES[method], 0) for method in ways),
            (['export', '--auth', 'token', '--service-url', 'https://service.invalid',
              '--project-id', PROJECT, '-o', 'proxied.zip', '--verbose'],
             {'https_proxy': proxy, 'WAYBILL_TOKEN': TYPED_TOKEN}, None),
            (['check', '--auth', 'key', '--service-url', url, '--project-id', PROJECT, '--json'],
             VARIABLES['key'], None),
            (['list', 'key.zip'], {}, 0), (['list', '--json', 'key.zip'], {}, 0),
            (['show', 'key.zip', 'dws'], {}, 0), (['compare', 'key.zip', 'token.zip'], {}, 0),
            (['encrypt', 'key.zip', 'encrypted.zip'], zip_password, 0),
            (['list', 'encrypted.zip'], zip_password, 0),
            (['redact', 'key.zip', 'redacted.zip'], {}, 0), (['history', '--json'], {}, 0)]
    folder = HOME / 'command-line'
    folder.mkdir()
    HUNTER.watch_bus(HOME / 'bus')
    for number, (arguments, variables, status) in enumerate(runs):
        log = folder / f'{number}.log'
        Service.gate.clear()
        Service.waiting.clear()
        with open(log, 'wb') as file:
            process = subprocess.Popen(
                ['waybill-cli', *arguments], stdout=file, stderr=file, cwd=folder,
                stdin=subprocess.DEVNULL, preexec_fn=allow_core_dumps,
                env={**os.environ, **variables, 'G_MESSAGES_DEBUG': 'all', 'SOUP_DEBUG': 'all'})
        # While it waits for the service, it has what it was given.
        while process.poll() is None and not Service.waiting.wait(0.01):
            pass
        if process.poll() is None:
            HUNTER.hunt_in_processes()
        Service.gate.set()
        process.wait()
        assert status is None or process.returncode == status, (arguments, log.read_text())
    # An export is as it was sent, and nobody else may read it.
    for path in folder.glob('*.zip'):
        assert path.stat().st_mode & 0o077 == 0, path
        if path.name != 'redacted.zip':
            path.unlink()
    HUNTER.hunt_on_bus()
    HUNTER.hunt_in_files(*FOLDERS)


def the_hunter_finds_what_is_planted():
    """In each form, at each place; else all the rest says nothing."""
    folder = HOME / 'planted'
    folder.mkdir()

    def finds(hunt, where):
        try:
            hunt()
        except AssertionError:
            return
        raise ValueError(f'a secret was not found in {where}')

    n = 0
    for name, value in PLANTED.items():
        for form, needle in hunter.forms(value):
            (folder / 'file').write_bytes(b'x' * 100 + needle + b'x' * 100)
            finds(lambda: HUNTER.hunt_in_files(*FOLDERS), f'a file: {name}, {form}')
            n += 1
    (folder / 'file').unlink()
    (folder / PASSWORD).write_text('')
    finds(lambda: HUNTER.hunt_in_files(*FOLDERS), 'the name of a file')
    (folder / PASSWORD).unlink()
    for where, process in {
            'arguments': subprocess.Popen(['sleep', '1000', '--', TYPED_TOKEN]),
            'the environment': subprocess.Popen(['sleep', '1000'],
                                                env={**os.environ, 'X': SECRET_KEY})}.items():
        finds(HUNTER.hunt_in_processes, where)
        process.kill()
        process.wait()
    HUNTER.watch_bus(HOME / 'bus')
    # It listens from its first message on.
    driver.wait_for(lambda: (HOME / 'bus').read_bytes(), 'the bus')
    subprocess.run(['gdbus', 'emit', '--session', '--object-path', '/canary', '--signal',
                    'org.example.Canary.Sings', f'"{RECEIPT}"'], check=True)
    finds(HUNTER.hunt_on_bus, 'what is on the bus')
    (HOME / 'bus').unlink()
    print(f'# {len(PLANTED)} secrets, {n} forms', flush=True)


def main():
    driver.wait_for_manager()
    Service.gate.set()
    server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Service)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f'http://127.0.0.1:{server.server_port}'
    hunts = {'the hunter finds what is planted': the_hunter_finds_what_is_planted,
             **{method: lambda method=method: hunt(url, method) for method in WAYS},
             'command line': lambda: command_line(url)}
    print(f'1..{len(hunts)}', flush=True)
    for number, (name, func) in enumerate(hunts.items(), 1):
        try:
            func()
        except Exception as error:
            print(f'not ok {number} {name}')
            print(f'Bail out! {type(error).__name__}: {error}', flush=True)
            return 1
        print(f'ok {number} {name}', flush=True)
    return 0


sys.exit(main())
