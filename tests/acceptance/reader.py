# reader.py [BUILD]: every window as a screen reader finds it, and the main job by what it says, as TAP
# SPDX-License-Identifier: GPL-3.0-or-later
"""Adds an account, exports, reads a connection, saves and compares with keys alone, and by what is said
of what has the focus. In each window on the way it reads the whole accessibility tree, and fails on a
control without a name, with a wrong one or out of reach, and on a secret. With the folder that a
Flatpak was built in, it works the one that is installed, in a session as of tests/flatpak."""

import io
import json
import os
import pathlib
import re
import subprocess
import sys
import zipfile

import pyatspi

import driver
from driver import ENTRIES
from sample_service import SampleService

HOME = pathlib.Path(os.environ['HOME'])
BUILD = sys.argv[1] if len(sys.argv) > 1 else None
PROGRAM = ['waybill']
SERVICE = ['waybill-cli', 'sample-service']
if BUILD is not None:
    # The newest GDK warns of itself, so warnings are not fatal there.
    PROGRAM = ['flatpak', 'run', '--env=G_DEBUG=', 'io.github.waybill.Waybill']
    SERVICE = ['flatpak', 'build', '--share=network', BUILD, *SERVICE]
TITLE = 'DLF_All_DataConnections.zip'
SAVED = HOME / 'saved.zip'

CONTROLS = driver.BUTTONS | ENTRIES | {
    pyatspi.ROLE_CHECK_BOX, pyatspi.ROLE_COMBO_BOX, pyatspi.ROLE_LINK, pyatspi.ROLE_LIST_ITEM,
    pyatspi.ROLE_MENU_ITEM, pyatspi.ROLE_PAGE_TAB, pyatspi.ROLE_RADIO_BUTTON, pyatspi.ROLE_SLIDER,
    pyatspi.ROLE_TABLE_ROW, pyatspi.ROLE_TREE_ITEM,
}

# One that holds controls of its own has neither focus nor name.
ROWS = {pyatspi.ROLE_LIST_ITEM, pyatspi.ROLE_TABLE_ROW, pyatspi.ROLE_TREE_ITEM}

# A widget without a name is called after its type.
TYPE_NAME = re.compile(r'(Gtk|Adw|Wb|Gdk)[A-Z]\w+')

# GTK's and libadwaita's own, which have the focus or a role and no name, by role and name.
TOOLKIT = {
    ('scroll pane', ''),                    # focusable in GTK 4.8
    ('filler', 'GtkPaned'),                 # focusable for its handle
    ('list', 'GtkColumnListView'),          # the rows of a column view, in the list that has a name
    ('list', 'GtkListView'),
    ('list', 'GtkListBox'),                 # of an AdwPreferencesGroup without a title
    ('push button', 'Expand'),              # of a GtkTreeExpander, whose row has the keys for it
    ('push button', 'Collapse'),
    ('push button', 'GtkImage'),            # of an AdwPasswordEntryRow, when Caps Lock is on
    ('list', ''),                           # newer GTK calls nothing after its type
}


class Fault(AssertionError):
    pass


def path_of(node):
    names = []
    while node is not None and node.getRole() != pyatspi.ROLE_APPLICATION:
        names.append(f'{node.getRoleName()} {node.name!r}')
        node = node.parent
    return ' < '.join(names[:6])


def is_toolkit(node):
    parent = node.parent
    if (node.getRoleName(), node.name or '') in TOOLKIT or parent is None:
        return True
    # The titles of the columns; what an AdwComboRow offers, whose items are named by their labels.
    return (parent.getRoleName() == 'tree table'
            or (node.getRole() == pyatspi.ROLE_LIST_ITEM and is_choice(parent))
            or is_expander_part(node))


def is_expander_part(node):
    """In newer GTK, the frame of a row that unfolds has the focus, and the row the name."""
    row = node.parent.parent
    return (node.getRoleName() == 'panel' and not node.name and row is not None
            and row.getRole() == pyatspi.ROLE_LIST_ITEM and bool(row.name))


def is_choice(items):
    """Of what can be chosen in an AdwComboRow."""
    if items.name == 'GtkListView':
        return True
    while items is not None and not items.name:
        items = items.parent
    return items is not None and items.getRole() == pyatspi.ROLE_COMBO_BOX


def can_be_reached(node):
    """By keyboard: it has the focus itself, or what it is the shell of, or the row that it is in."""
    near = [node, node.parent, *node]
    return any(one is not None and one.getState().contains(pyatspi.STATE_FOCUSABLE) for one in near)


def is_in_row_with_focus(node):
    while node is not None:
        if (node.getRole() == pyatspi.ROLE_LIST_ITEM
                and node.getState().contains(pyatspi.STATE_FOCUSABLE)):
            return True
        node = node.parent
    return False


def faults_of(node):
    role = node.getRole()
    focusable = node.getState().contains(pyatspi.STATE_FOCUSABLE)
    if not (focusable or role in CONTROLS) or is_toolkit(node):
        return
    if focusable or role not in ROWS:
        name = node.name or driver.label_of(node)
        if not name.strip():
            yield 'no name'
        elif TYPE_NAME.fullmatch(name):
            yield 'the name of its type'
    if role in CONTROLS and driver.is_sensitive(node) and driver.has_action('click')(node):
        if not can_be_reached(node) and not is_in_row_with_focus(node):
            yield 'out of reach'


def read(root, secrets=()):
    """Reads all of it."""
    found = []
    for node in driver.walk(root):
        try:
            found += [f'{fault}: {path_of(node)}' for fault in faults_of(node)]
        except (LookupError, NotImplementedError, RuntimeError):
            continue
    if found:
        raise Fault(f'{len(found)} faults:\n' + '\n'.join(sorted(set(found))))
    said = driver.everything(root)
    for secret in secrets:
        assert secret not in said, 'a secret can be read'


def spoken(app):
    """What a screen reader says on a key: the name of what has the focus."""
    for node in driver.walk(app):
        if driver.is_focused(node) and node.getRole() != pyatspi.ROLE_FRAME:
            name = node.name or driver.label_of(node)
            short = driver.name_of(node)
            return name if short == name.replace('_', '') else short
    return None


def hears(app, *fragments):
    def look():
        said = spoken(app)
        return said if said and all(fragment in said for fragment in fragments) else None
    try:
        return driver.wait_for(look, f'{fragments}')
    except driver.NotFound:
        raise AssertionError(f'{fragments} not in {spoken(app)!r}') from None


def says_status(root, text):
    """A result or a failure, in a label that is read as soon as it changes."""
    roles = {pyatspi.ROLE_STATUS_BAR, pyatspi.ROLE_ALERT, pyatspi.ROLE_NOTIFICATION}
    driver.find(root, roles, None,
                lambda node: text in (node.name or '') + (node.description or ''))


def tab_to(app, fragment):
    """By Tab, once round at most."""
    heard = []
    while not heard or heard[0] not in heard[1:]:
        heard.append(spoken(app))
        if heard[-1] and fragment in heard[-1]:
            return
        driver.press('Tab')
    raise AssertionError(f'{fragment!r} is not among {heard}')


def has(entry, text):
    """Newer GTK shows dots for each character of a password."""
    shown = driver.text_of(entry)
    return shown == text or (len(shown) == len(text) and len(set(shown)) == 1)


def fill(session, form, name, text):
    """Goes to an entry by Tab, and types. With libadwaita 1.2 the focus in such a row is nowhere in the
    tree: what comes of the typing says where it is."""
    wanted = driver.find(form, ENTRIES, name)
    others = [node for node in driver.walk(form)
              if node.getRole() in ENTRIES and not has(node, text)]

    for _ in range(len(others) * 3):
        driver.press('Tab')
        said = spoken(session.app)
        if said is not None and name not in said:
            continue
        driver.type_ascii(text)
        entry = driver.wait_for(lambda: next(
            (node for node in others if has(node, text)), None), f'{text!r}')
        if entry == wanted:
            return
        driver.press('ctrl+a', 'BackSpace')
        driver.wait_for(lambda: not has(entry, text), f'no {text!r}')
    raise AssertionError(f'Tab does not lead to {name!r}')


def is_wrong(node):
    # GTK 4.8 has the other one.
    states = node.getState()
    return (states.contains(pyatspi.STATE_INVALID_ENTRY)
            or states.contains(pyatspi.STATE_INVALID))


def description_of(node):
    said = [relation.getTarget(index).name or '' for relation in node.getRelationSet()
            if relation.getRelationType() == pyatspi.RELATION_DESCRIBED_BY
            for index in range(relation.getNTargets())]
    return ' '.join(said)


class Session:
    """The program, the service that it uses, and what must not be read anywhere."""

    def __init__(self):
        self.service = SampleService(*SERVICE)
        self.log = open(HOME / 'waybill.log', 'wb')
        self.process = subprocess.Popen(PROGRAM, stdout=self.log, stderr=self.log,
                                        stdin=subprocess.DEVNULL,
                                        env={**os.environ, 'G_DEBUG': 'fatal-warnings'})
        self.app = driver.application('waybill')
        self.secrets = secrets_in(self.service.export()) | {self.service.password}

    def window(self, title):
        window = driver.window(self.app, title)
        driver.focus_window(re.escape(title))
        return window

    def answer_file_dialog(self, title, path, button):
        """In a sandbox, it is the portal's."""
        app = self.app if BUILD is None else driver.application('xdg-desktop-portal-gtk')
        driver.window(app, title)
        driver.ask_too_far(self.app)
        driver.answer_file_dialog(app, title, path, button)

    def read(self):
        read(self.app, self.secrets)

    def end(self):
        if BUILD is not None:
            subprocess.run(['flatpak', 'kill', PROGRAM[-1]], check=False)
        self.process.kill()
        self.process.wait()
        self.service.stop()


def secrets_in(archive):
    found = set()
    with zipfile.ZipFile(io.BytesIO(archive)) as file:
        for name in file.namelist():
            password = json.loads(file.read(name)).get('config', {}).get('password', '')
            if password.strip('*'):
                found.add(password)
    assert found, 'the sample data has no secrets to look for'
    return found


def an_account_is_added(session):
    window = session.window('Waybill')
    session.read()
    hears(session.app, 'Add Account…')
    driver.press('Return')
    form = session.window('Add Account')
    session.read()
    driver.type_ascii('Berlin')
    driver.press('Tab', 'space', 'End', 'Return')
    service = driver.find(form, ENTRIES, 'Service (DataArts Factory)')
    fill(session, form, 'Service (DataArts Factory)', 'http://iam.north-1.example.com')
    driver.wait_for(lambda: is_wrong(service) and 'must begin with' in description_of(service),
                    'what is wrong with the address')
    session.read()
    driver.press('ctrl+a')
    driver.type_ascii(session.service.url)
    driver.wait_for(lambda: driver.text_of(service) == session.service.url, 'the right address')
    fill(session, form, 'Identity (IAM)', session.service.url)
    fill(session, form, 'Account (domain) name', session.service.domain)
    fill(session, form, 'User name', session.service.user)
    session.read()
    # Nothing is read after this: GTK 4.8 lets an assistive technology read what was typed there.
    fill(session, form, 'Password', session.service.password)
    fill(session, form, 'Project ID', session.service.project)
    driver.press('alt+s')
    session.window('Waybill')
    hears(session.app, 'Export')


def the_connections_are_exported(session):
    driver.press('Return')
    session.window('Exports Are Recorded')
    hears(session.app, 'Export')
    session.read()
    driver.press('Return')
    window = session.window(TITLE)
    says_status(window, 'Not saved yet')
    hears(session.app, TITLE, 'ZIP')
    session.read()


def a_connection_is_read(session):
    driver.press('Home', 'Down', 'Down')
    hears(session.app, 'cloudtable_events.conn, CloudTable, cloudtable-events, 161 bytes')
    driver.press('ctrl+f')
    window = session.window(TITLE)
    driver.find(window, ENTRIES, 'Search', driver.is_focused)
    driver.type_ascii('dws_migration')
    says_status(window, '1 of 18')
    driver.press('Down')
    hears(session.app, 'dws_migration_tmp.conn, DWS, 10.0.9.14:8000, 378 bytes')
    driver.press('Escape')
    hears(session.app, 'dws_migration_tmp.conn')
    driver.press('F6')
    tab_to(session.app, 'IP address, 10.0.9.14')
    tab_to(session.app, 'Password, hidden')
    driver.press('Right')
    hears(session.app, 'Reveal Password')
    session.read()


def the_findings_are_read(session):
    driver.press('F6')
    tab_to(session.app, 'findings')
    driver.press('space')
    first = hears(session.app, ': ')
    session.read()
    driver.press('Return')
    hears(session.app, first.split(': ')[0])


def the_zip_is_saved(session):
    window = session.window(TITLE)
    driver.press('ctrl+s')
    session.answer_file_dialog('Save As', SAVED, 'Save')
    driver.find(window, None, None, lambda node: 'Saved as' in (node.name or ''))
    assert SAVED.read_bytes() == session.service.export()


def two_zips_are_compared(session):
    earlier = HOME / 'earlier.zip'
    with zipfile.ZipFile(SAVED) as now, zipfile.ZipFile(earlier, 'w') as before:
        for name in now.namelist():
            if not name.endswith('/dli_shared.conn'):
                before.writestr(name, now.read(name).replace(b'10.0.12.31', b'10.0.12.99'))
    driver.focus_window('saved.zip')
    driver.press('ctrl+d')
    session.answer_file_dialog('Compare With', earlier, 'Open')
    comparison = session.window('Comparison')
    says_status(comparison, '1 changed')
    hears(session.app, 'dli_shared.conn')
    driver.press('End')
    hears(session.app, 'dws_sales.conn')
    session.read()
    driver.press('Escape')


def each_window_is_read(session):
    """Opened from the menu by its mnemonics, read, and left by Escape, back to where one was."""
    titles = {
        'Manage Accounts…': 'Accounts', 'Add Account…': 'Add Account',
        'Request Log': 'Request Log', 'History': 'History', 'Properties': 'Properties',
        'Export All…': 'Export All', 'Save Redacted Copy…': 'Save a Redacted Copy?',
        'Help': 'Help',
    }
    window = session.window('saved.zip')
    driver.press('F10')
    driver.find(window, {pyatspi.ROLE_MENU_ITEM}, 'About Waybill')
    read(window, session.secrets)
    driver.press('Escape')
    for item, title in titles.items():
        before = spoken(session.app)
        driver.press('F10')
        driver.act(driver.find(window, {pyatspi.ROLE_MENU_ITEM}, item))
        read(session.window(title), session.secrets)
        driver.press('Escape')
        driver.focus_window(re.escape('saved.zip'))
        hears(session.app, before)


def the_program_warned_of_nothing(session):
    """With GTK 4.8 a warning ends it; the newest GDK warns of itself."""
    log = (HOME / 'waybill.log').read_text(errors='replace')
    assert 'CRITICAL' not in log, log


STEPS = [
    an_account_is_added,
    the_connections_are_exported,
    a_connection_is_read,
    the_findings_are_read,
    the_zip_is_saved,
    two_zips_are_compared,
    each_window_is_read,
    the_program_warned_of_nothing,
]


def main():
    print(f'1..{len(STEPS)}', flush=True)
    driver.wait_for_manager()
    session = Session()
    try:
        for number, step in enumerate(STEPS, 1):
            name = step.__name__.replace('_', ' ')
            try:
                step(session)
            except Exception as error:
                print(f'not ok {number} {name}')
                print('# on the screen: ' + ' | '.join(filter(None, driver.texts(session.app))))
                print(f'Bail out! {type(error).__name__}: {error}', flush=True)
                return 1
            print(f'ok {number} {name}', flush=True)
    finally:
        session.end()
    return 0


sys.exit(main())
