# clipboard.py: what a clipboard manager keeps of what is copied, as TAP
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the built program beside a real CopyQ, copies by keyboard a value, a password that is not shown
and an address with a password in it, and reads CopyQ's history. CopyQ is told to keep away from what
is marked as a secret, which its newer versions do by themselves."""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import zipfile

import driver

HOME = pathlib.Path(os.environ['HOME'])
TITLE = 'clipboard.zip'
ADDRESS = '10.0.0.77'
PASSWORD = 'Canary-Of-The-Clipboard-1'
INNER_PASSWORD = 'Canary-Of-The-Clipboard-2'
URL = f'jdbc:postgresql://10.0.0.78/crm?user=joe&password={INNER_PASSWORD}'
CONFIG = {'ip': ADDRESS, 'password': PASSWORD, 'jdbcUrl': URL}

# As in CopyQ's own collection of commands, and counts in a tab how often it kept away.
COMMAND = '''
    const hint = 'x-kde-passwordManagerHint';
    const formats = global.clipboardFormatsToSave;
    global.clipboardFormatsToSave = () => formats().concat([hint]);
    const changed = global.onClipboardChanged;
    global.onClipboardChanged = () => {
        if (str(data(hint)) === 'secret') {
            tab('kept-away');
            add('one');
        } else {
            changed();
        }
    };
'''


def copyq(*arguments):
    return subprocess.run(['copyq', *arguments], capture_output=True, text=True).stdout


def history():
    return copyq('separator', '\n', 'read', *map(str, range(int(copyq('size'))))).splitlines()


def n_kept_away():
    return int(copyq('tab', 'kept-away', 'size'))


def start_copyq():
    os.environ['COPYQ_SETTINGS_PATH'] = str(HOME / 'copyq')
    process = subprocess.Popen(['copyq'], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    driver.wait_for(lambda: copyq('size').strip() == '0', 'CopyQ')
    command = json.dumps(' '.join(COMMAND.split()))
    copyq('eval', f'setCommands([{{name: "secrets", isScript: true, cmd: {command}}}])')
    return process


def copy(window, name):
    """A row of the details, by keyboard."""
    row = driver.find(window, {driver.pyatspi.ROLE_LIST_ITEM}, None,
                      lambda node: (node.name or '').startswith(name))

    def is_there():
        if not driver.is_focused(row):
            driver.press('Tab')
        return driver.is_focused(row)
    driver.wait_for(is_there, f'the focus on {name!r}')
    driver.press('ctrl+c')


def a_value_is_kept(window):
    copy(window, 'IP address')
    driver.wait_for(lambda: history() == [ADDRESS], 'the address in the history')


def keeps_away(window, name):
    before = n_kept_away()
    copy(window, name)
    driver.wait_for(lambda: n_kept_away() > before or len(history()) > 1, 'a change of the clipboard')
    assert history() == [ADDRESS], 'a secret is in the history'


def a_hidden_password_is_not(window):
    keeps_away(window, 'Password')
    assert copyq('clipboard') == PASSWORD, 'the password cannot be pasted'


def nor_an_address_with_one(window):
    keeps_away(window, 'Address')
    assert copyq('clipboard') == URL, 'the address cannot be pasted'


def at_its_end_waybill_takes_it_back(window):
    driver.press('ctrl+q')
    driver.wait_for(lambda: INNER_PASSWORD not in copyq('clipboard'), 'the end of the secret')
    assert history() == [ADDRESS], 'a secret is in the history'


STEPS = [a_value_is_kept, a_hidden_password_is_not, nor_an_address_with_one,
         at_its_end_waybill_takes_it_back]


def main():
    if shutil.which('copyq') is None:
        print('1..0 # SKIP CopyQ missing')
        return 0
    print(f'1..{len(STEPS)}', flush=True)
    with zipfile.ZipFile(HOME / TITLE, 'w') as file:
        file.writestr('connections/dws.conn',
                      json.dumps({'name': 'dws', 'type': 'DWS', 'config': CONFIG}))
    driver.wait_for_manager()
    manager = start_copyq()
    program = subprocess.Popen(['waybill', HOME / TITLE], stdout=subprocess.DEVNULL,
                               env={**os.environ, 'G_DEBUG': 'fatal-warnings'})
    try:
        window = driver.window(driver.application('waybill'), TITLE)
        driver.find(window, None, None, lambda node: (node.name or '') == 'dws.conn')
        driver.focus_window(TITLE)
        driver.press('Home', 'Down', 'Down')
        for number, step in enumerate(STEPS, 1):
            name = step.__name__.replace('_', ' ')
            try:
                step(window)
            except Exception as error:
                print(f'not ok {number} {name}')
                print(f'# history: {history()}')
                print(f'Bail out! {type(error).__name__}: {error}', flush=True)
                return 1
            print(f'ok {number} {name}', flush=True)
        return program.wait(driver.PATIENCE_S)
    finally:
        for process in (program, manager):
            process.kill()
            process.wait()


sys.exit(main())
