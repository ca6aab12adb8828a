# test-tally.py TALLY: the closing line of build-aux/test says what really happened
# SPDX-License-Identifier: GPL-3.0-or-later
import json
import os
import subprocess
import sys
import tempfile

TAP = '1..3\nok 1 /a\nok 2 /b # SKIP no such tool\n'

# programs, further arguments, the closing line, the exit status
CASES = [
    ([{'name': 'a', 'result': 'OK', 'stdout': TAP + 'ok 3 - /c\n'}],
     [], '2 passed, 0 failed, 1 skipped', 0),
    ([{'name': 'a', 'result': 'FAIL', 'stdout': TAP + 'not ok 3 /c\n'}],
     [], '1 passed, 1 failed, 1 skipped', 1),
    ([{'name': 'crash', 'result': 'ERROR', 'stdout': TAP, 'stderr': 'boom'}],
     [], '1 passed, 1 failed, 1 skipped', 1),
    ([{'name': 'slow', 'result': 'TIMEOUT', 'stdout': ''}],
     [], '0 passed, 1 failed, 0 skipped', 1),
    ([{'name': 'mute', 'result': 'SKIP', 'stdout': ''}, {'name': 'b', 'result': 'OK'}],
     [], '1 passed, 0 failed, 1 skipped', 0),
    ([{'name': 'a', 'result': 'OK', 'stdout': '1..1\nnot ok 1 /a # TODO later\n'}],
     [], '1 passed, 0 failed, 0 skipped', 0),
    ([{'name': 'b', 'result': 'OK'}], ['--broken=build'], '1 passed, 1 failed, 0 skipped', 1),
    ([{'name': 'b', 'result': 'OK'}], ['/nowhere'], '1 passed, 1 failed, 0 skipped', 1),
    ([], [], '0 passed, 1 failed, 0 skipped', 1),
]

failed = False
print(f'1..{len(CASES)}')
for number, (programs, arguments, line, status) in enumerate(CASES, 1):
    with tempfile.TemporaryDirectory() as folder:
        log = os.path.join(folder, 'testlog.json')
        with open(log, 'w', encoding='utf-8') as file:
            file.writelines(json.dumps(program) + '\n' for program in programs)
        result = subprocess.run([sys.executable, sys.argv[1], *arguments, log],
                                capture_output=True, text=True)
    good = result.stdout.split('\n')[-2:] == [line, ''] and result.returncode == status
    if not good:
        print(f'# status {result.returncode}, {result.stdout!r} {result.stderr!r}')
    print(f'{"" if good else "not "}ok {number} {line}')
    failed = failed or not good
sys.exit(1 if failed else 0)
