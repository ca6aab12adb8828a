# tally.py [--broken=WHAT…] TESTLOG…: counts what "meson test" has run, from its testlog.json files
# SPDX-License-Identifier: GPL-3.0-or-later
"""Shows the log of each program that failed, then why tests were skipped, then one line with the
sums. A program that speaks TAP counts once for each of its test cases, any other counts once."""

import json
import re
import sys

TAP_LINE = re.compile(r'(not )?ok\b(?: \d+)?(?: -)? ?(.*?)(?: # *(SKIP|TODO)\b\s*(.*))?$', re.I)
LONGEST_LOG = 200


def tally_program(test):
    """Returns passed, failed and a list of (name, reason) of what was skipped."""
    passed = failed = 0
    skipped = []
    output = test.get('stdout') or ''
    result = test['result']

    if re.search(r'^1\.\.\d+', output, re.M):
        for line in output.splitlines():
            match = TAP_LINE.match(line)
            if not match:
                continue
            bad, name, directive, reason = match.groups()
            if (directive or '').upper() == 'SKIP':
                skipped.append((f'{test["name"]} {name}', reason))
            elif bad and (directive or '').upper() != 'TODO':
                failed += 1
            else:
                passed += 1

    # A crash, a time-out or a broken plan is a failure of its own.
    if result not in ('OK', 'SKIP', 'EXPECTEDFAIL'):
        failed = max(failed, 1)
    elif passed + failed + len(skipped) == 0:
        if result == 'SKIP':
            skipped.append((test['name'], output.strip().split('\n')[-1]))
        else:
            passed = 1

    return passed, failed, skipped


def show_failure(test):
    log = [line for part in ('stdout', 'stderr') for line in (test.get(part) or '').splitlines()]
    print(f'\n──── {test["name"]}: {test["result"]}, status {test.get("returncode")}')
    if len(log) > LONGEST_LOG:
        print(f'(the last {LONGEST_LOG} of {len(log)} lines)')
    print('\n'.join(log[-LONGEST_LOG:]))


def main(arguments):
    passed = failed = 0
    skipped = []

    for argument in arguments:
        if argument.startswith('--broken='):
            print(f'\n──── {argument[len("--broken="):]}: FAILED, see above')
            failed += 1
            continue
        try:
            with open(argument, encoding='utf-8', errors='replace') as log:
                tests = [json.loads(line) for line in log if line.strip()]
        except (OSError, ValueError) as error:
            print(f'\n──── no test ran: {error}')
            failed += 1
            continue
        if not tests:
            print(f'\n──── no test ran: {argument} is empty')
            failed += 1
        for test in tests:
            counts = tally_program(test)
            passed += counts[0]
            failed += counts[1]
            skipped += counts[2]
            if counts[1]:
                show_failure(test)

    if skipped:
        print('\nSkipped:')
        for name, reason in skipped:
            print(f'  {name}' + (f': {reason}' if reason else ''))

    print(f'\n{passed} passed, {failed} failed, {len(skipped)} skipped')
    return 1 if failed or not passed else 0


if __name__ == '__main__':
    sys.stdout.reconfigure(encoding='utf-8', errors='backslashreplace')
    sys.exit(main(sys.argv[1:]))
