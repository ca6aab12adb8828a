# installed.py: the installed Flatpak, started and ended from outside its sandbox
# SPDX-License-Identifier: GPL-3.0-or-later
import os
import pathlib
import subprocess
import sys

from gi.repository import Gio, GLib

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / 'acceptance'))
import driver  # noqa: E402

ID = 'io.github.waybill.Waybill'
HOME = pathlib.Path(os.environ['HOME'])
DATA = HOME / '.var/app' / ID
ZIP = 'DLF_All_DataConnections.zip'


def run(*command, ok=True, **options):
    done = subprocess.run(command, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          stdin=subprocess.DEVNULL, **options)
    if ok:
        assert done.returncode == 0, f'{" ".join(command)}: {done.returncode}: {done.stdout}'
    return done


def flatpak(*arguments, **options):
    return run('flatpak', *arguments, **options)


def has_owner(name):
    bus = Gio.bus_get_sync(Gio.BusType.SESSION)
    return bus.call_sync('org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus',
                         'NameHasOwner', GLib.Variant('(s)', (name,)), None, 0, -1).unpack()[0]


class Program:
    """The installed program, its output kept."""

    def __init__(self, *arguments, options=()):
        self.log = open(HOME / 'waybill.log', 'ab')
        self.process = subprocess.Popen(['flatpak', 'run', *options, ID, *arguments],
                                        stdout=self.log, stderr=self.log, stdin=subprocess.DEVNULL)
        self.app = driver.application('waybill')

    def window(self, title='Waybill'):
        return driver.window(self.app, title)

    def quit(self):
        driver.focus_window(next(child.name for child in self.app if child is not None))
        driver.press('ctrl+q')
        self.wait()

    def wait(self):
        """Waits for its end."""
        status = self.process.wait(driver.PATIENCE_S)
        self.log.close()
        # Not before the accessibility bus has seen it go can the next one be told from it.
        driver.wait_for(lambda: not driver.is_running('waybill'), 'the end of the program')
        # Nor before its name is free: until then the next one takes it for the one to turn to.
        driver.wait_for(lambda: not has_owner(ID), 'the end of its name on the bus')
        assert status == 0, f'the program ended with {status}'


def portal_call(interface, method, arguments):
    bus = Gio.bus_get_sync(Gio.BusType.SESSION)
    return bus.call_sync('org.freedesktop.portal.Desktop', '/org/freedesktop/portal/desktop',
                         f'org.freedesktop.portal.{interface}', method, arguments, None, 0,
                         -1).unpack()


def use_proxy(address):
    """Makes (host, port), or None, the proxy of the desktop, from which the portal has it."""
    settings = Gio.Settings.new('org.gnome.system.proxy')
    expected = 'direct://'
    if address is not None:
        https = settings.get_child('https')
        https.set_string('host', address[0])
        https.set_int('port', address[1])
        expected = f'http://{address[0]}:{address[1]}'
    settings.set_string('mode', 'none' if address is None else 'manual')
    driver.wait_for(lambda: portal_call('ProxyResolver', 'Lookup', GLib.Variant(
        '(s)', ('https://service.example.com',)))[0] == [expected], f'{expected}, from the portal')


def shows(root, *fragments):
    """Waits until the names below root show all of the fragments."""
    def look():
        said = '\n'.join(driver.texts(root))
        return all(fragment in said for fragment in fragments)
    driver.wait_for(look, f'{fragments} among the texts')
