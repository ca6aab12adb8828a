# package.py FOLDER: what flatpak/release has made, before anybody installs it, as TAP
# SPDX-License-Identifier: GPL-3.0-or-later
import configparser
import gzip
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent))
from checks import complaints, report, run  # noqa: E402

ID = 'io.github.waybill.Waybill'
FOLDER = pathlib.Path(sys.argv[1])
REPOSITORY = FOLDER / 'repo'
FILES = FOLDER / 'build/files'
EXPORT = FOLDER / 'build/export/share'
REF = f'app/{ID}/{os.uname().machine}/stable'
DEBUG_REF = REF.replace(f'app/{ID}', f'runtime/{ID}.Debug')

# Everything the program may do. What is not here is asked for by a portal, each time.
PERMISSIONS = {
    'Context': {
        'shared': {'network', 'ipc'},
        'sockets': {'wayland', 'fallback-x11'},
        'devices': {'dri'},
    },
}


def metadata():
    parser = configparser.ConfigParser(interpolation=None, delimiters='=')
    parser.optionxform = str
    parser.read(FOLDER / 'build/metadata', encoding='utf-8')
    return parser


def it_runs_on_the_runtime_it_names():
    application = metadata()['Application']
    expected = {
        'name': ID,
        'runtime': f'org.gnome.Platform/{os.uname().machine}/51',
        'sdk': f'org.gnome.Sdk/{os.uname().machine}/51',
        'command': 'waybill',
    }
    for key, value in expected.items():
        if application.get(key) != value:
            yield f'{key} is {application.get(key)}'


def it_asks_for_these_permissions_only():
    found = metadata()
    for section in found.sections():
        if section in ('Application', 'Build') or section.startswith('Extension '):
            continue
        if section not in PERMISSIONS:
            yield f'[{section}]: {dict(found[section])}'
            continue
        for key, value in found[section].items():
            # flatpak writes the plain socket beside the one that only stands in for it.
            values = set(value.strip(';').split(';'))
            if key == 'sockets' and 'fallback-x11' in values:
                values.discard('x11')
            if values != PERMISSIONS[section].get(key):
                yield f'{key}={value}'
    missing = PERMISSIONS['Context'].keys() - found['Context'].keys()
    yield from missing


def everything_a_desktop_needs_is_exported():
    expected = {
        f'applications/{ID}.desktop',
        f'dbus-1/services/{ID}.service',
        f'icons/hicolor/scalable/apps/{ID}.svg',
        f'icons/hicolor/symbolic/apps/{ID}-symbolic.svg',
        f'metainfo/{ID}.metainfo.xml',
    }
    found = {path.relative_to(EXPORT).as_posix() for path in EXPORT.rglob('*') if path.is_file()}
    # flatpak-builder before 1.4 calls it by its old name.
    found = {name.replace('.appdata.xml', '.metainfo.xml') for name in found}
    for name in sorted(expected ^ found):
        yield f'{name}: {"missing" if name in expected else "not expected"}'


def exported_entries_start_the_sandbox():
    yield from complaints(run('desktop-file-validate', str(EXPORT / f'applications/{ID}.desktop')))
    entry = (EXPORT / f'applications/{ID}.desktop').read_text(encoding='utf-8')
    service = (EXPORT / f'dbus-1/services/{ID}.service').read_text(encoding='utf-8')
    for text in (entry, service):
        if not re.search(r'^Exec=/app/bin/waybill|^Exec=waybill|^Exec=\S*flatpak run ', text, re.M):
            yield text


def both_programs_and_the_licence_are_installed():
    for name in ('bin/waybill', 'bin/waybill-cli', f'share/licenses/{ID}/COPYING',
                 f'share/glib-2.0/schemas/{ID}.gschema.xml', 'share/glib-2.0/schemas/gschemas.compiled'):
        if not (FILES / name).is_file():
            yield f'{name} is missing'
    for path in FILES.rglob('*'):
        if path.is_file() and (path.stat().st_mode & 0o7022):
            yield f'{path.relative_to(FILES)}: mode {path.stat().st_mode:o}'


def content(ref):
    return run('ostree', f'--repo={REPOSITORY}', 'ls', '-R', ref).stdout.split()


def debug_information_is_apart():
    for name in ('waybill', 'waybill-cli'):
        sections = run('readelf', '--wide', '--sections', str(FILES / 'bin' / name)).stdout
        if '.debug_info' in sections or '.symtab' in sections:
            yield f'{name} is not stripped'
        if '.gnu_debuglink' not in sections:
            yield f'{name} does not say where its debug information is'
        if f'/files/bin/{name}.debug' not in content(DEBUG_REF):
            yield f'no debug information for {name}'
    yield from (name for name in content(REF) if name.endswith('.debug'))


def programs_are_hardened():
    for name in ('waybill', 'waybill-cli'):
        headers = run('readelf', '--wide', '--file-header', '--program-headers', '--dynamic',
                      str(FILES / 'bin' / name)).stdout
        for what, pattern in {'position-independent': r'Type:\s+DYN', 'RELRO': 'GNU_RELRO',
                              'bound at start': 'BIND_NOW|FLAGS.*NOW'}.items():
            if not re.search(pattern, headers):
                yield f'{name} is not {what}'
        if re.search(r'GNU_STACK.*\bRWE\b', headers) or 'RPATH' in headers or 'RUNPATH' in headers:
            yield f'{name} has an executable stack or a search path'


def the_catalogue_describes_it():
    with gzip.open(FILES / f'share/app-info/xmls/{ID}.xml.gz') as file:
        component = ET.parse(file).getroot().find('component')
    if component.findtext('id') != ID:
        yield f'the id is {component.findtext("id")}'
    for name in ('name', 'summary', 'description', 'screenshots', 'releases', 'content_rating',
                 'launchable', 'developer', 'icon'):
        if component.find(name) is None:
            yield f'no {name}'


def every_commit_is_signed():
    refs = run('ostree', f'--repo={REPOSITORY}', 'refs').stdout.split()
    if REF not in refs:
        yield f'no {REF} in {refs}'
    for ref in refs:
        if ref.startswith('ostree-metadata') or ref.startswith('appstream'):
            continue
        if 'Found 1 signature' not in run('ostree', f'--repo={REPOSITORY}', 'show', ref).stdout:
            yield f'{ref} is not signed'
    if not (REPOSITORY / 'summary.sig').is_file():
        yield 'the summary is not signed'


def another_key_is_refused():
    environment = {**os.environ, 'LC_ALL': 'C.UTF-8'}
    with tempfile.TemporaryDirectory(dir='/tmp') as home, tempfile.TemporaryDirectory() as flatpaks:
        os.chmod(home, 0o700)
        gpg = ['gpg', '--batch', '--quiet', '--homedir', home]
        subprocess.run([*gpg, '--passphrase', '', '--quick-generate-key', 'Another', 'ed25519',
                        'sign', 'never'], check=True, stderr=subprocess.DEVNULL)
        key = pathlib.Path(home, 'key.gpg')
        key.write_bytes(subprocess.run([*gpg, '--export'], check=True, capture_output=True).stdout)
        environment['FLATPAK_USER_DIR'] = flatpaks
        run('flatpak', '--user', 'remote-add', f'--gpg-import={key}', 'other',
            f'file://{REPOSITORY}', env=environment)
        result = run('flatpak', '--user', 'install', '-y', '--noninteractive', '--no-deps', 'other',
                     ID, env=environment)
        subprocess.run(['gpgconf', '--homedir', home, '--kill', 'all'], check=False)
    if result.returncode == 0 or 'public key not found' not in result.stdout:
        yield f'installed, or refused for another reason: {result.stdout}'


def the_bundle_and_the_address_are_there():
    if (FOLDER / f'{ID}.flatpak').stat().st_size < 100_000:
        yield 'the bundle is too small'
    parser = configparser.ConfigParser(interpolation=None, delimiters='=')
    parser.read(FOLDER / f'{ID}.flatpakrepo', encoding='utf-8')
    repo = parser['Flatpak Repo']
    if repo['Url'] != f'file://{REPOSITORY}' or not repo.get('GPGKey'):
        yield f'the address is {dict(repo)}'


CHECKS = [
    it_runs_on_the_runtime_it_names,
    it_asks_for_these_permissions_only,
    everything_a_desktop_needs_is_exported,
    exported_entries_start_the_sandbox,
    both_programs_and_the_licence_are_installed,
    debug_information_is_apart,
    programs_are_hardened,
    the_catalogue_describes_it,
    every_commit_is_signed,
    another_key_is_refused,
    the_bundle_and_the_address_are_there,
]


if __name__ == '__main__':
    sys.exit(report(CHECKS))
