# completions.py SOURCE-ROOT WAYBILL-CLI: what the Tab key offers in bash, zsh and fish, as TAP
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each shell runs on a terminal of its own, and a line is typed with a Tab behind it."""
import os
import pathlib
import pty
import re
import select
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent))
from checks import Skip, report  # noqa: E402

ROOT = pathlib.Path(sys.argv[1]).resolve()
PROGRAM = pathlib.Path(sys.argv[2]).resolve()
COMPLETIONS = ROOT / 'data/completions'
# Nothing waits this long unless it has failed.
DEADLINE_SECONDS = 60

ACCOUNTS = '''[c8a3c2f0-3c4b-4d8e-9a51-0d7f6a1b2c3d]
name=Production
cloud=otc
region=eu-de
sign-in=password
workspaces=Analytics;w1;
[c8a3c2f0-3c4b-4d8e-9a51-0d7f6a1b2c3e]
name=Test Account
cloud=otc
region=eu-nl
sign-in=key
workspaces=Staging;w2;
[c8a3c2f0-3c4b-4d8e-9a51-0d7f6a1b2c3f]
name=Nord:Ost 1
cloud=otc
region=eu-de
sign-in=key
workspaces=Lager;w3;
'''

# What is typed, and what the line then becomes or the shell then offers.
CASES = [
    ('waybill-cli sample-s', 'ervice'),
    ('waybill-cli work', 'spaces'),
    ('waybill-cli sche', 'dule'),
    ('waybill-cli schedule --secrets-fi', 'le'),
    ('waybill-cli help comp', 'are'),
    ('waybill-cli accounts s', 'how'),
    ('waybill-cli accounts show P', 'roduction'),
    ('waybill-cli accounts show T', r'est\\ Account'),
    ('waybill-cli export --account P', 'roduction'),
    ('waybill-cli export --account=P', 'roduction'),
    ('waybill-cli export --account Production --workspace A', 'nalytics'),
    ('waybill-cli export --account Nor', r'd\\?:Ost\\ 1'),
    ('waybill-cli export --account Nord:O', r'st\\ 1'),
    ('waybill-cli export --account=Nord:O', r'st\\ 1'),
    ('waybill-cli accounts show "Nord:O', r'st 1'),
    (r'waybill-cli export --account Nord:Ost\ 1 --workspace L', 'ager'),
    (r'waybill-cli check --account=Test\ Account --workspace=S', 'taging'),
    ('waybill-cli hist', 'ory'),
    ('waybill-cli history --account P', 'roduction'),
    ('waybill-cli history --max', '-age'),
    ('waybill-cli history --remove 73', '19'),
    ('waybill-cli history --remove=73', '19'),
    ('waybill-cli history --remove a', 'll'),
    ('waybill-cli export --auth pass', 'word'),
    ('waybill-cli export --max', '-size'),
    ('waybill-cli export --all', '-workspaces'),
    ('waybill-cli export --output-dir my', r'\\ files'),
    ('waybill-cli list in', r'.zip'),
    ('waybill-cli show in.zip connections/dws_s', r'ales.conn'),
    ('waybill-cli show my\\ files/in.zip connections/dws_s', r'ales.conn'),
]


class Shell:
    """A shell on a terminal, at its prompt."""

    def __init__(self, folder, command, start):
        self.screen = ''
        environment = {
            'HOME': str(folder), 'PATH': f'{folder}/bin:/usr/bin:/bin', 'TERM': 'xterm',
            'XDG_CONFIG_HOME': str(folder / 'config'), 'XDG_DATA_HOME': str(folder / 'data'),
            'LC_ALL': 'C.UTF-8', 'NO_COLOR': '1',
        }
        self.process, self.terminal = pty.fork()
        if self.process == 0:
            os.chdir(folder)
            os.execvpe(command[0], command, environment)
        for line in start:
            self.type(line + '\n')
        self.type("echo rea''dy\n")
        self.expect('ready')

    def type(self, text):
        os.write(self.terminal, text.encode())

    def expect(self, pattern):
        end = time.monotonic() + DEADLINE_SECONDS
        while not re.search(pattern, self.screen):
            if not select.select([self.terminal], [], [], max(0, end - time.monotonic()))[0]:
                raise TimeoutError(f'no “{pattern}” in {self.screen[-400:]!r}')
            data = os.read(self.terminal, 65536).decode('utf-8', 'replace')
            # fish asks the terminal what it is, and waits for the answer.
            if '\x1b[c' in data or '\x1b[0c' in data:
                self.type('\x1b[?62;22c')
            self.screen += re.sub(r'\x1b\[[0-9;?]*[ -/]*[@-~]|\x1b[()][A-Z0-9]|\x1b[=>]|\r', '',
                                  data)

    def close(self):
        os.close(self.terminal)
        os.kill(self.process, signal.SIGKILL)
        os.waitpid(self.process, 0)


def make_folder(folder):
    (folder / 'bin').mkdir()
    (folder / 'bin/waybill-cli').symlink_to(PROGRAM)
    (folder / 'config/waybill').mkdir(parents=True)
    (folder / 'config/waybill/accounts.ini').write_text(ACCOUNTS, encoding='utf-8')
    (folder / 'my files').mkdir()
    # Without it, fish makes it out of all man pages, behind the back of whoever removes the folder.
    (folder / 'data/fish/generated_completions').mkdir(parents=True)
    for name in ('in.zip', 'my files/in.zip'):
        subprocess.run([PROGRAM, 'export', '--sample', '--workspace=default', '--quiet', '-o',
                        folder / name], check=True)
    make_history(folder)


def make_history(folder):
    """One record, of an export that no service answers."""
    subprocess.run([PROGRAM, 'export', '--service-url=http://127.0.0.1:1', '--project-id=p',
                    '--auth=token', '--identity-url=http://127.0.0.1:1', '--quiet'], cwd=folder,
                   env={**os.environ, 'XDG_DATA_HOME': str(folder / 'data'), 'WAYBILL_TOKEN': 't'},
                   stderr=subprocess.DEVNULL, check=False)
    with sqlite3.connect(folder / 'data/waybill/history.db') as history:
        assert history.execute('UPDATE exports SET id = 7319').rowcount == 1
    history.close()


def complete(command, start):
    if not shutil.which(command[0]):
        raise Skip(f'{command[0]} is not installed')

    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        make_folder(folder)
        for number, (typed, becomes) in enumerate(CASES):
            # A shell for each, so that nothing of the one before is on the screen.
            shell = Shell(folder, command, start)
            try:
                shell.screen = ''
                shell.type(typed + '\t')
                shell.expect(re.escape(typed[-3:]).replace(r'\ ', ' ') + becomes)
            except TimeoutError as error:
                yield f'{typed}: {error}'
            finally:
                shell.close()


def bash_completes():
    yield from complete(['bash', '--norc', '--noprofile', '-i'],
                        ["bind 'set enable-bracketed-paste off'", "PS1='> '",
                         f'. {COMPLETIONS}/waybill-cli.bash'])


def zsh_completes():
    yield from complete(['zsh', '-f', '-i'],
                        ['PS1="> "', f'fpath=({COMPLETIONS} $fpath)',
                         'autoload -U compinit; compinit -u -d ~/.zcompdump'])


def fish_completes():
    yield from complete(['fish', '--private', '-i'],
                        ['function fish_prompt; echo "> "; end',
                         'set -g fish_autosuggestion_enabled 0',
                         f'source {COMPLETIONS}/waybill-cli.fish'])


if __name__ == '__main__':
    sys.exit(report([bash_completes, zsh_completes, fish_completes]))
