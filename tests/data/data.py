# data.py SOURCE-ROOT BUILD-ROOT VERSION: what the desktop is told about the program, as TAP
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files that are generated are looked at as they will be installed."""

import configparser
import pathlib
import re
import struct
import sys
import tempfile
import xml.etree.ElementTree as ET

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent))
from checks import Skip, complaints, report, run  # noqa: E402

try:
    import yaml
except ImportError:
    yaml = None

ROOT = pathlib.Path(sys.argv[1]).resolve()
BUILD = pathlib.Path(sys.argv[2]).resolve()
VERSION = sys.argv[3]
APP_ID = 'io.github.waybill.Waybill'
LANG = '{http://www.w3.org/XML/1998/namespace}lang'

# appstreamcli 0.16 does not know <developer>, which 1.0 asks for, and says so as a mere info.
KNOWN_INFOS = {'unknown-tag developer'}
FINISH_ARGS = [
    '--share=network',
    '--share=ipc',
    '--socket=fallback-x11',
    '--socket=wayland',
    '--device=dri',
]
ICONS = {
    f'data/icons/hicolor/scalable/apps/{APP_ID}.svg': '0 0 128 128',
    f'data/icons/hicolor/symbolic/apps/{APP_ID}-symbolic.svg': '0 0 16 16',
}
# A window of 1000 × 700 with its shadow.
MAX_SCREENSHOT = (1122, 822)


def desktop_file():
    parser = configparser.ConfigParser(interpolation=None, delimiters='=')
    parser.optionxform = str
    parser.read(BUILD / f'data/{APP_ID}.desktop', encoding='utf-8')
    return parser


def metainfo():
    return ET.parse(BUILD / f'data/{APP_ID}.metainfo.xml').getroot()


def untranslated(parent, path):
    return [element for element in parent.findall(path) if LANG not in element.attrib]


def words(element):
    return ' '.join(''.join(element.itertext()).split())


def desktop_entry_is_valid():
    yield from complaints(run('desktop-file-validate', str(BUILD / f'data/{APP_ID}.desktop')))


def desktop_entry_says_what_it_should():
    expected = {
        'Name': 'Waybill',
        'Icon': APP_ID,
        'Exec': 'waybill %U',
        'MimeType': 'application/zip;',
        'DBusActivatable': 'true',
        'StartupNotify': 'true',
        'Actions': 'export-default;',
    }
    entry = desktop_file()['Desktop Entry']
    for key, value in expected.items():
        if entry.get(key) != value:
            yield f'{key} is {entry.get(key)}, not {value}'
    action = desktop_file()['Desktop Action export-default']
    if action.get('Exec') != f'gapplication action {APP_ID} export-default':
        yield f'the action runs {action.get("Exec")}'


def bus_service_starts_the_window():
    parser = configparser.ConfigParser()
    parser.read(BUILD / f'data/{APP_ID}.service', encoding='utf-8')
    service = parser['D-BUS Service']
    if service['Name'] != APP_ID:
        yield f'Name is {service["Name"]}'
    if not re.fullmatch(r'/\S*/bin/waybill --gapplication-service', service['Exec']):
        yield f'Exec is {service["Exec"]}'


def schema_is_valid():
    yield from complaints(run('glib-compile-schemas', '--strict', '--dry-run', str(ROOT / 'data')))
    schema = ET.parse(ROOT / f'data/{APP_ID}.gschema.xml').getroot().find('schema')
    if (schema.get('id'), schema.get('path')) != (APP_ID, f'/{APP_ID.replace(".", "/")}/'):
        yield f'id and path are {schema.get("id")}, {schema.get("path")}'
    for key in schema.findall('key'):
        if key.find('summary') is None:
            yield f'{key.get("name")} has no summary'


def xml_is_well_formed():
    for folder in ('data', 'src'):
        for path in sorted((ROOT / folder).rglob('*')):
            if path.suffix in ('.ui', '.svg', '.xml') or path.name.endswith('.xml.in'):
                try:
                    ET.parse(path)
                except ET.ParseError as error:
                    yield f'{path.relative_to(ROOT)}: {error}'


def metainfo_is_valid():
    result = run('appstreamcli', 'validate', '--no-net', '--no-color',
                 str(BUILD / f'data/{APP_ID}.metainfo.xml'))
    for line in result.stdout.splitlines():
        match = re.match(r'([EWI]): [^:]+:(?:\d+:)? *(.*)', line)
        if match and not (match[1] == 'I' and match[2].strip() in KNOWN_INFOS):
            yield line
    if result.returncode:
        yield f'appstreamcli ended with {result.returncode}: {result.stdout.strip()[-200:]}'


def ids_agree():
    root = metainfo()
    found = {
        'metainfo': root.findtext('id'),
        'launchable': root.findtext('launchable').removesuffix('.desktop'),
        'desktop icon': desktop_file()['Desktop Entry']['Icon'],
        'manifest': re.search(r'^id: (.*)$', (ROOT / f'flatpak/{APP_ID}.yml').read_text(), re.M)[1],
        'config.h': re.search(r'APP_ID "(.*)"', (BUILD / 'config.h').read_text())[1],
    }
    for place, name in found.items():
        if name != APP_ID:
            yield f'{place}: {name}'


def name_is_short_and_only_a_name():
    name = untranslated(metainfo(), 'name')[0].text
    if not re.fullmatch('[A-Z][a-z]{1,14}', name):
        yield f'not one short word: {name}'
    if name != desktop_file()['Desktop Entry']['Name']:
        yield 'differs from the desktop entry'
    if metainfo().find('name').get('translate') != 'no':
        yield 'may be translated'


def summary_is_short_and_plain():
    root = metainfo()
    summary = words(untranslated(root, 'summary')[0])
    if not 10 <= len(summary) <= 35:
        yield f'{len(summary)} characters'
    if summary.endswith('.') or summary.lower().startswith(('a ', 'an ', 'the ')):
        yield f'no full stop, no article: {summary}'
    if re.search(r'waybill|gtk|gnome|\b(app|tool|client|program)\b', summary, re.I):
        yield f'says what it should not: {summary}'
    if summary != desktop_file()['Desktop Entry']['Comment']:
        yield 'differs from the desktop entry'
    for element in root.findall('summary'):
        if len(words(element)) > 35:
            yield f'{element.get(LANG)}: {len(words(element))} characters'


def description_is_honest_and_short():
    description = untranslated(metainfo(), 'description')[0]
    paragraphs = [words(element) for element in untranslated(description, 'p')]
    if not 80 <= len(paragraphs[0]):
        yield 'the first paragraph is too short'
    if sum(map(len, paragraphs)) > 6 * 80:
        yield f'{sum(map(len, paragraphs))} characters of prose'
    if len(untranslated(description, 'ul/li')) > 10:
        yield 'the list is too long'
    if 'unofficial' not in ' '.join(paragraphs):
        yield 'does not say that the program is unofficial'


def releases_have_notes():
    releases = metainfo().findall('releases/release')
    dates = [release.get('date') for release in releases]
    if releases[0].get('version') != VERSION:
        yield f'the newest is {releases[0].get("version")}, the project says {VERSION}'
    if dates != sorted(dates, reverse=True):
        yield 'not newest first'
    for release in releases:
        notes = release.find('description')
        sentences = re.findall(r'[.!](?:\s|$)', words(notes)) if notes is not None else []
        if not 2 <= len(sentences) <= 3:
            yield f'{release.get("version")}: {len(sentences)} sentences of notes'
        if re.search(r'bug fix|performance improvement', words(notes), re.I):
            yield f'{release.get("version")}: says nothing about what is new'


def age_rating_is_said():
    rating = metainfo().find('content_rating')
    if rating.get('type') != 'oars-1.1' or len(rating):
        yield f'{rating.get("type")}, with {len(rating)} entries'


def brand_colours_are_there():
    schemes = [color.get('scheme_preference') for color in metainfo().findall('branding/color')
               if color.get('type') == 'primary' and re.fullmatch('#[0-9a-f]{6}', color.text)]
    if sorted(schemes) != ['dark', 'light']:
        yield f'primary colours for {schemes}'


def luminance(color):
    parts = [int(color[i:i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4
              for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def marks_can_be_read():
    fields = (ROOT / 'src/core/accounts/account-fields.c').read_text(encoding='utf-8')
    style = (ROOT / 'src/ui/style.css').read_text(encoding='utf-8')
    colors = re.findall(r'"(\w+)"', re.search(r'colors\[\] = {(.*?)}', fields, re.S).group(1))
    looks = {name: (luminance(back), luminance(front)) for name, back, front in re.findall(
        r'\.mark\.(\w+) {\s*background-color: (#\w{6});\s*color: (#\w{6});', style)}
    if sorted(looks) != sorted(colors):
        yield f'accounts have {colors}, the style has {sorted(looks)}'
    for name, pair in looks.items():
        contrast = (max(pair) + 0.05) / (min(pair) + 0.05)
        if contrast < 4.5:
            yield f'the contrast of {name} is {contrast:.1f}'


def png_size(path):
    with open(path, 'rb') as file:
        head = file.read(24)
    if head[:8] != b'\x89PNG\r\n\x1a\n':
        return None
    return struct.unpack('>II', head[16:24])


def screenshots_are_there():
    shots = metainfo().findall('screenshots/screenshot')
    if [shot.get('type') for shot in shots].count('default') != 1:
        yield 'there should be one default screenshot'
    if not 3 <= len(shots) <= 6 or shots[0].get('type') != 'default':
        yield f'{len(shots)} screenshots; the default one should be the first'
    for shot in shots:
        if shot.find('image').get(LANG) is not None:
            yield 'a picture in English is tagged'
        caption = words(untranslated(shot, 'caption')[0])
        if caption.endswith('.') or len(caption) > 100:
            yield f'one short sentence without a full stop: {caption}'
    if not (ROOT / 'data/screenshots').exists():
        raise Skip('none taken yet')
    for shot in shots:
        url = shot.findtext('image')
        match = re.fullmatch(rf'https://\S+/v{re.escape(VERSION)}/(data/screenshots/\S+\.png)', url)
        if not match:
            yield f'{url} does not belong to version {VERSION}'
            continue
        path = ROOT / match[1]
        size = png_size(path) if path.exists() else None
        if not size:
            yield f'{match[1]} is not a PNG file'
        elif size[0] > MAX_SCREENSHOT[0] or size[1] > MAX_SCREENSHOT[1]:
            yield f'{match[1]}: {size[0]} × {size[1]}'


def icons_are_simple():
    for name, box in ICONS.items():
        root = ET.parse(ROOT / name).getroot()
        if root.get('viewBox') != box:
            yield f'{name}: drawn on {root.get("viewBox")}'
        for element in root.iter():
            tag = element.tag.rpartition('}')[2]
            if tag in ('image', 'filter', 'text', 'script', 'style'):
                yield f'{name}: has <{tag}>'
        if 'symbolic' in name:
            colours = {element.get('fill') for element in root.iter() if element.get('fill')}
            if len(colours) != 1:
                yield f'{name}: {len(colours)} colours'


def manifest_asks_for_little():
    if yaml is None:
        raise Skip('python3-yaml is not installed')
    manifest = yaml.safe_load((ROOT / f'flatpak/{APP_ID}.yml').read_text(encoding='utf-8'))
    expected = {
        'id': APP_ID,
        'runtime': 'org.gnome.Platform',
        'runtime-version': '51',
        'sdk': 'org.gnome.Sdk',
        'command': 'waybill',
        'finish-args': FINISH_ARGS,
    }
    for key, value in expected.items():
        if manifest.get(key) != value:
            yield f'{key} is {manifest.get(key)}'
    for key in manifest.keys() - expected.keys() - {'modules'}:
        yield f'{key} is not expected'
    *needed, module = manifest['modules']
    # The stand-in runtime of the Flatpak's test has libyaml.
    has_yaml = (ROOT / 'flatpak/stand-in').exists()
    if [other['name'] for other in needed] != ([] if has_yaml else ['libyaml']):
        yield 'other modules than are needed'
    for source in (source for other in needed for source in other['sources']):
        if source['type'] != 'archive' or len(source.get('sha256', '')) != 64:
            yield f'a source is not pinned: {source}'
    if module['buildsystem'] != 'meson' or module.get('build-options'):
        yield 'the module is not built plainly with Meson'
    source = module['sources'][0]
    if (source['type'], source['path'], len(module['sources'])) != ('dir', '..', 1):
        yield f'the module is not built from this checkout: {module["sources"]}'


def quality_sheet_names_real_checks():
    sheet = (ROOT / 'flatpak/QUALITY.md').read_text(encoding='utf-8')
    checks = set()
    for folder in ('data', 'flatpak'):
        for path in (ROOT / 'tests' / folder).glob('*.py'):
            checks.update(re.findall(r'^def (\w+)', path.read_text(encoding='utf-8'), re.M))
    for name in sorted(set(re.findall(r'`([a-z]+(?:_[a-z]+)+)`', sheet)) - checks):
        yield f'there is no check {name}'
    marks = re.findall(r'^\| \d+ \|[^|]*\| (✔|open) \|', sheet, re.M)
    if f'**{marks.count("✔")} met, {marks.count("open")} open**' not in sheet or len(marks) != 36:
        yield f'{marks.count("✔")} of {len(marks)} are marked as met'


def manifest_is_known_to_flatpak_builder():
    with tempfile.TemporaryDirectory() as folder:
        result = run('flatpak-builder', '--show-manifest', str(ROOT / f'flatpak/{APP_ID}.yml'),
                     cwd=folder)
    if result.returncode or 'nknown property' in result.stdout:
        yield from result.stdout.splitlines()[:20]


CHECKS = [
    desktop_entry_is_valid,
    desktop_entry_says_what_it_should,
    bus_service_starts_the_window,
    schema_is_valid,
    xml_is_well_formed,
    metainfo_is_valid,
    ids_agree,
    name_is_short_and_only_a_name,
    summary_is_short_and_plain,
    description_is_honest_and_short,
    releases_have_notes,
    age_rating_is_said,
    brand_colours_are_there,
    marks_can_be_read,
    screenshots_are_there,
    icons_are_simple,
    manifest_asks_for_little,
    quality_sheet_names_real_checks,
    manifest_is_known_to_flatpak_builder,
]


if __name__ == '__main__':
    sys.exit(report(CHECKS))
