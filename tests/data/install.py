# install.py SOURCE-ROOT BUILD-ROOT PREFIX: what "meson install" puts where, and that nothing of it
# stays, as TAP
# SPDX-License-Identifier: GPL-3.0-or-later
"""The prefix is compiled in, and is a folder for this test alone."""

import os
import pathlib
import shutil
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent))
from checks import complaints, report, run  # noqa: E402

ROOT, BUILD, PREFIX = (pathlib.Path(argument).resolve() for argument in sys.argv[1:])
HOME = pathlib.Path(os.environ['HOME'])
DESTINATION = HOME / 'destination'
ID = 'io.github.waybill.Waybill'

INSTALLED = {
    'bin/waybill',
    'bin/waybill-cli',
    'libexec/waybill-cli-service',
    f'share/applications/{ID}.desktop',
    f'share/dbus-1/services/{ID}.service',
    f'share/glib-2.0/schemas/{ID}.gschema.xml',
    f'share/icons/hicolor/scalable/apps/{ID}.svg',
    f'share/icons/hicolor/symbolic/apps/{ID}-symbolic.svg',
    'share/bash-completion/completions/waybill-cli',
    'share/fish/vendor_completions.d/waybill-cli.fish',
    'share/zsh/site-functions/_waybill-cli',
    'share/man/man1/waybill-cli.1',
    'share/man/man1/waybill.1',
    f'share/metainfo/{ID}.metainfo.xml',
} | {name.format(language)
     for language in (ROOT / 'po/LINGUAS').read_text().split()
     for name in ('share/locale/{}/LC_MESSAGES/waybill.mo', 'share/man/{}/man1/waybill-cli.1',
                  'share/man/{}/man1/waybill.1')}
CACHES = {
    'share/applications/mimeinfo.cache',
    'share/glib-2.0/schemas/gschemas.compiled',
    'share/icons/hicolor/icon-theme.cache',
}
# Files of other programs, there before and after.
OTHERS = {
    'share/applications/org.example.Other.desktop':
        '[Desktop Entry]\nType=Application\nName=Other\nExec=true\nMimeType=text/plain;\n',
    'share/glib-2.0/schemas/org.example.Other.gschema.xml':
        '<schemalist><schema id="org.example.Other" path="/org/example/Other/"/></schemalist>',
    'share/icons/hicolor/scalable/apps/org.example.Other.svg':
        '<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16"/>',
}


def do(*command, **environment):
    result = run(*command, env={**os.environ, **environment})
    assert result.returncode == 0, f'{command}: {result.stdout[-2000:]}'
    return result.stdout


def content(folder):
    return {path.relative_to(folder).as_posix() for path in folder.rglob('*')}


def files_in(folder):
    return {name for name in content(folder) if not (folder / name).is_dir()}


def difference(found, expected):
    for name in sorted(found ^ expected):
        yield f'{name}: {"not expected" if name in found else "missing"}'


def uninstall():
    do(str(ROOT / 'build-aux/uninstall'), str(BUILD))


def install(**environment):
    do('meson', 'install', '-C', str(BUILD), '--no-rebuild', '--quiet', **environment)


def a_prefix_gets_all_that_a_desktop_needs():
    install()
    yield from difference(files_in(PREFIX), INSTALLED | CACHES)


def what_is_installed_works():
    service = (PREFIX / f'share/dbus-1/services/{ID}.service').read_text()
    if f'Exec={PREFIX}/bin/waybill --gapplication-service\n' not in service:
        yield service
    yield from complaints(run('desktop-file-validate',
                              str(PREFIX / f'share/applications/{ID}.desktop')))
    schemas = str(PREFIX / 'share/glib-2.0/schemas')
    if ID not in do('gsettings', '--schemadir', schemas, 'list-schemas'):
        yield 'the schema is not compiled'
    target = HOME / 'sample.zip'
    do(str(PREFIX / 'bin/waybill-cli'), 'export', '--sample', '--quiet', '-o', str(target))
    if target.read_bytes()[:4] != b'PK\3\4':
        yield 'the command line does not export'


def uninstalling_leaves_nothing():
    uninstall()
    if PREFIX.exists():
        yield from (f'{name} is left' for name in sorted(content(PREFIX)))


def uninstalling_leaves_what_others_have():
    for name, text in OTHERS.items():
        path = PREFIX / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    # Twice: the second time, all folders are there already.
    for _ in range(2):
        install()
    uninstall()
    yield from difference(files_in(PREFIX), set(OTHERS) | CACHES)
    for name in content(PREFIX):
        path = PREFIX / name
        if path.is_dir() and not any(path.iterdir()):
            yield f'{name} is empty'
    for name in CACHES:
        if ID.encode() in (PREFIX / name).read_bytes():
            yield f'{name} still knows the program'


def a_package_is_made_below_destdir():
    before = files_in(PREFIX)
    install(DESTDIR=str(DESTINATION))
    below = DESTINATION / PREFIX.relative_to('/')
    yield from difference(files_in(DESTINATION),
                          {(below / name).relative_to(DESTINATION).as_posix()
                           for name in INSTALLED})
    yield from difference(files_in(PREFIX), before)
    uninstall()
    if DESTINATION.exists():
        yield from (f'{name} is left' for name in sorted(files_in(DESTINATION)))


CHECKS = [
    a_prefix_gets_all_that_a_desktop_needs,
    what_is_installed_works,
    uninstalling_leaves_nothing,
    uninstalling_leaves_what_others_have,
    a_package_is_made_below_destdir,
]


if __name__ == '__main__':
    shutil.rmtree(PREFIX, ignore_errors=True)  # of a test that was killed
    try:
        sys.exit(report(CHECKS))
    finally:
        shutil.rmtree(PREFIX, ignore_errors=True)
