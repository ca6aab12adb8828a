#!/usr/bin/env python3
"""service.py FILE [DELAY_MS [CERTIFICATE]]: a service on 127.0.0.1 that hands out one file.

It takes every sign-in, lists 200 workspaces, and answers each export with FILE after a delay.
Prints its port. With a certificate (PEM, with its key) it speaks TLS.
SPDX-License-Identifier: GPL-3.0-or-later
"""
import json
import os
import ssl
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlparse

N_WORKSPACES = 200
TOKEN = json.dumps({'token': {'expires_at': '2099-01-01T00:00:00.000000Z', 'methods': ['password'],
                              'issued_at': '2020-01-01T00:00:00.000000Z',
                              'project': {'id': 'p', 'name': 'eu-de'},
                              'user': {'name': 'alice', 'id': 'u', 'domain': {'name': 'D', 'id': 'd'}},
                              'roles': []}}).encode()


class Handler(BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'

    def log_message(self, *_):
        pass

    def reply(self, status, body, **headers):
        self.send_response(status)
        self.send_header('Content-Type', 'application/json')
        self.send_header('Content-Length', str(len(body)))
        for name, value in headers.items():
            self.send_header(name.replace('_', '-'), value)
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        url = urlparse(self.path)
        offset = int(parse_qs(url.query).get('offset', ['0'])[0])
        limit = int(parse_qs(url.query).get('limit', ['100'])[0])
        if url.path.endswith('/instances'):
            body = {'count': 1, 'commodity_orders': [{'resource_id': 'instance', 'project_id': 'p',
                                                      'order_status': 'normal'}]}
        else:
            body = {'count': N_WORKSPACES,
                    'data': [{'id': f'{n:032x}', 'name': f'workspace-{n}'} for n in
                             range(offset, min(offset + limit, N_WORKSPACES))]}
        self.reply(200, json.dumps(body).encode())

    def do_POST(self):
        self.rfile.read(int(self.headers.get('Content-Length') or 0))
        if '/auth/tokens' in self.path:
            self.reply(201, TOKEN, X_Subject_Token='token')
            return
        time.sleep(delay_ms / 1000)
        with open(path, 'rb') as file:
            size = os.fstat(file.fileno()).st_size
            self.send_response(200)
            self.send_header('Content-Type', 'application/octet-stream')
            self.send_header('Content-Length', str(size))
            self.end_headers()
            self.wfile.flush()
            self.connection.sendfile(file)


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def handle_error(self, request, client_address):
        pass


path = sys.argv[1]
delay_ms = int(sys.argv[2]) if len(sys.argv) > 2 else 0
server = Server(('127.0.0.1', 0), Handler)
if len(sys.argv) > 3:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(sys.argv[3])
    server.socket = context.wrap_socket(server.socket, server_side=True)
print(server.server_port, flush=True)
server.serve_forever()
