# acceptance.py: the main job from outside, as a person does it, as TAP
# SPDX-License-Identifier: GPL-3.0-or-later
"""Starts the built program and a sample service, adds an account by keyboard and accessibility
tree, exports, looks at the tree and the details, saves through the file dialog, and compares the
saved file with what the service sends."""

import io
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import zipfile

import driver
from driver import ENTRIES
from sample_service import SampleService, earlier_export

APP_ID = 'io.github.waybill.Waybill'
HOME = pathlib.Path(os.environ['HOME'])
LOG = HOME / 'waybill.log'
SAVED = HOME / 'Exports' / 'DLF_All_DataConnections.zip'
# Planted in the sample data; they must stay hidden.
PASSWORDS_IN_THE_SAMPLE = 2


class Program:
    """The program under test, its output kept."""

    def __init__(self, *arguments, **environment):
        self.log = open(LOG, 'ab')
        environment = {**os.environ, 'G_DEBUG': 'fatal-warnings', **environment}
        self.process = subprocess.Popen(['waybill', *arguments], stdout=self.log, stderr=self.log,
                                        env=environment)
        self.app = driver.application('waybill')

    def window(self, title='Waybill'):
        return driver.window(self.app, title)

    def quit(self):
        driver.focus_window(self.main_title())
        driver.press('ctrl+q')
        self.process.wait(driver.PATIENCE_S)
        self.log.close()

    def main_title(self):
        return next(child.name for child in self.app if child is not None)


def shows(root, *fragments):
    """Waits until the labels below root show all of the fragments."""
    def look():
        said = '\n'.join(driver.texts(root))
        return all(fragment in said for fragment in fragments)
    driver.wait_for(look, f'{fragments} among the labels')


def first_start_offers_three_ways(program, service):
    window = program.window()
    for name in ('Add Account…', 'Open ZIP…', 'Try Sample Data'):
        driver.find(window, driver.BUTTONS, name)


def an_account_is_added(program, service):
    driver.click(program.window(), 'Add Account…')
    form = program.window('Add Account')
    driver.focus_window('Add Account')

    def fill(name, text):
        driver.set_text(driver.find(form, ENTRIES, name), text)

    fill('Name', 'Production')
    # From the cloud's row to its list, and there to the last one, Other.
    driver.press('Tab', 'space', 'End', 'Return')
    fill('Project ID', service.project)
    fill('Service (DataArts Factory)', 'https://dayu-dlf.north-1.example.com')
    fill('Identity (IAM)', 'http://iam.north-1.example.com')
    shows(form, 'must begin with')
    fill('Identity (IAM)', 'https://iam.north-1.example.com')
    fill('Management Center (optional)', 'https://dayu.north-1.example.com')
    fill('Account (domain) name', service.domain)
    fill('User name', service.user)
    fill('Password', service.password)
    fill('Service (DataArts Factory)', service.url)
    fill('Identity (IAM)', service.url)
    fill('Management Center (optional)', '')
    driver.click(form, 'Save')

    window = program.window()
    driver.find(window, driver.BUTTONS, 'Export', driver.is_sensitive)
    shows(window, 'Production')


def the_connections_are_exported(program, service):
    driver.click(program.window(), 'Export')
    # The first time it says that the cloud records each export.
    notice = driver.find(program.app, None, None,
                         lambda node: 'audit log' in (node.name or ''))
    assert 'Cloud Trace' in notice.name
    driver.focus_window('Exports Are Recorded')
    driver.press('Return')
    window = program.window('DLF_All_DataConnections.zip')
    shows(window, 'Not saved yet', '18 connections', 'connections', 'dws_sales.conn',
          'host_sftp_partner.conn')


def details_hide_secrets(program, service):
    title = 'DLF_All_DataConnections.zip'
    window = program.window(title)
    driver.focus_window(title)
    # By keyboard: the tree has the focus after an export; its rows come in the order of names.
    driver.press('Home', *['Down'] * 6)
    shows(window, 'Configuration', 'User name', 'Password')

    said = driver.everything(program.app)
    assert service.password not in said
    for secret in secrets_in(service.export()):
        assert secret not in said, 'a password can be read through the accessibility tree'


def the_source_hides_them_too(program, service):
    title = 'DLF_All_DataConnections.zip'
    window = program.window(title)
    secrets = secrets_in(service.export())

    def click(name):
        driver.act(driver.find(window, None, name, driver.has_action('click')))

    def tells_a_secret():
        said = driver.everything(window)
        return any(secret in said for secret in secrets)

    click('Source')
    driver.wait_for(lambda: '"config"' in driver.everything(window), 'the source')
    assert not tells_a_secret()
    click('Reveal Passwords')
    driver.wait_for(tells_a_secret, 'a password, revealed')
    click('Details')
    driver.wait_for(lambda: not tells_a_secret(), 'no password again')


def a_search_narrows_the_tree(program, service):
    title = 'DLF_All_DataConnections.zip'
    window = program.window(title)
    driver.focus_window(title)
    driver.press('ctrl+f')
    driver.find(window, ENTRIES, None, driver.is_focused)
    driver.type_ascii('type:dws 10.0.12')
    shows(window, '2 of 18', 'dws_finance.conn', 'dws_sales.conn')
    # Into the results, to the first connection below the folder.
    driver.press('Down', 'Home', 'Down', 'Down')
    shows(window, 'Configuration')
    driver.press('ctrl+f', 'Escape')
    shows(window, 'host_sftp_partner.conn')


def secrets_in(archive):
    """The passwords that stand in the archive in clear."""
    found = set()
    with zipfile.ZipFile(io.BytesIO(archive)) as file:
        for name in file.namelist():
            password = json.loads(file.read(name)).get('config', {}).get('password', '')
            if password.strip('*'):
                found.add(password)
    assert len(found) >= PASSWORDS_IN_THE_SAMPLE, 'the sample data has no secrets to look for'
    return found


def the_zip_is_saved_as_it_was_sent(program, service):
    title = 'DLF_All_DataConnections.zip'
    window = program.window(title)
    driver.focus_window(title)
    driver.press('ctrl+s')
    driver.window(program.app, 'Save As')
    driver.focus_window('Save As')
    driver.press('ctrl+a')
    driver.type_ascii(str(SAVED))
    driver.press('Return')
    # Both are of a toast, which goes by itself.
    shows(window, 'Saved as', 'Show in Files')
    assert SAVED.read_bytes() == service.export(), 'the saved file is not what the service sent'
    assert SAVED.stat().st_mode & 0o777 == 0o600


def assert_log_is_quiet():
    log = LOG.read_text()
    assert 'CRITICAL' not in log and 'WARNING' not in log, log


def nothing_secret_is_left_behind(program, service):
    program.quit()
    assert program.process.returncode == 0
    secrets = secrets_in(service.export()) | {service.password}
    for path in HOME.rglob('*'):
        if path.is_file() and path != SAVED:
            content = path.read_bytes()
            for secret in secrets:
                assert secret.encode() not in content, f'a password stands in {path}'
    settings = HOME / '.config/waybill/accounts.ini'
    assert settings.stat().st_mode & 0o777 == 0o600
    assert 'Production' in settings.read_text()
    assert_log_is_quiet()


def the_desktop_starts_an_export(program, service):
    """Through the D-Bus service and the action of the desktop entry, which the shell uses."""
    built = pathlib.Path(shutil.which('waybill'))
    text = (built.parents[1] / f'data/{APP_ID}.service').read_text()
    start = HOME / 'start'
    start.write_text(f'#!/bin/sh\nG_DEBUG=fatal-warnings exec {built} "$@" >> {LOG} 2>&1\n')
    start.chmod(0o700)
    text = re.sub(r'^Exec=\S+', f'Exec={start}', text, flags=re.M)
    pathlib.Path(os.environ['TEST_SERVICES'], f'{APP_ID}.service').write_text(text)
    subprocess.run(['gdbus', 'call', '--session', '--dest', 'org.freedesktop.DBus',
                    '--object-path', '/org/freedesktop/DBus',
                    '--method', 'org.freedesktop.DBus.ReloadConfig'], check=True,
                   stdout=subprocess.DEVNULL)
    before = set(HOME.rglob('*.zip'))
    subprocess.run(['gapplication', 'action', APP_ID, 'export-default'], check=True)

    # The account and its secret are known, and the audit log was spoken of once.
    app = driver.application('waybill')
    window = driver.window(app, 'DLF_All_DataConnections.zip')
    shows(window, 'Not saved yet', 'Production', '18 connections')
    assert set(HOME.rglob('*.zip')) == before, 'something was written without the file dialog'

    # The one that runs is asked for another workspace, and says so where there is none.
    subprocess.run(['gapplication', 'action', APP_ID, 'export-workspace',
                    "('Nobody', 'Nowhere')"], check=True)
    shows(app, 'Nothing Was Exported', 'No stored account is named “Nobody”')
    dialog = driver.find(app, None, 'Nothing Was Exported')
    while dialog.parent != app:
        dialog = dialog.parent
    driver.click(dialog, 'Close')
    driver.wait_for(lambda: 'Nothing Was Exported' not in driver.texts(app), 'no message')

    # An export that is not saved is not dropped without a question.
    driver.focus_window('DLF_All_DataConnections.zip')
    driver.press('ctrl+q')
    shows(app, 'Save This Export?')
    driver.click(app, 'Discard')
    driver.wait_for(lambda: 'waybill' not in driver.applications(), 'the end of the program')
    assert_log_is_quiet()


def a_saved_zip_is_shown_in_the_dark(program, service):
    program = Program(str(SAVED), ADW_DEBUG_COLOR_SCHEME='prefer-dark')
    window = program.window('DLF_All_DataConnections.zip')
    shows(window, '18 connections', 'dws_sales.conn')
    driver.focus_window('DLF_All_DataConnections.zip')
    driver.press('Home', *['Down'] * 6)
    shows(window, 'Configuration')
    # Nothing is lost, so nothing is asked.
    program.quit()
    assert program.process.returncode == 0
    assert_log_is_quiet()


def two_zips_are_compared(program, service):
    earlier = SAVED.parent / 'October.zip'
    earlier.write_bytes(earlier_export(service.export()))
    os.utime(earlier, (0, 0))
    program = Program(str(SAVED))
    title = 'DLF_All_DataConnections.zip'
    shows(program.window(title), '18 connections')
    driver.focus_window(title)
    driver.press('ctrl+d')
    driver.window(program.app, 'Compare With')
    driver.focus_window('Compare With')
    driver.type_ascii(str(earlier))
    driver.press('Return')
    comparison = program.window('Comparison')
    shows(comparison, f'October.zip → {title}',
          '1 added, 1 removed, 1 renamed, 2 changed, 14 the same')
    driver.focus_window('Comparison')
    # Nothing is to be lit up by the pointer.
    driver.xdotool('mousemove', 0, 0)
    driver.press('End', 'Up')
    shows(comparison, 'connections/dws_sales.conn', 'config.ip', '10.0.99.7')

    said = driver.everything(program.app)
    for secret in secrets_in(service.export()) | {'An-Earlier-Secret-1'}:
        assert secret not in said, 'a password can be read through the accessibility tree'
    program.quit()
    assert program.process.returncode == 0
    assert_log_is_quiet()


STEPS = [
    first_start_offers_three_ways,
    an_account_is_added,
    the_connections_are_exported,
    details_hide_secrets,
    the_source_hides_them_too,
    a_search_narrows_the_tree,
    the_zip_is_saved_as_it_was_sent,
    nothing_secret_is_left_behind,
    the_desktop_starts_an_export,
    a_saved_zip_is_shown_in_the_dark,
    two_zips_are_compared,
]


def main():
    print(f'1..{len(STEPS)}', flush=True)
    SAVED.parent.mkdir()
    driver.wait_for_manager()
    service = SampleService('waybill-cli', 'sample-service')
    program = Program()
    try:
        for number, step in enumerate(STEPS, 1):
            name = step.__name__.replace('_', ' ')
            try:
                step(program, service)
            except Exception as error:
                print(f'not ok {number} {name}')
                print('# on the screen: ' + ' | '.join(driver.texts(program.app)))
                print(f'Bail out! {type(error).__name__}: {error}', flush=True)
                return 1
            print(f'ok {number} {name}', flush=True)
    finally:
        if program.process.poll() is None:
            program.process.kill()
        service.stop()
    return 0


sys.exit(main())
