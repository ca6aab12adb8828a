# portal.py: a screen reader asks for windows while a portal's file dialog is open, as TAP
# SPDX-License-Identifier: GPL-3.0-or-later
"""Takes the place of the desktop portal, whose dialogs are in a process of its own, and opens each
dialog that asks for a file. While it is open, and when it has been dismissed, it asks for more windows
than there are: a reader does so that has counted them before one closed."""

import os
import pathlib
import subprocess
import sys
import threading

import pyatspi
from gi.repository import Gio, GLib

import driver

HOME = pathlib.Path(os.environ['HOME'])
FILE = HOME / 'sample.zip'
PORTAL = '/org/freedesktop/portal/desktop'
UUID = 'c1f2a1ac-4a9f-4c3c-9f0e-5d0a1b2c3d4e'


class Portal:
    """Dialogs that are open until they are dismissed, by their titles."""

    XML = '''<node><interface name="org.freedesktop.portal.FileChooser">
        <method name="OpenFile"><arg type="s" direction="in"/><arg type="s" direction="in"/>
          <arg type="a{sv}" direction="in"/><arg type="o" direction="out"/></method>
        <method name="SaveFile"><arg type="s" direction="in"/><arg type="s" direction="in"/>
          <arg type="a{sv}" direction="in"/><arg type="o" direction="out"/></method>
        <property name="version" type="u" access="read"/></interface></node>'''

    def __init__(self):
        self.open = {}
        self.bus = None
        # A thread answers, since the program waits for some answers, and we for the program.
        threading.Thread(target=self.serve, daemon=True).start()
        driver.wait_for(lambda: self.bus, 'the portal')

    def serve(self):
        context = GLib.MainContext()
        context.push_thread_default()
        flags = Gio.DBusConnectionFlags
        bus = Gio.DBusConnection.new_for_address_sync(
            os.environ['DBUS_SESSION_BUS_ADDRESS'],
            flags.AUTHENTICATION_CLIENT | flags.MESSAGE_BUS_CONNECTION, None, None)
        interface = Gio.DBusNodeInfo.new_for_xml(self.XML).interfaces[0]
        bus.register_object(PORTAL, interface, self.called, lambda *_: GLib.Variant('u', 4))
        bus.call_sync('org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus',
                      'RequestName', GLib.Variant('(su)', ('org.freedesktop.portal.Desktop', 0)),
                      None, 0, -1)
        self.bus = bus
        GLib.MainLoop(context).run()

    def called(self, bus, sender, path, interface, method, parameters, invocation):
        _, title, options = parameters.unpack()
        sent_by = sender[1:].replace('.', '_')
        handle = f'{PORTAL}/request/{sent_by}/{options["handle_token"]}'
        self.open[title] = (sender, handle)
        invocation.return_value(GLib.Variant('(o)', (handle,)))

    def dismiss(self, title):
        sender, handle = self.open.pop(title)
        answer = GLib.Variant('(ua{sv})', (1, {'uris': GLib.Variant('as', [])}))
        self.bus.emit_signal(sender, handle, 'org.freedesktop.portal.Request', 'Response', answer)


def keys(title, *pressed):
    """Presses keys in a window."""
    def step(app):
        driver.window(app, title)
        driver.focus_window(title)
        driver.press(*pressed)
    return step


def click(title, name):
    """Clicks a button of a window, or the only item of a menu that is open there."""
    def step(app):
        items = driver.BUTTONS | {pyatspi.ROLE_MENU_ITEM}
        driver.act(driver.find(driver.window(app, title), items, name, driver.is_sensitive))
    return step


# How each is opened, and closed what was opened for it, by the title that the portal is told.
DIALOGS = {
    'Open ZIP': ([keys(FILE.name, 'ctrl+o')], []),
    'Save As': ([keys(FILE.name, 'ctrl+s')], []),
    'Compare With': ([keys(FILE.name, 'ctrl+d')], []),
    'Choose Folder': ([keys(FILE.name, 'ctrl+shift+e'), click('Export All', 'Choose…')],
                      [keys('Export All', 'Escape')]),
    'Choose Certificate': ([keys(FILE.name, 'F10'), click(FILE.name, 'Add Account…'),
                            # From the name to the cloud, and there to the last one, Other.
                            keys('Add Account', 'Tab', 'space', 'End', 'Return'),
                            click('Add Account', 'Choose CA certificate file…')],
                           [keys('Add Account', 'Escape'),
                            click('Discard Changes?', 'Discard')]),
    'Import Accounts': ([keys(FILE.name, 'F10'), click(FILE.name, 'Import Accounts…')],
                        [keys('Accounts', 'Escape')]),
}


def look_at(app, portal, title):
    opening, closing = DIALOGS[title]
    for step in opening:
        step(app)
    driver.wait_for(lambda: title in portal.open, f'{title} among {list(portal.open)}')
    driver.ask_too_far(app)
    portal.dismiss(title)
    driver.ask_too_far(app)
    for step in closing:
        step(app)
    driver.wait_for(lambda: [child.name for child in app if child is not None] == [FILE.name],
                    'the end of the other windows')


def main():
    subprocess.run(['waybill-cli', 'export', '--sample', '--quiet', '-o', str(FILE)], check=True)
    accounts = pathlib.Path(os.environ['XDG_CONFIG_HOME'], 'waybill/accounts.ini')
    accounts.parent.mkdir(parents=True)
    accounts.write_text(f'[{UUID}]\nname=Berlin\ncloud=other\n')
    driver.wait_for_manager()
    portal = Portal()
    log = HOME / 'waybill.log'
    with open(log, 'wb') as output:
        process = subprocess.Popen(['waybill', str(FILE)], stdout=output, stderr=output, env={
            **os.environ, 'G_DEBUG': 'fatal-warnings', 'GDK_DEBUG': 'gl-disable,portals'})
    print(f'1..{len(DIALOGS)}', flush=True)
    try:
        app = driver.application('waybill')
        for number, title in enumerate(DIALOGS, 1):
            try:
                look_at(app, portal, title)
                assert process.poll() is None
            except Exception as error:
                print(f'not ok {number} {title}')
                print(f'# ended with {process.poll()}: {log.read_text()}')
                print(f'Bail out! {type(error).__name__}: {error}', flush=True)
                return 1
            print(f'ok {number} {title}', flush=True)
    finally:
        process.kill()
        process.wait()
    return 0


sys.exit(main())
