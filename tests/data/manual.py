# manual.py SOURCE-ROOT WAYBILL-CLI: the manual page and --help name the same options, as TAP
# SPDX-License-Identifier: GPL-3.0-or-later
import os
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent))
from checks import report, run  # noqa: E402

ROOT = pathlib.Path(sys.argv[1])
PROGRAM = sys.argv[2]
NO_OPTIONS = {'--help', '--version'}


def help_text(*command):
    return run(PROGRAM, *command, '--help', env={**os.environ, 'LC_ALL': 'C.UTF-8'}).stdout


COMMANDS = re.findall(r'^  ([a-z-]+)  ', help_text().partition('Commands:')[2]
                      .partition('Options:')[0], re.M)


def options(text):
    return set(re.findall(r'(?<![\w-])--[a-z][a-z-]+', text)) - NO_OPTIONS


def manual():
    return (ROOT / 'data/waybill-cli.1').read_text(encoding='utf-8').replace('\\-', '-')


def options_are_the_same():
    real = set().union(*(options(help_text(command)) for command in COMMANDS))
    for name in sorted(real ^ options(manual())):
        yield f'{name} is only in ' + ('--help' if name in real else 'the manual page')


def commands_are_the_same():
    documented = set(re.findall(r'^\.B waybill-cli ([a-z-]+)$', manual(), re.M))
    for name in sorted(set(COMMANDS) ^ documented):
        yield f'{name} is only in ' + ('--help' if name in COMMANDS else 'the manual page')


def readmes_use_real_options():
    real = set().union(*(options(help_text(command)) for command in COMMANDS))
    for name in ('README.md', 'flatpak/README.md'):
        text = (ROOT / name).read_text(encoding='utf-8').replace('\\\n', ' ')
        for line in re.findall(r'waybill-cli (?:' + '|'.join(COMMANDS) + r')\b.*', text):
            for option in sorted(options(line) - real):
                yield f'{name}: there is no {option}'


if __name__ == '__main__':
    sys.exit(report([options_are_the_same, commands_are_the_same, readmes_use_real_options]))
