# pictures.py BUILD FOLDER: takes the pictures of README and metainfo from the installed Flatpak
# SPDX-License-Identifier: GPL-3.0-or-later
"""What they show is the sample service's, under the addresses of a cloud: the desktop's proxy takes
what is sent there to the service, and an account's own certificates vouch for it. Nothing leaves this
computer, and the program does what it always does. They keep to the catalogues' rules: the window
alone with its shadow, 1000 × 700 at most, GNOME's font and only a close button. Runs in
tests/flatpak/session."""

import os
import pathlib
import socket
import ssl
import subprocess
import sys
import threading

from installed import DATA, HOME, ZIP, Program, driver, shows, use_proxy
from driver import BUTTONS, ENTRIES
from sample_service import SampleService, earlier_export

BUILD, FOLDER = sys.argv[1], pathlib.Path(sys.argv[2])
HOSTS = '*.eu-de.otc.t-systems.com'
# The titles of the window, with the mark of the account.
READY = 'Production: Waybill'
EXPORTED = f'Production: {ZIP}'
AUTHORITY = DATA / 'config/authority.pem'


class Cloud:
    """A proxy that takes what is sent to HOSTS to the sample service, and refuses all else."""

    def __init__(self, port):
        self.port = port
        key = HOME / 'key.pem'
        AUTHORITY.parent.mkdir(parents=True, exist_ok=True)
        subprocess.run(['openssl', 'req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2',
                        '-subj', '/CN=Sample', '-addext', f'subjectAltName=DNS:{HOSTS}',
                        '-keyout', key, '-out', AUTHORITY], check=True, capture_output=True)
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(AUTHORITY, key)
        self.listener = socket.create_server(('127.0.0.1', 0))
        self.address = self.listener.getsockname()
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            client, _ = self.listener.accept()
            threading.Thread(target=self.serve, args=(client,), daemon=True).start()

    def serve(self, client):
        head = b''
        while not head.endswith(b'\r\n\r\n'):
            byte = client.recv(1)
            if not byte:
                return
            head += byte
        if not head.split()[1].endswith(HOSTS[1:].encode() + b':443'):
            client.sendall(b'HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n')
            client.close()
            return
        client.sendall(b'HTTP/1.1 200 Connection established\r\n\r\n')
        with self.context.wrap_socket(client, server_side=True) as client, \
                socket.create_connection(('127.0.0.1', self.port)) as service:
            threading.Thread(target=self.copy, args=(client, service), daemon=True).start()
            self.copy(service, client)

    @staticmethod
    def copy(source, target):
        try:
            while data := source.recv(65536):
                target.sendall(data)
        except OSError:
            pass    # the other end has gone


def start(style='default'):
    # Drawn as a whole each time: what is drawn piece by piece leaves specks in a picture.
    return Program(options=['--env=GSK_DEBUG=full-redraw', f'--env=ADW_DEBUG_COLOR_SCHEME={style}'])


def take(name, title):
    driver.take_picture(driver.focus_window(title), FOLDER / f'{name}.png')


def add_account(program, service):
    driver.click(program.window(), 'Add Account…')
    form = program.window('Add Account')
    driver.focus_window('Add Account')

    def fill(name, text):
        driver.set_text(driver.find(form, ENTRIES, name), text)

    fill('Name', 'Sales')
    # It says the region.
    fill('Console address (optional)', 'https://console.otc.t-systems.com/dayu/?region=eu-de')
    fill('Project ID', service.project)
    fill('Account (domain) name', 'OTC-EU-DE-00000000001000056789')
    fill('User name', 'dataarts-export')
    fill('Password', service.password)
    take('account', 'Add Account')
    fill('Account (domain) name', service.domain)
    fill('User name', service.user)
    driver.click(form, 'Save')
    driver.wait_for(lambda: [child.name for child in program.app if child is not None]
                    == ['Waybill'], 'the end of the form')
    program.quit()
    # What is not in the picture: the mark, and who vouches for the sample service.
    accounts = DATA / 'config/waybill/accounts.ini'
    accounts.write_text(accounts.read_text().replace(
        'name=Sales\n', f'name=Sales\nmark=Production\nmark-color=red\nca-file={AUTHORITY}\n'))


def export(program, is_first):
    driver.click(program.window(READY), 'Export')
    if is_first:
        driver.find(program.app, None, None, lambda node: 'audit log' in (node.name or ''))
        driver.focus_window('Exports Are Recorded')
        driver.press('Return')
    window = program.window(EXPORTED)
    shows(window, 'Not saved yet', 'eu-de.otc.t-systems.com')
    driver.focus_window(EXPORTED)
    # The root, its folder, and then the connections by name.
    driver.press('Home', *['Down'] * 7)
    shows(window, 'Configuration', 'User name', 'Password')
    return window


def search(window):
    driver.press('ctrl+f')
    driver.find(window, ENTRIES, None, driver.is_focused)
    driver.type_ascii('type:dws 10.0.12')
    shows(window, '2 of 18')
    driver.press('Down', 'Home', 'Down', 'Down')
    shows(window, 'Configuration')
    take('search', EXPORTED)
    driver.press('ctrl+f', 'Escape')


def compare(program, service):
    earlier = HOME / 'October.zip'
    earlier.write_bytes(earlier_export(service.export()))
    os.utime(earlier, (0, 0))
    driver.focus_window(EXPORTED)
    driver.press('ctrl+d')
    driver.answer_file_dialog(driver.application('xdg-desktop-portal-gtk'), 'Compare With', earlier,
                              'Open')
    comparison = program.window('Comparison')
    shows(comparison, '1 added, 1 removed, 1 renamed, 2 changed')
    driver.focus_window('Comparison')
    driver.press('End', 'Up')
    shows(comparison, 'connections/dws_sales.conn', 'config.ip')
    take('compare', 'Comparison')
    driver.press('Escape')


def discard(program):
    driver.focus_window(EXPORTED)
    driver.press('ctrl+q')
    driver.click(program.app, 'Discard')
    program.wait()


def main():
    settings = DATA / 'config/gtk-4.0/settings.ini'
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text('[Settings]\ngtk-font-name=Cantarell 11\ngtk-decoration-layout=:close\n')
    driver.wait_for_manager()
    service = SampleService('flatpak', 'build', '--share=network', BUILD, 'waybill-cli',
                            'sample-service')
    try:
        use_proxy(Cloud(int(service.url.rpartition(':')[2])).address)
        program = start()
        driver.find(program.window(), BUTTONS, 'Try Sample Data')
        take('welcome', 'Waybill')
        add_account(program, service)

        program = start()
        window = export(program, True)
        take('preview', EXPORTED)
        search(window)
        compare(program, service)
        discard(program)

        program = start('prefer-dark')
        export(program, False)
        take('preview-dark', EXPORTED)
        discard(program)
    finally:
        service.stop()


if __name__ == '__main__':
    main()
