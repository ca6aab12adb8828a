# driver.py: finds, reads and works a program's controls from outside, as an assistive technology does
# SPDX-License-Identifier: GPL-3.0-or-later
"""A thin layer over AT-SPI that hides what differs between GTK 4.8 and newer: the roles of windows
and entries, names with mnemonics in them, and objects that vanish while one looks at them."""

import struct
import subprocess
import zlib

import pyatspi
from gi.repository import GLib

# How long a program on a busy machine may take for one step. A test that passes never waits so
# long: it goes on with the next change that makes its condition true.
PATIENCE_S = 30

# How often a window is looked at that is not to change any more.
CALM = 10

BUTTONS = {pyatspi.ROLE_PUSH_BUTTON, pyatspi.ROLE_TOGGLE_BUTTON}
ENTRIES = {pyatspi.ROLE_TEXT, pyatspi.ROLE_ENTRY, pyatspi.ROLE_PASSWORD_TEXT}


class NotFound(AssertionError):
    pass


def wait_for(condition, what):
    """Runs the main loop until condition() gives something true, and returns that."""
    deadline = GLib.get_monotonic_time() + PATIENCE_S * 1000000
    loop = GLib.MainLoop()
    found = None

    def look():
        nonlocal found
        try:
            found = condition()
        except (GLib.Error, LookupError, RuntimeError):
            found = None    # an object that went while we looked at it
        if found or GLib.get_monotonic_time() > deadline:
            loop.quit()
            return GLib.SOURCE_REMOVE
        return GLib.SOURCE_CONTINUE

    GLib.timeout_add(30, look)
    loop.run()
    if not found:
        raise NotFound(what)
    return found


def walk(node, last_first=False):
    yield node
    try:
        count = node.childCount
    except (GLib.Error, LookupError):
        return
    for index in reversed(range(count)) if last_first else range(count):
        try:
            child = node.getChildAtIndex(index)
        except (GLib.Error, LookupError):
            continue
        if child is not None:
            yield from walk(child, last_first)


def label_of(node):
    """As Orca does: newer GTK names an item of a menu by a label that has a text and no name."""
    labels = [relation.getTarget(index) for relation in node.getRelationSet()
              if relation.getRelationType() == pyatspi.RELATION_LABELLED_BY
              for index in range(relation.getNTargets())]
    return ' '.join(label.name or text_of(label) for label in labels)


def name_of(node):
    """The name without the doubling that GTK 4.8 makes of a mnemonic: "_Save Save"."""
    name = (node.name or label_of(node)).replace('_', '')
    half = len(name) // 2
    if name[:half] == name[half + 1:] and name[half:half + 1] == ' ':
        return name[:half]
    return name


def applications():
    return [child.name for child in pyatspi.Registry.getDesktop(0) if child is not None]


def application(name):
    """One with a window: that of a program that has just ended may still be listed, without any."""
    def look():
        desktop = pyatspi.Registry.getDesktop(0)
        return next((child for child in desktop
                     if child is not None and child.name == name and child.childCount > 0), None)
    return wait_for(look, f'an application named {name!r}')


def is_running(name):
    return any(child is not None and child.name == name for child in pyatspi.Registry.getDesktop(0))


def ask_too_far(app):
    """For windows that are not there, as a reader does that has counted before some closed. GTK then
    answers with one that is hidden, if that is its last: see src/ui/widgets/file-dialog.c."""
    for beyond in range(3):
        app.getChildAtIndex(app.childCount + beyond)


def window(app, title):
    def look():
        ask_too_far(app)
        return next((child for child in app if child is not None and child.name == title), None)
    return wait_for(look, f'a window named {title!r}')


def find(root, roles=None, name=None, test=None):
    def look():
        for node in walk(root):
            if roles is not None and node.getRole() not in roles:
                continue
            if name is not None and name_of(node) != name:
                continue
            if test is not None and not test(node):
                continue
            return node
        return None
    return wait_for(look, f'{name!r} among {roles}')


def has_action(name):
    def test(node):
        actions = node.queryAction()
        return any(actions.getName(index) == name for index in range(actions.nActions))
    return test


def act(node, name='click'):
    actions = node.queryAction()
    for index in range(actions.nActions):
        if actions.getName(index) == name:
            return actions.doAction(index)
    raise NotFound(f'{name!r} among the actions of {node.name!r}')


def is_sensitive(node):
    return node.getState().contains(pyatspi.STATE_SENSITIVE)


def is_focused(node):
    return node.getState().contains(pyatspi.STATE_FOCUSED)


def click(root, name):
    act(find(root, BUTTONS, name, lambda node: is_sensitive(node) and has_action('click')(node)))


def texts(root):
    """All that is said below root: a label's name is its text."""
    said = []
    for node in walk(root):
        try:
            said.append(node.name or '')
        except (GLib.Error, LookupError):
            continue
    return said


def everything(root):
    """All names, descriptions and texts below root, as one string: where a secret could leak."""
    said = []
    for node in walk(root):
        try:
            said += [node.name or '', node.description or '']
            said.append(text_of(node))
        except (GLib.Error, LookupError, NotImplementedError):
            continue
    return '\n'.join(said)


def text_of(node):
    text = node.queryText()
    return text.getText(0, text.characterCount)


def set_text(node, text):
    assert node.queryEditableText().setTextContents(text)


def xdotool(*arguments):
    done = subprocess.run(['xdotool', *map(str, arguments)], check=True, capture_output=True,
                          text=True)
    return done.stdout.strip()


def press(*keys):
    xdotool('key', '--clearmodifiers', *keys)


def type_ascii(text):
    assert text.isascii()
    xdotool('type', '--delay', '5', text)


def wait_for_manager():
    """GTK decides on its shadows when it starts: the window manager must be there by then."""
    def look():
        supported = subprocess.run(['xprop', '-root', '_NET_SUPPORTED'], capture_output=True,
                                   text=True).stdout
        return '_GTK_FRAME_EXTENTS' in supported
    wait_for(look, 'a window manager')


def focus_window(title):
    def search():
        # It fails where there is none, and where another window closes while it looks.
        return subprocess.run(['xdotool', 'search', '--onlyvisible', '--name', f'^{title}$'],
                              capture_output=True, text=True).stdout.split()

    found = wait_for(search, f'a window “{title}”')[-1]
    xdotool('windowfocus', '--sync', found)
    return found


def answer_file_dialog(app, title, path, button):
    dialog = window(app, title)
    focus_window(title)
    # Otherwise one that opens shows its entry with the first letter, and may lose the second.
    press('ctrl+l')
    entry = find(dialog, ENTRIES, None, is_focused)
    press('ctrl+a')
    type_ascii(str(path))
    wait_for(lambda: text_of(entry) == str(path), f'{path} in the dialog')
    # The Return key may be taken for what completes the path; the button's mnemonic is its first letter.
    find(dialog, BUTTONS, button, is_sensitive)
    press(f'alt+{button[0].lower()}')


def take_picture(window_id, path):
    """A window with its shadow and its round corners, which needs a compositor, as a PNG."""
    # The pointer off the window, which it would light up in places; and the window away from the
    # screen's edges, where its shadow would be cut.
    xdotool('mousemove', 0, 0)
    xdotool('windowmove', '--sync', window_id, 100, 100)
    # Not half-drawn, nor on its way from one look to another: many times the same.
    dump, same = None, 0

    def is_calm():
        nonlocal dump, same
        before, dump = dump, subprocess.run(['xwd', '-silent', '-id', window_id], check=True,
                                            capture_output=True).stdout
        same = same + 1 if dump == before else 0
        return same == CALM
    wait_for(is_calm, 'a picture of a window that does not change')
    header = struct.unpack('>25I', dump[:100])
    width, height, stride = header[4], header[5], header[12]
    start = header[0] + header[19] * 12
    rows = bytearray()
    for y in range(height):
        row = dump[start + y * stride:start + y * stride + width * 4]
        rows.append(0)
        for x in range(0, width * 4, 4):
            blue, green, red, alpha = row[x:x + 4]
            if alpha not in (0, 255):
                # X has the colours multiplied with their opacity, PNG has not.
                red, green, blue = (min(255, c * 255 // alpha) for c in (red, green, blue))
            rows += bytes((red, green, blue, alpha))

    def chunk(kind, data):
        crc = zlib.crc32(kind + data)
        return struct.pack('>I', len(data)) + kind + data + struct.pack('>I', crc)

    with open(path, 'wb') as file:
        file.write(b'\x89PNG\r\n\x1a\n'
                   + chunk(b'IHDR', struct.pack('>IIBBBBB', width, height, 8, 6, 0, 0, 0))
                   + chunk(b'IDAT', zlib.compress(bytes(rows), 9)) + chunk(b'IEND', b''))
