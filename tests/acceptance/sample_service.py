# sample_service.py: the service in small, as a process, and what it sends
# SPDX-License-Identifier: GPL-3.0-or-later
import io
import json
import re
import subprocess
import urllib.request
import zipfile


class SampleService:
    """Started by a command that ends in "sample-service"; what it prints says how to reach it."""

    def __init__(self, *command):
        self.process = subprocess.Popen(command, text=True, stdout=subprocess.PIPE)
        said = ''
        while 'Add --workspace' not in said:
            line = self.process.stdout.readline()
            assert line, f'the sample service ended: {said}'
            said += line
        self.url = re.search(r'--service-url (\S+)', said)[1]
        self.project = re.search(r'--project-id (\S+)', said)[1]
        self.domain = re.search(r"--domain '([^']+)'", said)[1]
        self.user = re.search(r"--user '([^']+)'", said)[1]
        self.password = re.search(r"WAYBILL_PASSWORD='([^']+)'", said)[1]

    def post(self, path, body, headers):
        request = urllib.request.Request(self.url + path, body, headers, method='POST')
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        return opener.open(request)

    def export(self):
        """The bytes that the service sends, fetched without any of our code."""
        user = {'name': self.user, 'password': self.password, 'domain': {'name': self.domain}}
        body = {'auth': {'identity': {'methods': ['password'], 'password': {'user': user}},
                         'scope': {'project': {'id': self.project}}}}
        reply = self.post('/v3/auth/tokens?nocatalog=true', json.dumps(body).encode(),
                          {'Content-Type': 'application/json;charset=utf8'})
        token = reply.headers['X-Subject-Token']
        return self.post(f'/v1/{self.project}/connections/export', b'',
                         {'Content-Type': 'application/json', 'X-Auth-Token': token,
                          'X-Project-Id': self.project}).read()

    def stop(self):
        self.process.terminate()
        self.process.wait()


def earlier_export(content):
    """An export from before some connections were changed."""
    earlier = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as now, zipfile.ZipFile(earlier, 'w') as before:
        for name in now.namelist():
            text = now.read(name)
            if name.endswith('/dli_shared.conn'):
                continue
            if name.endswith(('/dws_sales.conn', '/rds_crm.conn')):
                connection = json.loads(text)
                connection['description'] = 'Moved next week'
                connection['config'] |= {'ip': '10.0.99.7', 'password': 'An-Earlier-Secret-1'}
                text = json.dumps(connection)
            before.writestr(name.replace('/host_etl_01.', '/host_etl_old.'), text)
        before.writestr('connections/hive_test.conn',
                        '{"name": "hive_test", "type": "HIVE", "config": {"clusterName": "test"}}')
    return earlier.getvalue()
