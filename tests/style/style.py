# style.py SOURCE-ROOT: the rules of the house that a machine can check, as TAP
# SPDX-License-Identifier: GPL-3.0-or-later
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent))
from checks import Skip, report, run  # noqa: E402

ROOT = pathlib.Path(sys.argv[1]).resolve()
SKIPPED_FOLDERS = {'.git', '.flatpak-builder', '__pycache__', 'fixtures', 'corpus'}
TEXT = {'.c', '.h', '.py', '.sh', '.md', '.ui', '.xml', '.in', '.build', '.txt', '.yml', '.json',
        '.svg', '.css', '.po', '.pot'}
MAX_COLUMNS = 100
MAX_FILES_IN_FOLDER = 30

# From the ground to the top. A room may include itself and those of its row, which all stand above
# it here, so nothing runs up; a folder without a row is not a room.
CORE = {'core', 'core/accounts'}
SERVICE = {'core/service/http', 'core/service/refusal', 'core/service/sign-in'}
ARCHIVE = {'core/archive/secrets', 'core/archive/connection', 'core/archive/zip',
           'core/archive/rebuilt', 'core/archive/tree'}
FORM = {'ui/widgets', 'ui/document', 'ui/context', 'ui/sign-in'}
MAY_INCLUDE = {
    'core': set(),
    'core/accounts': {'core'},
    'core/history': CORE,
    'core/archive/secrets': {'core'},
    'core/archive/connection': {'core', 'core/archive/secrets'},
    'core/archive/zip': {'core'},
    'core/archive/rebuilt': {'core', 'core/archive/secrets', 'core/archive/connection',
                             'core/archive/zip'},
    'core/archive/tree': {'core', 'core/archive/connection', 'core/archive/zip',
                          'core/archive/rebuilt'},
    'core/archive/list': {'core'} | ARCHIVE,
    'core/archive/compare': {'core'} | ARCHIVE,
    'core/archive/copies': {'core'} | ARCHIVE,
    'core/service/http': CORE,
    # A reply may quote connections, whose secrets are masked in what is shown of it.
    'core/service/refusal': CORE | {'core/service/http', 'core/archive/secrets'},
    'core/service/sign-in': CORE | {'core/service/http', 'core/service/refusal'},
    'core/service/directory': CORE | SERVICE,
    'core/service/connections': CORE | SERVICE | {'core/archive/rebuilt'},
    # The index judges an export.
    'core/service/export': CORE | SERVICE | {'core/archive/zip', 'core/archive/rebuilt',
                                             'core/service/connections'},
    'core/service/check': CORE | SERVICE | {'core/service/directory', 'core/service/export'},
    'core/batch': CORE | SERVICE | ARCHIVE | {
        'core/history', 'core/archive/compare', 'core/archive/copies', 'core/service/export'},
    'sample': CORE,
    'cli/terminal': CORE | {'core/service/export'},
    'cli/account': CORE | {'core/service/sign-in', 'sample', 'cli/terminal'},
    'cli/commands': CORE | ARCHIVE | {
        'core/archive/compare', 'core/archive/copies', 'core/batch', 'core/history',
        'core/service/check', 'core/service/directory', 'core/service/export', 'sample', 'cli/terminal', 'cli/account'},
    'cli': {'core', 'cli/terminal', 'cli/commands'},
    'ui/widgets': CORE | {'core/service/http'},
    'ui/document': {'core', 'core/history', 'core/archive/tree', 'core/archive/copies',
                    'core/service/export', 'ui/widgets'},
    'ui/context': CORE | SERVICE | {'core/history', 'sample', 'ui/document'},
    'ui/sign-in': CORE | SERVICE | {'ui/widgets', 'ui/context'},
    'ui/tree': {'core', 'core/archive/tree', 'core/archive/list', 'ui/widgets', 'ui/document'},
    'ui/details': {'core', 'core/archive/connection', 'core/archive/list', 'ui/widgets',
                   'ui/document'},
    'ui/preview': {'core', 'core/archive/tree', 'ui/widgets', 'ui/document', 'ui/tree',
                   'ui/details'},
    'ui/compare': {'core', 'core/archive/compare', 'ui/widgets', 'ui/document'},
    'ui/export': {'core', 'core/service/export'} | FORM,
    'ui/export-all': CORE | {'core/history', 'core/service/export', 'core/batch', 'ui/compare',
                      'ui/export'} | FORM,
    'ui/help': {'core', 'core/accounts', 'core/service/refusal', 'ui/widgets'},
    'ui/history': CORE | {'core/history'} | FORM,
    'ui/find': CORE | {'core/service/directory', 'core/service/check'} | FORM,
    'ui/accounts': CORE | {'core/service/directory', 'ui/find'} | FORM,
    'ui/window': CORE | {'core/archive/copies', 'ui/preview', 'ui/compare', 'ui/export',
                         'ui/accounts'} | FORM,
    'ui': CORE | {'core/service/http', 'ui/widgets', 'ui/context', 'ui/compare', 'ui/export-all',
           'ui/help', 'ui/history', 'ui/window'},
    '': {'core', 'core/service/http', 'ui'},
}

# Their titles are Pango markup unless told otherwise.
ROWS = {'AdwActionRow', 'AdwComboRow', 'AdwEntryRow', 'AdwExpanderRow', 'AdwPasswordEntryRow'}
BUTTONS = {'GtkButton', 'GtkMenuButton', 'GtkToggleButton'}


def find_files():
    for folder, folders, names in os.walk(ROOT):
        folders[:] = [name for name in folders
                      if name not in SKIPPED_FOLDERS and not name.startswith('_build')]
        for name in sorted(names):
            yield pathlib.Path(folder, name)


FILES = sorted(find_files())
C_FILES = [path for path in FILES if path.suffix in ('.c', '.h')]
SRC = ROOT / 'src'
SOURCES = [path for path in C_FILES if SRC in path.parents]


def show(path):
    return path.relative_to(ROOT).as_posix()


def read(path):
    return path.read_text(encoding='utf-8')


def is_shell_script(path):
    if path.suffix == '.sh':
        return True
    if path.suffix:
        return False
    with open(path, 'rb') as file:
        return re.match(rb'#! ?/(usr/)?bin/(env )?(ba)?sh\b', file.read(40)) is not None


def text_is_clean():
    for path in FILES:
        if path.suffix not in TEXT and not is_shell_script(path):
            continue
        try:
            text = read(path)
        except UnicodeDecodeError as error:
            yield f'{show(path)}: not UTF-8: {error}'
            continue
        if text and not text.endswith('\n'):
            yield f'{show(path)}: no line feed at the end'
        for number, line in enumerate(text.split('\n'), 1):
            if '\t' in line:
                yield f'{show(path)}:{number}: a tab'
            if '\r' in line:
                yield f'{show(path)}:{number}: a carriage return'
            if line.rstrip() != line:
                yield f'{show(path)}:{number}: spaces at the end'


def lines_are_short():
    for path in C_FILES:
        for number, line in enumerate(read(path).split('\n'), 1):
            if len(line) > MAX_COLUMNS:
                yield f'{show(path)}:{number}: {len(line)} columns'


def files_have_headers():
    for path in C_FILES:
        lines = read(path).split('\n') + ['']
        if not re.match(r'/\* ' + re.escape(path.name) + r': \S', lines[0]):
            yield f'{show(path)}:1: should be "/* {path.name}: what it is for"'
        if lines[1] != ' * SPDX-License-Identifier: GPL-3.0-or-later */':
            yield f'{show(path)}:2: should be the licence'
        # A precompiled header is read as a file of its own, in which the compiler warns of a pragma.
        if path.suffix == '.h' and path.parent.name != 'pch' and '#pragma once' not in lines[2:4]:
            yield f'{show(path)}: no #pragma once'
    for path in FILES:
        if path.suffix in ('.py', '.sh') or is_shell_script(path):
            if 'SPDX-License-Identifier: GPL-3.0-or-later' not in read(path)[:1000]:
                yield f'{show(path)}: no licence'


def includes_are_in_order():
    """config.h, the file's own header, the system's, the project's. A file that is a part of a
    type may begin with the type's header instead of one of its own."""
    for path in C_FILES:
        if path.suffix != '.c':
            continue
        includes = re.findall(r'^#include (["<])([^">]+)[">]', read(path), re.M)
        if includes[:1] != [('"', 'config.h')]:
            yield f'{show(path)}: the first include is not config.h'
        if ROOT / 'src' not in path.parents:
            continue
        own = path.with_suffix('.h')
        if own.exists():
            name = own.relative_to(ROOT / 'src').as_posix()
            if includes[1:2] != [('"', name)]:
                yield f'{show(path)}: the second include is not {name}'
        rest = ''.join(mark for mark, name in includes[2:])
        if '"<' in rest:
            yield f'{show(path)}: includes a header of the system behind one of the project'


def find_includes(path):
    """What it includes of the project's own."""
    for name in re.findall(r'^#include "([^"]+)"', read(path), re.M):
        if name != 'config.h' and not name.endswith('-resources.h'):
            yield name


def folders_are_small():
    for folder in sorted({path.parent for path in C_FILES if ROOT / 'src' in path.parents}):
        n = len(list(folder.glob('*.c')))
        if n > MAX_FILES_IN_FOLDER:
            yield f'{show(folder)}: {n} .c files, make a room of some'


def rooms_include_downwards():
    below = set()
    for room, others in MAY_INCLUDE.items():
        for other in sorted(others - below):
            yield f'{room}: {other} does not stand above it in the table of rooms'
        below.add(room)
    for path in SOURCES:
        room = path.parent.relative_to(SRC).as_posix().replace('.', '', 1)
        if room not in MAY_INCLUDE:
            yield f'{show(path)}: {room} is not in the table of rooms'
            continue
        for name in find_includes(path):
            other = os.path.dirname(name)
            if not (SRC / name).exists():
                yield f'{show(path)}: {name} is not a path below src'
            elif other != room and other not in MAY_INCLUDE[room]:
                yield f'{show(path)}: must not include {name}'


def find_circles(arrows):
    """Tarjan's strongly connected components of more than one node."""
    number, lowest, stack, circles = {}, {}, [], []

    def visit(node):
        number[node] = lowest[node] = len(number)
        stack.append(node)
        for other in sorted(arrows[node]):
            if other not in number:
                visit(other)
            if other in stack:
                lowest[node] = min(lowest[node], lowest[other])
        if lowest[node] == number[node]:
            position = stack.index(node)
            if len(stack) - position > 1:
                circles.append(sorted(stack[position:]))
            del stack[position:]

    for node in sorted(arrows):
        if node not in number:
            visit(node)
    return circles


def strip_name(name):
    """A type's .c, .h and -private.h are one."""
    return re.sub(r'(-private)?\.[ch]$', '', name)


def no_circle_of_files():
    includes = {strip_name(path.relative_to(SRC).as_posix()): set() for path in SOURCES}
    for path in SOURCES:
        node = strip_name(path.relative_to(SRC).as_posix())
        includes[node] |= {strip_name(name) for name in find_includes(path)} & includes.keys()
        includes[node].discard(node)
    for circle in find_circles(includes):
        yield f'a circle of includes: {", ".join(circle)}'

    homes, texts = {}, {}
    for path in SOURCES:
        if path.suffix == '.c':
            text = re.sub(r'"(?:[^"\\\n]|\\.)*"|/\*.*?\*/|^#[^\n]*', '', read(path),
                          flags=re.DOTALL | re.MULTILINE)
            texts[show(path)] = text
            for kind, name in re.findall(r'^(\w[^\n]*)\n(wb_\w+) \(', text, re.M):
                if not kind.startswith('static'):
                    homes[name] = show(path)
    calls = {name: {homes[used] for used in re.findall(r'\bwb_\w+', text) if used in homes} - {name}
             for name, text in texts.items()}
    for circle in find_circles(calls):
        yield f'a circle of calls: {", ".join(circle)}'


def without_strings(line):
    return re.sub(r'"(\\.|[^"\\])*"|\'(\\.|[^\'\\])*\'', '""', line)


def loops_around_conditions_have_braces():
    for path in C_FILES:
        lines = read(path).split('\n')
        for number, line in enumerate(lines, 1):
            if ROOT / 'src' not in path.parents or not re.match(r' +(for|while) \(', line):
                continue
            depth = 0
            for end, part in enumerate(lines[number - 1:], number):
                part = without_strings(part)
                depth += part.count('(') - part.count(')')
                if depth == 0:
                    break
            if re.match(r' +if \(', lines[end]):
                yield f'{show(path)}:{number}: a loop around a condition needs braces'


def last_returns_stand_apart():
    """Behind an empty line, with the comment that belongs to them."""
    for path in C_FILES:
        lines = read(path).split('\n')
        for number, line in enumerate(lines):
            if line != '}' or ROOT / 'src' not in path.parents:
                continue
            start = number - 1
            while lines[start].startswith('   '):
                start -= 1
            if not re.match(r'  return\b', lines[start]):
                continue
            before = start - 1
            if lines[before].endswith('*/'):
                while not lines[before].startswith('  /*'):
                    before -= 1
                before -= 1
            if lines[before] not in ('', '{'):
                yield f'{show(path)}:{start + 1}: no empty line before the last return'


def properties_have_the_usual_names():
    """The enumeration begins with "PROP_X = 1" and ends with N_PROPERTIES."""
    for path in C_FILES:
        if ROOT / 'src' not in path.parents:
            continue
        for number, line in enumerate(read(path).split('\n'), 1):
            found = re.search(r'\b(PROP_0|N_PROPS|prop_id)\b|GParamSpec \*(?!properties\b)\w+\[', line)
            if found:
                yield f'{show(path)}:{number}: {found[0]}'


def requests_go_through_the_accounts_client():
    """Which knows where they may go, and whose certificates the account trusts."""
    for path in C_FILES:
        if ROOT / 'src' not in path.parents or path.stem == 'client':
            continue
        for name in re.findall(r'\b(wb_client_new|soup_session_new\w*|g_socket_client_new) \(',
                               read(path)):
            if not (path.is_relative_to(ROOT / 'src/sample') and name == 'soup_session_new'):
                yield f'{show(path)}: calls {name}()'


def only_ui_knows_gtk():
    for path in C_FILES:
        if path.is_relative_to(ROOT / 'src') and not path.is_relative_to(ROOT / 'src/ui'):
            for name in re.findall(r'^#include <((?:gtk|gdk|gsk|adwaita|gtksourceview)[^>]*)>',
                                   read(path), re.M):
                yield f'{show(path)}: includes {name}'


def properties(element):
    return {child.get('name'): child.text for child in element.findall('property')}


def icon_buttons_are_named():
    for path in FILES:
        if path.suffix == '.ui':
            for element in ET.parse(path).getroot().iter('object'):
                values = properties(element)
                if element.get('class') in BUTTONS and 'icon-name' in values:
                    if not {'tooltip-text', 'label'} & values.keys():
                        yield f'{show(path)}: {element.get("id") or "a button"} has no tooltip'


def rows_show_plain_text():
    for path in FILES:
        if path.suffix == '.ui':
            for element in ET.parse(path).getroot().iter():
                kind = element.get('class') if element.tag == 'object' else element.get('parent')
                if kind in ROWS and properties(element).get('use-markup', '') != 'False':
                    yield f'{show(path)}: {element.get("id") or kind} may parse markup'


def is_wrap_rule_kept(path):
    if path.suffix == '.c':
        return path.name == 'wrap.c' or 'gtk_label_set_wrap_mode' not in read(path)
    return all(label.find('attributes/attribute[@name="insert-hyphens"]') is not None
               for label in ET.parse(path).getroot().iter('object')
               if label.get('class') == 'GtkLabel' and 'wrap-mode' in properties(label))


def names_wrap_without_hyphens():
    for path in FILES:
        if 'ui' in path.parts and path.suffix in ('.c', '.ui') and not is_wrap_rule_kept(path):
            yield f'{show(path)}: a label may get a hyphen within a name; see wrap.c'


def sources_are_built():
    for path in C_FILES:
        if path.suffix == '.c' and ROOT / 'src' in path.parents:
            build = path.parent / 'meson.build'
            if not build.exists() or f"'{path.name}'" not in read(build):
                yield f'{show(path)}: not in its meson.build'


def translations_are_listed():
    listed = [line for line in read(ROOT / 'po/POTFILES.in').split('\n')
              if line and not line.startswith('#')]
    if listed != sorted(set(listed)):
        yield 'po/POTFILES.in: not sorted, or with a line twice'
    for name in listed:
        if not (ROOT / name).exists():
            yield f'po/POTFILES.in: there is no {name}'
    for path in FILES:
        if ROOT / 'src' not in path.parents or show(path) in listed:
            continue
        if path.suffix in ('.c', '.h'):
            found = re.search(r'\b(_|N_|C_|NC_|g?n?gettext)\s*\(\s*"', read(path))
        else:
            found = path.suffix == '.ui' and re.search(r'translatable="(yes|true|1)"', read(path))
        if found:
            yield f'{show(path)}: has text to translate and is not in po/POTFILES.in'


def translated_text_is_one_literal():
    for path in C_FILES:
        text = re.sub(r'/\*.*?\*/', '', read(path), flags=re.S)
        for match in re.finditer(r'\bN?_ ?\(\s*(?:"(?:[^"\\]|\\.)*"\s*)+([^\s)"])', text):
            if ROOT / 'src' in path.parents:
                yield f'{show(path)}: {" ".join(match[0].split())[:60]}'


def placeholders_are_explained():
    with tempfile.TemporaryDirectory() as folder:
        target = pathlib.Path(folder, 'waybill.pot')
        result = run('xgettext', '--from-code=UTF-8', '--add-comments=Translators', '--keyword=_',
                     '--keyword=N_', '--keyword=C_:1c,2', '--keyword=g_dngettext:2,3',
                     '--files-from=po/POTFILES.in', f'--directory={ROOT}', f'--output={target}',
                     cwd=ROOT)
        if result.returncode:
            yield from result.stdout.splitlines()
            return
        entries = read(target).replace('"\n"', '').split('\n\n')[1:]
    for entry in entries:
        text = re.search(r'^msgid .*', entry, re.MULTILINE | re.DOTALL)
        if (re.search(r'%[-0-9.$l]*[a-zA-Z]', text[0].replace('%%', ''))
                and '\n#. ' not in f'\n{entry}'):
            place = re.search(r'^#: (\S+)', entry, re.MULTILINE)[1]
            yield f'{place}: a placeholder, and no comment that begins with “Translators:” above it'


def dependencies_have_packages():
    common = read(ROOT / 'build-aux/common.sh')
    for path in FILES:
        if path.name == 'meson.build':
            for name, rest in re.findall(r"dependency\('([^']+)'([^)]*)", read(path)):
                if f"'{name} >= " not in common and 'required: false' not in rest:
                    yield f'{show(path)}: {name} is not in build-aux/common.sh'


def c_is_formatted():
    tool = shutil.which('clang-format')
    if not tool:
        raise Skip('clang-format is not installed')
    version = subprocess.run([tool, '--version'], capture_output=True, text=True, check=True).stdout
    if ' version 14.' not in version:
        raise Skip('.clang-format is written for clang-format 14, others differ in details')
    paths = [path for path in C_FILES if path.suffix == '.c']
    result = subprocess.run([tool, '--dry-run', '-Werror', '--style=file', *map(str, paths)],
                            capture_output=True, text=True)
    for line in result.stderr.splitlines():
        if ': error: ' in line:
            yield line.replace(f'{ROOT}/', '') + ' (run clang-format -i)'
    if result.returncode and not result.stderr:
        yield f'clang-format ended with {result.returncode}'


def shell_is_checked():
    if not shutil.which('shellcheck'):
        raise Skip('shellcheck is not installed')
    scripts = [show(path) for path in FILES if is_shell_script(path)]
    result = subprocess.run(['shellcheck', '-x', '-f', 'gcc', *scripts], cwd=ROOT,
                            capture_output=True, text=True)
    yield from result.stdout.splitlines()
    if result.returncode and not result.stdout:
        yield result.stderr.strip()


def scripts_are_executable():
    for path in FILES:
        if is_shell_script(path) and not path.suffix and not os.access(path, os.X_OK):
            yield f'{show(path)}: not executable'


def documents_lead_to_what_is_there():
    """A link leads to a file or folder. One whose text is a test's path, like `/save/new`, leads to
    the program with that test, which may have the path in two parts; one whose text is a name, like
    `it_opens`, to the script with that check."""
    for path in FILES:
        if path.suffix != '.md':
            continue
        for text, target in re.findall(r'\[([^][]*)\]\(([^)#:\s]+)(?:#[^)]*)?\)', read(path)):
            target = path.parent / target
            if not target.exists():
                yield f'{show(path)}: {text} leads to {target}, which is not there'
            elif re.match(r'`/.*`$', text):
                test, code = text.strip('`'), read(target)
                folder, name = test.rsplit('/', 1)
                if f'"{test}"' not in code and not (
                        f'"{folder}/"' in code and f'"{name}"' in code):
                    yield f'{show(path)}: there is no test {test} in {show(target)}'
            elif target.suffix == '.py' and re.match(r'`\w+`$', text):
                if f'def {text.strip("`")}(' not in read(target):
                    yield f'{show(path)}: there is no {text} in {show(target)}'


RULES = [
    text_is_clean,
    lines_are_short,
    files_have_headers,
    includes_are_in_order,
    folders_are_small,
    rooms_include_downwards,
    no_circle_of_files,
    loops_around_conditions_have_braces,
    last_returns_stand_apart,
    properties_have_the_usual_names,
    requests_go_through_the_accounts_client,
    only_ui_knows_gtk,
    icon_buttons_are_named,
    rows_show_plain_text,
    names_wrap_without_hyphens,
    sources_are_built,
    translations_are_listed,
    translated_text_is_one_literal,
    placeholders_are_explained,
    dependencies_have_packages,
    c_is_formatted,
    shell_is_checked,
    scripts_are_executable,
    documents_lead_to_what_is_there,
]


if __name__ == '__main__':
    sys.exit(report(RULES))
