# translations.py SOURCE-ROOT BUILD-ROOT: every language is complete wherever it is read, as TAP
# SPDX-License-Identifier: GPL-3.0-or-later
import configparser
import os
import pathlib
import re
import sys
import tempfile
import xml.etree.ElementTree as ET

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent))
from checks import Skip, report, run  # noqa: E402
from catalogue import examine, find_plural_rule, read_catalogue  # noqa: E402

ROOT = pathlib.Path(sys.argv[1]).resolve()
BUILD = pathlib.Path(sys.argv[2]).resolve()
APP_ID = 'io.github.waybill.Waybill'
LANG = '{http://www.w3.org/XML/1998/namespace}lang'
UPDATE = 'run "meson compile waybill-pot" and "meson compile waybill-update-po"'
PLAIN = {**os.environ, 'LC_ALL': 'C'}


def languages():
    return (ROOT / 'po/LINGUAS').read_text(encoding='utf-8').split()


def read(name):
    return (ROOT / name).read_text(encoding='utf-8')


def messages(path):
    return {(message.context, message.id, message.plural)
            for message in read_catalogue(path.read_text(encoding='utf-8'))[1:]}


def template_is_current():
    with tempfile.TemporaryDirectory() as folder:
        target = pathlib.Path(folder, 'waybill.pot')
        result = run('xgettext', '--from-code=UTF-8', '--keyword=_', '--keyword=N_',
                     '--keyword=C_:1c,2', '--keyword=NC_:1c,2', '--keyword=g_dngettext:2,3',
                     '--keyword=g_dpgettext2:2c,3', '--files-from=po/POTFILES.in',
                     f'--directory={ROOT}', f'--output={target}', cwd=ROOT)
        if result.returncode:
            yield from result.stdout.splitlines()
            return
        fresh = messages(target)
    stored = messages(ROOT / 'po/waybill.pot')
    for entry in sorted(fresh ^ stored, key=str):
        yield ('missing: ' if entry in fresh else 'stale: ') + repr(entry[1])
    if fresh != stored:
        yield UPDATE


def every_catalogue_is_listed():
    if 'de' not in languages():
        yield 'there is no German'
    found = {path.stem for path in (ROOT / 'po').glob('*.po')}
    for language in sorted(found ^ set(languages())):
        yield f'{language} is only in ' + ('po' if language in found else 'LINGUAS')


# Unicode's rules for languages of which gettext 0.21 has none.
MORE_RULES = {'zh_CN': 'nplurals=1; plural=0;'}


def dup_rule(language):
    """What gettext itself knows of a language's plural forms."""
    if language in MORE_RULES:
        return find_plural_rule(MORE_RULES[language])
    with tempfile.TemporaryDirectory() as folder:
        target = pathlib.Path(folder, 'new.po')
        result = run('msginit', '--no-translator', f'--locale={language}',
                     f'--input={ROOT / "po/waybill.pot"}', f'--output-file={target}', env=PLAIN)
        if result.returncode:
            raise Skip(result.stdout.strip())
        return find_plural_rule(target.read_text(encoding='utf-8'))


def check_with_gettext(path):
    """C's placeholders, plural forms and line breaks; keys for menus; nothing is left out."""
    for command in (['msgfmt', '--check', '--check-accelerators=_', f'--output-file={os.devnull}',
                     str(path)], ['msgcmp', str(path), str(ROOT / 'po/waybill.pot')]):
        result = run(*command, env=PLAIN)
        if result.returncode:
            yield from result.stdout.splitlines()[:20]


def examine_language(language, path):
    yield from check_with_gettext(path)
    yield from examine(read_catalogue(path.read_text(encoding='utf-8')), dup_rule(language))


def languages_are_complete():
    for language in languages():
        for complaint in examine_language(language, ROOT / f'po/{language}.po'):
            yield f'{language}: {complaint}'


# What a catalogue can have wrong: a name, what stands in German, and what stands there instead.
HEADER = 'nplurals=2; plural=(n != 1);'
SAMPLE = '''msgid ""
msgstr ""
"Language: de\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "Open…"
msgstr "Öffnen …"

#, c-format
msgid "%s of %u, with {account} and --if-changed\\n"
msgstr "%2$u mit %1$s, dazu {account} und --if-changed\\n"

#, c-format
msgid "%u file"
msgid_plural "%u files"
msgstr[0] "%u Datei"
msgstr[1] "%u Dateien"

msgid "set in WAYBILL_PASSWORD "
msgstr "steht in WAYBILL_PASSWORD "
'''
FAULTS = [
    ('no translation', '"Öffnen …"', '""'),
    ('fuzzy', '\nmsgid "Open…"', '\n#, fuzzy\nmsgid "Open…"'),
    ('another placeholder', '"%2$u mit %1$s', '"%2$s mit %1$s'),
    ('a placeholder is missing', '"%2$u mit %1$s', '"mit %1$s'),
    ('placeholders in another order', '"%2$u mit %1$s', '"%u mit %s'),
    ('another brace', 'dazu {account}', 'dazu {konto}'),
    ('a brace is missing', 'dazu {account}', 'dazu'),
    ('another option', 'und --if-changed', 'und --wenn-anders'),
    ('another variable', 'steht in WAYBILL_PASSWORD', 'steht in WAYBILL_PASSWORT'),
    ('no line break at the end', 'und --if-changed\\n', 'und --if-changed'),
    ('no space at the end', 'steht in WAYBILL_PASSWORD "', 'steht in WAYBILL_PASSWORD"'),
    ('a line break at the start', '"Öffnen …"', '"\\nÖffnen …"'),
    ('a plural form is missing', 'msgstr[1] "%u Dateien"\n', ''),
    ('an empty plural form', 'msgstr[1] "%u Dateien"', 'msgstr[1] ""'),
    ('a plural form too many', 'msgstr[1] "%u Dateien"',
     'msgstr[1] "%u Dateien"\nmsgstr[2] "%u Dateien"'),
    ('one form for all', HEADER, 'nplurals=1; plural=0;'),
    ('a rule of another language', HEADER, 'nplurals=2; plural=(n > 1);'),
    ('no rule', '"Plural-Forms: ' + HEADER + '\\n"\n', ''),
    ('the ellipsis is missing', '"Öffnen …"', '"Öffnen"'),
]


def every_fault_is_found():
    rule = dup_rule('de')
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, 'de.po')

        def find(text):
            path.write_text(text, encoding='utf-8')
            result = run('msgfmt', '--check-format', f'--output-file={os.devnull}', str(path),
                         env=PLAIN)
            return (result.stdout.splitlines() if result.returncode else []) + list(
                examine(read_catalogue(text), rule))

        yield from (f'nothing is wrong, but: {complaint}' for complaint in find(SAMPLE))
        for name, right, wrong in FAULTS:
            if right not in SAMPLE:
                yield f'{name}: the sample has no {right}'
            elif not find(SAMPLE.replace(right, wrong)):
                yield f'{name} is not found'


def desktop_entry_is_translated():
    path = BUILD / f'data/{APP_ID}.desktop'
    if not path.exists():
        raise Skip('built without the window')
    parser = configparser.ConfigParser(interpolation=None, delimiters='=')
    parser.optionxform = str
    parser.read(path, encoding='utf-8')
    for language in languages():
        for section, key in (('Desktop Entry', 'Comment'), ('Desktop Entry', 'Keywords'),
                             ('Desktop Action export-default', 'Name')):
            if f'{key}[{language}]' not in parser[section]:
                yield f'{language}: {key} of {section} is missing'
            elif key == 'Keywords' and not parser[section][f'{key}[{language}]'].endswith(';'):
                yield f'{language}: the last of the keywords has no semicolon'


def find_texts(element):
    """The elements whose texts a catalogue shows, in order, each with its language."""
    if element.get('translate') == 'no':
        return
    if element.tag in ('summary', 'caption', 'p', 'li'):
        yield element.tag, element.get(LANG)
    for child in element:
        yield from find_texts(child)


def metainfo_is_translated():
    path = BUILD / f'data/{APP_ID}.metainfo.xml'
    if not path.exists():
        raise Skip('built without the window')
    texts = list(find_texts(ET.parse(path).getroot()))
    expected = [tag for tag, language in texts if language is None]
    for language in languages():
        found = [tag for tag, other in texts if other == language]
        if found != expected:
            yield f'{language}: {len(found)} of {len(expected)} texts'


def manual_pages_have_summaries():
    for name in ('waybill.1', 'waybill-cli.1'):
        original = re.search(r'^\.SH NAME\n(.*)$', read(f'data/{name}'), re.M)[1]
        for language in languages():
            path = BUILD / f'data/{name[:-2]}.{language}.1'
            if not path.exists():
                if name == 'waybill.1' and not (BUILD / f'data/{APP_ID}.desktop').exists():
                    continue
                yield f'{path.name} is missing'
                continue
            summary = re.search(r'^\.SH NAME\n(.*)$', path.read_text(encoding='utf-8'), re.M)[1]
            if summary == original:
                yield f'{path.name}: the summary is in English'


if __name__ == '__main__':
    sys.exit(report([
        template_is_current,
        every_catalogue_is_listed,
        languages_are_complete,
        every_fault_is_found,
        desktop_entry_is_translated,
        metainfo_is_translated,
        manual_pages_have_summaries,
    ]))
