# hunter.py: looks for planted secrets in what a run has left, shown and told, in every form
# SPDX-License-Identifier: GPL-3.0-or-later
import base64
import os
import pathlib
import subprocess
import urllib.parse


def forms(value):
    """A secret as a file, a header, an address, a script or a dump may have it. What is random in it
    has no character that needs escaping, so plain is also JSON-escaped and percent-encoded."""
    plain = value.encode()
    yield 'plain', plain
    yield 'UTF-16', value.encode('utf-16-le')
    yield 'UTF-16, the other way', value.encode('utf-16-be')
    yield 'hexadecimal', plain.hex().encode()
    yield 'HEXADECIMAL', plain.hex().upper().encode()
    yield 'percent-encoded', ''.join(f'%{byte:02X}' for byte in plain).encode()
    yield 'JSON escapes', ''.join(f'\\u{ord(character):04x}' for character in value).encode()
    yield 'backwards', plain[::-1]
    # Without the ends, which what stands before and after makes others of.
    for offset in range(3):
        encoded = base64.b64encode(b'x' * offset + plain)
        yield f'base64 at {offset}', encoded[2 + 2 * offset:-4]
        urlsafe = base64.urlsafe_b64encode(b'x' * offset + plain)
        if urlsafe != encoded:
            yield f'base64url at {offset}', urlsafe[2 + 2 * offset:-4]


class Hunter:
    """Of secrets by their names. What of a secret is random stands for it."""

    def __init__(self, planted):
        self.needles = [(name, form, needle) for name, value in planted.items()
                        for form, needle in forms(value)]
        self.monitor = None

    def hunt(self, where, content):
        if isinstance(content, str):
            content = content.encode('utf-8', 'surrogateescape')
        for name, form, needle in self.needles:
            assert needle not in content, f'{name} ({form}) is in {where}'

    def hunt_in_processes(self, but=()):
        """In the arguments and environments of all processes, but those with these numbers."""
        n = 0
        for folder in pathlib.Path('/proc').glob('[0-9]*'):
            # This one is the planter.
            if int(folder.name) in {os.getpid(), *but}:
                continue
            for part in ('cmdline', 'environ'):
                try:
                    content = (folder / part).read_bytes()
                except OSError:
                    continue
                n += 1
                self.hunt(f'{part} of a process', content)
        assert n > 10

    def hunt_in_files(self, *folders):
        """With their names, and where links lead; recent files and thumbnails are among them."""
        n = 0
        for folder in set(folders):
            for path in pathlib.Path(folder).rglob('*'):
                self.hunt('the name of a file', str(path))
                if path.is_symlink():
                    self.hunt(path, os.readlink(path))
                elif path.is_file():
                    n += 1
                    self.hunt(path, path.read_bytes())
        assert n > 3

    def watch_bus(self, record):
        """Has everything on the session bus written into a file, from now on."""
        self.record = record
        with open(record, 'wb') as file:
            self.monitor = subprocess.Popen(['dbus-monitor', '--session', '--binary'], stdout=file)

    def hunt_on_bus(self):
        """Only once it has seen this."""
        subprocess.run(['gdbus', 'emit', '--session', '--object-path', '/hunter', '--signal',
                        'org.example.Hunter.Here', '"the end of the hunt"'], check=True)
        while b'the end of the hunt' not in self.record.read_bytes():
            assert self.monitor.poll() is None, 'dbus-monitor ended'
        self.monitor.terminate()
        self.monitor.wait()
        self.hunt('what was on the bus', self.record.read_bytes())
        self.record.unlink()


def percent(text):
    return urllib.parse.quote(text, safe='')
