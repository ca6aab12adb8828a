# checks.py: runs a list of checks and says how they went, as TAP
# SPDX-License-Identifier: GPL-3.0-or-later
"""A check is a function that yields what is wrong, or raises Skip."""

import shutil
import subprocess
import sys


class Skip(Exception):
    pass


def run(*command, **options):
    """Runs a program that may be missing; its standard error is part of its output."""
    if not shutil.which(command[0]):
        raise Skip(f'{command[0]} is not installed')
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          encoding='utf-8', errors='replace', **options)


def complaints(result):
    """For programs that say nothing when all is well."""
    lines = [line for line in result.stdout.splitlines() if line.strip()]
    if result.returncode or lines:
        yield from lines or [f'{result.args[0]} ended with {result.returncode}']


def report(checks):
    """Returns the exit status."""
    failed = False
    sys.stdout.reconfigure(encoding='utf-8', errors='backslashreplace')
    print(f'1..{len(checks)}')
    for number, check in enumerate(checks, 1):
        name = check.__name__.replace('_', ' ')
        try:
            findings = list(check())
        except Skip as reason:
            print(f'ok {number} {name} # SKIP {reason}')
            continue
        except Exception as error:  # a file that is not what the check takes for granted
            findings = [f'{type(error).__name__}: {error}']
        for finding in findings:
            print(f'# {finding}')
        print(f'{"not " if findings else ""}ok {number} {name}')
        failed = failed or bool(findings)
    return 1 if failed else 0
