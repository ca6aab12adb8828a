# canary.py: of what is secret nothing is left anywhere, over a whole run, as TAP
# SPDX-License-Identifier: GPL-3.0-or-later
"""Plants a secret of each kind: typed in, made by the identity service, and inside a connection.
Exports with each way to sign in, with every message on, and hunts for the secrets in what the
program says, in its files, in all processes' arguments and environments, in the accessibility tree,
in the request log and, after a crash, in a core dump. What is being typed into an entry is the
exception: GTK 4.8 itself shows it."""

import http.server
import io
import json
import os
import pathlib
import resource
import secrets
import signal
import subprocess
import sys
import threading
import zipfile

import driver
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
# Long enough not to be somewhere by chance.
PASSCODE = f'{secrets.randbelow(90000000) + 10000000}'
PLANTED = {name: value for name, value in globals().items()
           if isinstance(value, str) and (value.startswith('Canary') or name == 'PASSCODE')}


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

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get('Content-Length') or 0))
        Service.received.append(str(self.headers) + body.decode())
        if not self.path.startswith('/v3/auth/tokens'):
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


def assert_nowhere_in(where, text):
    for name, value in PLANTED.items():
        assert value not in text, f'{name} is in {where}'


def assert_nowhere_in_bytes(where, content):
    for name, value in PLANTED.items():
        assert value.encode() not in content, f'{name} is in {where}'
        assert value.encode('utf-16-le') not in content, f'{name} is in {where}'


def hunt_in_processes():
    n = 0
    for folder in pathlib.Path('/proc').glob('[0-9]*'):
        # This one is the planter.
        if folder.name == str(os.getpid()):
            continue
        for part in ('cmdline', 'environ'):
            try:
                content = (folder / part).read_bytes()
            except OSError:
                continue
            n += 1
            assert_nowhere_in_bytes(f'{part} of a process', content)
    assert n > 10


def hunt_in_files():
    folders = {HOME, pathlib.Path(os.environ['TMPDIR']),
               pathlib.Path(os.environ['XDG_RUNTIME_DIR'])}
    n = 0
    for folder in folders:
        for path in folder.rglob('*'):
            if path.is_file():
                n += 1
                assert_nowhere_in_bytes(path, path.read_bytes())
    assert n > 3


def hunt_in_session():
    """What the program has put on the session's bus."""
    said = subprocess.run(['gdbus', 'introspect', '--session', '--dest',
                           'io.github.waybill.Waybill', '--object-path',
                           '/io/github/waybill/Waybill', '--recurse'],
                          capture_output=True, text=True, check=True).stdout
    assert 'export-default' in said or 'org.gtk.Actions' in said
    assert_nowhere_in('what is on the bus', said)


def assert_no_core_dump_is_possible(pid):
    limits = pathlib.Path(f'/proc/{pid}/limits').read_text()
    line = next(line for line in limits.splitlines() if line.startswith('Max core file size'))
    assert line.split()[4:6] == ['0', '0'], line
    # Nor has one that is handed to a program, which the limit does not keep from, any memory in it.
    assert int(pathlib.Path(f'/proc/{pid}/coredump_filter').read_text(), 16) == 0


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
        assert_nowhere_in('the accessibility tree', said + driver.everything(program.app))
        hunt_in_processes()
        hunt_in_session()
        assert not program.crash(), 'there is a core dump'
    finally:
        if program.process.poll() is None:
            program.process.kill()
            program.process.wait()
    assert list(SCRATCH.iterdir()) == [], 'the crash left something behind'
    assert 'DEBUG' in log.read_text(), 'the log is not one of all messages'
    hunt_in_files()


def main():
    print(f'1..{len(WAYS)}', flush=True)
    driver.wait_for_manager()
    server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Service)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    for number, method in enumerate(WAYS, 1):
        try:
            hunt(f'http://127.0.0.1:{server.server_port}', method)
        except Exception as error:
            print(f'not ok {number} {method}')
            print(f'Bail out! {type(error).__name__}: {error}', flush=True)
            return 1
        print(f'ok {number} {method}', flush=True)
    return 0


sys.exit(main())
