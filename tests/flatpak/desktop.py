# desktop.py REMOTE REPOSITORY BUNDLE: the installed Flatpak as its user meets it, as TAP
# SPDX-License-Identifier: GPL-3.0-or-later
"""Installs the program from a signed repository, and works it from outside its sandbox: through the
accessibility tree, the portals' dialogs and the command line. Runs in tests/flatpak/session."""

import contextlib
import hashlib
import os
import pathlib
import socketserver
import subprocess
import sys
import tempfile
import threading

from gi.repository import Gio, GLib

from installed import DATA, HOME, ID, ZIP, Program, driver, flatpak, run, shows, use_proxy
from driver import BUTTONS, ENTRIES
from sample_service import SampleService

REMOTE, REPOSITORY, BUNDLE = sys.argv[1:4]
EXPORTS = HOME / 'Exports'
SAVED = EXPORTS / ZIP


def sandboxed(*command, permissions=(), **options):
    """Runs a command in the program's sandbox."""
    return flatpak('run', *permissions, f'--command={command[0]}', ID, *command[1:], **options)


class FileManager:
    """Takes the place of the session's file manager, and notes what it is asked to show, by whom."""

    XML = '''<node><interface name="org.freedesktop.FileManager1"><method name="ShowItems">
        <arg type="as" direction="in"/><arg type="s" direction="in"/></method></interface></node>'''

    def __init__(self):
        self.shown = []
        self.bus = Gio.bus_get_sync(Gio.BusType.SESSION)
        interface = Gio.DBusNodeInfo.new_for_xml(self.XML).interfaces[0]
        self.bus.register_object('/org/freedesktop/FileManager1', interface, self.called)
        Gio.bus_own_name_on_connection(self.bus, 'org.freedesktop.FileManager1', 0, None, None)

    def called(self, bus, sender, path, interface, method, parameters, invocation):
        self.shown.append((sender, parameters.unpack()[0]))
        invocation.return_value(None)

    def portal(self):
        """Who the portal is on the bus."""
        return self.bus.call_sync('org.freedesktop.DBus', '/org/freedesktop/DBus',
                                  'org.freedesktop.DBus', 'GetNameOwner',
                                  GLib.Variant('(s)', ('org.freedesktop.portal.Desktop',)),
                                  None, 0, -1).unpack()[0]


class Proxy(socketserver.ThreadingTCPServer):
    """Takes the place of a web proxy, which notes what it is asked for and refuses."""

    class Handler(socketserver.StreamRequestHandler):
        def handle(self):
            self.server.requests.append(self.rfile.readline().decode('latin-1').strip())
            self.wfile.write(b'HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n')

    def __init__(self):
        super().__init__(('127.0.0.1', 0), self.Handler)
        self.requests = []
        threading.Thread(target=self.serve_forever, daemon=True).start()


class State:
    """What one step leaves to the next."""

    service = None
    program = None
    files = None


def save_to(program, path, replaces=False):
    """Answers the portal's dialog, which is a program of its own."""
    def identity():
        return (path.stat().st_ino, path.stat().st_mtime_ns) if path.exists() else None

    window = program.window(ZIP)
    button = driver.find(window, BUTTONS, 'Save As…')
    before = identity()
    driver.focus_window(ZIP)
    driver.press('ctrl+s')
    portal = driver.application('xdg-desktop-portal-gtk')
    driver.window(portal, 'Save As')
    driver.focus_window('Save As')
    driver.press('ctrl+a')
    driver.type_ascii(str(path))
    driver.press('Return')
    if replaces:
        driver.click(portal, 'Replace')
    driver.wait_for(lambda: identity() not in (None, before), 'the file')
    # The message goes after some seconds, in which a busy machine may not read all of a window: the
    # button says when it comes, and it is among the last that the window has.
    driver.wait_for(lambda: driver.is_sensitive(button), 'the end of the saving')
    driver.wait_for(lambda: any('Saved as' in (node.name or '')
                                for node in driver.walk(window, last_first=True)), 'the message')


def it_is_installed_from_the_repository(state):
    flatpak('install', '--user', '-y', '--noninteractive', '--no-deps', REMOTE, ID)
    assert 'stable' in flatpak('info', '--user', ID).stdout


def it_may_do_what_the_manifest_says_and_no_more(state):
    said = flatpak('info', '--user', '--show-permissions', ID).stdout
    lines = {line for line in said.splitlines() if line and not line.startswith('[')}
    assert lines == {'shared=network;ipc;', 'sockets=x11;wayland;fallback-x11;', 'devices=dri;'} \
        or lines == {'shared=network;ipc;', 'sockets=wayland;fallback-x11;', 'devices=dri;'}, said
    assert said.count('[') == 1, said


def the_sandbox_sees_no_files(state):
    secret = HOME / 'diary.txt'
    secret.write_text('private')
    assert sandboxed('cat', str(secret), ok=False).returncode != 0
    seen = sandboxed('ls', '-A', str(HOME)).stdout.split()
    assert 'diary.txt' not in seen and 'Exports' not in seen, seen
    assert sandboxed('ls', str(HOME / '.local/share/keyrings'), ok=False).returncode != 0


def the_sandbox_does_not_see_the_secret_service(state):
    call = ['gdbus', 'call', '--session', '-d', 'org.freedesktop.secrets', '-o',
            '/org/freedesktop/secrets', '-m', 'org.freedesktop.DBus.Peer.Ping']
    run(*call)     # it is there, outside
    inside = sandboxed(*call, ok=False)
    assert inside.returncode != 0 and 'ServiceUnknown' in inside.stdout, inside.stdout
    names = sandboxed('gdbus', 'call', '--session', '-d', 'org.freedesktop.DBus', '-o',
                      '/org/freedesktop/DBus', '-m', 'org.freedesktop.DBus.ListNames').stdout
    assert 'org.freedesktop.secrets' not in names and 'gnome.keyring' not in names, names


def the_command_line_works_with_the_files_it_is_given(state):
    given = HOME / 'Given'
    given.mkdir()
    target = given / 'sample.zip'
    permission = [f'--filesystem={given}']
    sandboxed('waybill-cli', 'export', '--sample', '--quiet', '-o', str(target),
              permissions=permission)
    assert target.read_bytes()[:4] == b'PK\3\4'
    listed = sandboxed('waybill-cli', 'list', '--names', str(target), permissions=permission).stdout
    assert 'connections/dws_sales.conn' in listed.splitlines(), listed
    # Not given, not seen.
    assert sandboxed('waybill-cli', 'list', str(target), ok=False).returncode == 8
    # Files in the sandbox's own folders would be lost.
    for folder in (HOME, '/tmp', '/var/tmp'):
        lost = sandboxed('waybill-cli', 'export', '--sample', '-o', f'{folder}/lost.zip', ok=False)
        assert lost.returncode == 8 and '--filesystem=' in lost.stdout, lost.stdout
    # Unless the same folder of the computer is given.
    for folder in ('/tmp', '/var/tmp'):
        with tempfile.TemporaryDirectory(dir=folder) as given:
            sandboxed('waybill-cli', 'export', '--sample', '--quiet', '-o', f'{given}/sample.zip',
                      permissions=[f'--filesystem={given}'])
            assert pathlib.Path(given, 'sample.zip').read_bytes() == target.read_bytes()
    # Standard output needs no permission.
    with open(HOME / 'piped.zip', 'wb') as piped:
        subprocess.run(['flatpak', 'run', '--command=waybill-cli', ID, 'export', '--sample', '-o',
                        '-'], stdout=piped, check=True)
    assert (HOME / 'piped.zip').read_bytes()[:4] == b'PK\3\4'


def the_proxy_of_the_desktop_is_asked(state):
    """The sandbox sees no settings of the desktop: it has the proxy from the portal."""
    with Proxy() as proxy:
        use_proxy(proxy.server_address)
        done = sandboxed('waybill-cli', 'export', '-o', '-', '--service-url',
                         'https://service.example.com', '--identity-url',
                         'https://service.example.com', '--project-id', '0' * 32, '--auth', 'token',
                         permissions=['--env=WAYBILL_TOKEN=a-token'], ok=False)
        assert proxy.requests == ['CONNECT service.example.com:443 HTTP/1.0'] or proxy.requests == [
            'CONNECT service.example.com:443 HTTP/1.1'], f'{proxy.requests}: {done.stdout}'
        assert done.returncode == 6 and 'proxy' in done.stdout, done.stdout
        use_proxy(None)
        proxy.shutdown()


def sample_data_is_exported_and_shown(state):
    state.program = Program()
    window = state.program.window()
    for name in ('Add Account…', 'Open ZIP…', 'Try Sample Data'):
        driver.find(window, BUTTONS, name)
    driver.click(window, 'Try Sample Data')
    window = state.program.window(ZIP)
    shows(window, 'Not saved yet', '18 connections', 'dws_sales.conn', 'host_sftp_partner.conn')
    driver.focus_window(ZIP)
    driver.press('Home', *['Down'] * 7)
    shows(window, 'Configuration', 'User name', 'Password')


def sha256_shown(window):
    text = next(said for said in driver.texts(window) if 'SHA-256' in said and '…' in said)
    return text.split('SHA-256 ')[1].rstrip('…')


def it_is_saved_through_the_portal(state):
    window = state.program.window(ZIP)
    digest = sha256_shown(window)
    save_to(state.program, SAVED)
    assert hashlib.sha256(SAVED.read_bytes()).hexdigest().startswith(digest)
    assert [path.name for path in EXPORTS.iterdir()] == [ZIP], 'something else was left there'


def a_second_save_to_the_same_place_works(state):
    digest = sha256_shown(state.program.window(ZIP))
    SAVED.write_bytes(b'overwritten')
    save_to(state.program, SAVED, replaces=True)
    assert hashlib.sha256(SAVED.read_bytes()).hexdigest().startswith(digest)
    assert [path.name for path in EXPORTS.iterdir()] == [ZIP], 'something else was left there'


def show_in_files_goes_through_the_portal(state):
    state.files = FileManager()
    driver.click(state.program.window(ZIP), 'Show in Files')
    driver.wait_for(lambda: state.files.shown, 'a call of the file manager')
    assert state.files.shown == [(state.files.portal(), [SAVED.as_uri()])], state.files.shown


def a_file_deleted_meanwhile_is_explained(state):
    save_to(state.program, SAVED, replaces=True)
    SAVED.unlink()
    driver.click(state.program.window(ZIP), 'Show in Files')
    shows(state.program.app, 'The folder could not be shown', 'moved or deleted')
    assert len(state.files.shown) == 1
    state.program.quit()


def an_account_is_kept(state):
    # From the folder it was built in: a sandbox of its own, which the update leaves alone.
    state.service = SampleService('flatpak', 'build', '--share=network',
                                  str(pathlib.Path(BUNDLE).parent / 'build'),
                                  'waybill-cli', 'sample-service')
    service = state.service
    state.program = Program()
    driver.click(state.program.window(), 'Add Account…')
    form = state.program.window('Add Account')
    driver.focus_window('Add Account')

    def fill(name, text):
        driver.set_text(driver.find(form, ENTRIES, name), text)

    fill('Name', 'Production')
    # From the cloud's row to its list, and there to the last one, Other.
    driver.press('Tab', 'space', 'End', 'Return')
    fill('Project ID', service.project)
    fill('Service (DataArts Factory)', service.url)
    fill('Identity (IAM)', service.url)
    fill('Account (domain) name', service.domain)
    fill('User name', service.user)
    fill('Password', service.password)
    driver.click(form, 'Save')
    # It goes when the secret is stored.
    app = state.program.app
    driver.wait_for(lambda: [child.name for child in app if child is not None] == ['Waybill'],
                    'the end of the form')
    driver.find(state.program.window(), BUTTONS, 'Export', driver.is_sensitive)
    state.program.quit()


def its_secret_survives_a_restart(state):
    state.program = Program()
    export_and_compare(state)
    state.program.quit()


def export_and_compare(state, notice=True):
    """Exports the account's connections; a question for a password would be in the way."""
    window = state.program.window()
    shows(window, 'Production')
    driver.click(window, 'Export')
    if notice:
        driver.find(state.program.app, None, None, lambda node: 'audit log' in (node.name or ''))
        driver.focus_window('Exports Are Recorded')
        driver.press('Return')
    shows(state.program.window(ZIP), 'Not saved yet')
    SAVED.unlink(missing_ok=True)
    save_to(state.program, SAVED)
    assert SAVED.read_bytes() == state.service.export(), 'it is not what the service sent'


def the_secret_is_in_the_portals_keeping(state):
    password = state.service.password.encode()
    stores = [path for path in DATA.rglob('*') if path.suffix == '.keyring']
    assert stores, 'the Secret portal was not used'
    for path in HOME.rglob('*'):
        if path.is_file() and path != SAVED:
            assert password not in path.read_bytes(), f'the password stands in {path}'
    found = run('secret-tool', 'search', '--all', 'xdg:schema', ID, ok=False).stdout
    assert 'secret =' not in found, 'the password is in the session\'s keyring'


@contextlib.contextmanager
def permission_taken_away(permission):
    flatpak('override', '--user', f'--unshare={permission}', ID)
    try:
        yield
    finally:
        flatpak('override', '--user', '--reset', ID)


def without_the_network_a_zip_still_opens(state):
    with permission_taken_away('network'):
        program = Program('@@', str(SAVED), '@@', options=['--file-forwarding'])
        shows(program.window(ZIP), '18 connections', 'dws_sales.conn')
        program.quit()


def without_the_network_an_export_says_so(state):
    """Of a service with a name; whether there is a network it has from the portal."""
    accounts = DATA / 'config/waybill/accounts.ini'
    before = accounts.read_text()
    accounts.write_text(before.replace(state.service.url, 'https://service.example.com'))
    try:
        with permission_taken_away('network'):
            state.program = Program()
            driver.click(state.program.window(), 'Export')
            shows(state.program.window(), 'Not Connected to a Network',
                  'service.example.com: Waybill’s sandbox may not use the network')
            state.program.quit()
    finally:
        accounts.write_text(before)


def a_zip_deleted_before_it_opens_is_explained(state):
    document = run('flatpak', 'document-export', '--app', ID, '--allow-read', str(SAVED)).stdout
    SAVED.rename(HOME / 'kept.zip')
    program = Program(document.strip())
    shows(program.app, 'Could Not Be Opened', 'No such file')
    program.quit()
    (HOME / 'kept.zip').rename(SAVED)


def the_desktop_can_start_an_export(state):
    """D-Bus activation, by the file that the Flatpak exports."""
    run('gdbus', 'call', '--session', '-d', ID, '-o', '/' + ID.replace('.', '/'), '-m',
        'org.freedesktop.Application.ActivateAction', 'export-default', '[]', '{}')
    app = driver.application('waybill')
    shows(driver.window(app, ZIP), 'Not saved yet')
    driver.focus_window(ZIP)
    driver.press('ctrl+q')
    driver.find(app, BUTTONS, 'Discard')
    driver.click(app, 'Discard')
    driver.wait_for(lambda: not driver.is_running('waybill'), 'the end of the program')


def an_update_keeps_what_is_the_users(state):
    before = flatpak('info', '--user', '--show-commit', ID).stdout
    run('flatpak', 'build-commit-from', '--force', '--no-update-summary', '--src-ref',
        f'app/{ID}/{os.uname().machine}/stable', '--timestamp=2030-01-01T00:00:00Z',
        '--subject=the next one', f'--gpg-sign={os.environ["WAYBILL_TEST_KEY"]}',
        REPOSITORY, f'app/{ID}/{os.uname().machine}/stable')
    run('flatpak', 'build-update-repo', f'--gpg-sign={os.environ["WAYBILL_TEST_KEY"]}', REPOSITORY)
    flatpak('update', '--user', '-y', '--noninteractive', '--no-deps', ID)
    assert flatpak('info', '--user', '--show-commit', ID).stdout != before, 'it was not updated'
    state.program = Program()
    export_and_compare(state, notice=False)
    state.program.quit()


def uninstalling_leaves_the_data(state):
    exported = pathlib.Path(os.environ['FLATPAK_USER_DIR'], 'exports/share')
    names = [path for path in exported.rglob('*') if path.name.startswith(ID)]
    assert {path.suffix for path in names} >= {'.desktop', '.service', '.svg'}, names
    flatpak('uninstall', '--user', '-y', '--noninteractive', ID)
    assert flatpak('info', '--user', ID, ok=False).returncode != 0
    left = [path for path in exported.rglob('*') if path.name.startswith(ID)]
    assert not left, left
    assert (DATA / 'config/waybill/accounts.ini').exists()


def it_is_installed_from_the_bundle(state):
    flatpak('install', '--user', '-y', '--noninteractive', '--no-deps', '--bundle', BUNDLE)
    it_may_do_what_the_manifest_says_and_no_more(state)
    # The data that was left is found again, the secret too.
    state.program = Program()
    export_and_compare(state, notice=False)
    state.program.quit()


def data_goes_when_the_user_says_so(state):
    flatpak('uninstall', '--user', '-y', '--noninteractive', '--delete-data', ID)
    assert not DATA.exists(), list(DATA.rglob('*'))
    assert SAVED.exists()


def the_program_warned_of_nothing(state):
    log = (HOME / 'waybill.log').read_text(errors='replace')
    found = [line for line in log.splitlines() if 'CRITICAL' in line or 'Waybill-WARNING' in line
             or 'Gtk-WARNING' in line or 'Adwaita-WARNING' in line]
    assert not found, '\n'.join(found[:10])


STEPS = [
    it_is_installed_from_the_repository,
    it_may_do_what_the_manifest_says_and_no_more,
    the_sandbox_sees_no_files,
    the_sandbox_does_not_see_the_secret_service,
    the_command_line_works_with_the_files_it_is_given,
    the_proxy_of_the_desktop_is_asked,
    sample_data_is_exported_and_shown,
    it_is_saved_through_the_portal,
    a_second_save_to_the_same_place_works,
    show_in_files_goes_through_the_portal,
    a_file_deleted_meanwhile_is_explained,
    an_account_is_kept,
    its_secret_survives_a_restart,
    the_secret_is_in_the_portals_keeping,
    without_the_network_a_zip_still_opens,
    without_the_network_an_export_says_so,
    a_zip_deleted_before_it_opens_is_explained,
    the_desktop_can_start_an_export,
    an_update_keeps_what_is_the_users,
    uninstalling_leaves_the_data,
    it_is_installed_from_the_bundle,
    data_goes_when_the_user_says_so,
    the_program_warned_of_nothing,
]


def main():
    state = State()
    print(f'1..{len(STEPS)}', flush=True)
    EXPORTS.mkdir()
    driver.wait_for_manager()
    try:
        for number, step in enumerate(STEPS, 1):
            name = step.__name__.replace('_', ' ')
            try:
                step(state)
            except Exception as error:
                print(f'not ok {number} {name}')
                if state.program is not None:
                    print('# on the screen: ' + ' | '.join(driver.texts(state.program.app)))
                run('import', '-window', 'root', str(HOME / 'screen.png'), ok=False)
                print(f'Bail out! {type(error).__name__}: {error}', flush=True)
                return 1
            print(f'ok {number} {name}', flush=True)
    finally:
        flatpak('kill', ID, ok=False)
        if state.service is not None:
            state.service.stop()
    return 0


if __name__ == '__main__':
    sys.exit(main())
