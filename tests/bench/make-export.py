#!/usr/bin/env python3
"""make-export.py [--mib] FILE COUNT [CHANGES]: an export with so many made-up connections.

The same bytes every time. With CHANGES, every so many-th connection has another port, one is gone
and one is new. With --mib each is a MiB that does not compress.
SPDX-License-Identifier: GPL-3.0-or-later
"""
import json
import random
import sys
import zipfile

TYPES = ['DWS', 'DLI', 'SparkSQL', 'HIVE', 'RDS', 'CloudTable', 'HOST']
WORDS = ['sales', 'orders', 'billing', 'stock', 'weather', 'fleet', 'claims', 'audit', 'test']


def connection(number, changes):
    kind = TYPES[number % len(TYPES)]
    word = WORDS[number // 3 % len(WORDS)]
    name = f'{kind.lower()}_{word}_{number}'
    port = 8000 + (1 if changes and number % changes == 0 else 0)
    config = {'kmsKey': 'kms-dlf-default', 'agentName': f'cdm-agent-eu{number % 4}'}
    if kind == 'DLI':
        config = {}
    elif kind in ('HIVE', 'SparkSQL', 'CloudTable'):
        config.update(clusterName=f'mrs-{word}-{number % 50}', userName=f'user{number % 200}',
                      password='*********', port=str(port))
    else:
        config.update(ip=f'10.{number // 65536}.{number // 256 % 256}.{number % 256}',
                      port=str(port), userName=f'user{number % 200}', password='*********',
                      sslEnable=number % 5 != 0)
    return name, json.dumps({
        'name': name,
        'type': kind,
        'description': f'The {word} data of team {number % 97}, stage {number % 3}',
        'config': config,
    })


def make_large(path, count):
    noise = random.Random(1).randbytes(1024 * 1024)
    with zipfile.ZipFile(path, 'w', zipfile.ZIP_STORED) as archive:
        for number in range(count):
            archive.writestr(zipfile.ZipInfo(f'connections/large_{number}.conn'), noise)


def main():
    if sys.argv[1] == '--mib':
        make_large(sys.argv[2], int(sys.argv[3]))
        return
    path, count = sys.argv[1], int(sys.argv[2])
    changes = int(sys.argv[3]) if len(sys.argv) > 3 else 0
    with zipfile.ZipFile(path, 'w', zipfile.ZIP_DEFLATED) as archive:
        for number in range(count):
            if changes and number == 1:
                number = count
            name, text = connection(number, changes)
            info = zipfile.ZipInfo(f'connections/{name}.conn')
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, text)


main()
