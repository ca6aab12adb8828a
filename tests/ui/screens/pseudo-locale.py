# pseudo-locale.py TEMPLATE FOLDER STAMP: a language that shows what is too long, or not translated
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each message is kept, for the tests to find, in brackets and with 40 % more behind it: letters
with marks above and below them. LANGUAGE=pseudo shows it."""

import json
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent.parent / 'data'))
from catalogue import read_catalogue  # noqa: E402

MARKED = 'Ŧéẋţ Ấộ Ǻŷ Ễģ '
HEADER = ('Content-Type: text/plain; charset=UTF-8\nLanguage: pseudo\n'
          'Plural-Forms: nplurals=2; plural=(n != 1);\n')

template, folder, stamp = map(pathlib.Path, sys.argv[1:])


def lengthen(text):
    """German, too, has one long word for a short one."""
    length = max(3, int(len(text.strip()) * 0.4))
    more = (MARKED * (length // len(MARKED) + 1))[:length].strip()
    start = text[:len(text) - len(text.lstrip())]
    end = text[len(text.rstrip()):]
    space = ' ' if ' ' in text.strip() else ''
    more = more if space else more.replace(' ', '')
    return f'{start}⟦{text.strip()}{space}{more}⟧{end}'


def quote(text):
    return json.dumps(text, ensure_ascii=False)


def entry(message):
    # Formats of a time are for strftime.
    def show(text):
        return text if '%H' in text else lengthen(text)

    lines = [f'msgctxt {quote(message.context)}'] if message.context is not None else []
    lines.append(f'msgid {quote(message.id)}')
    if message.plural is None:
        lines.append(f'msgstr {quote(show(message.id))}')
    else:
        lines.append(f'msgid_plural {quote(message.plural)}')
        for i, text in enumerate((message.id, message.plural)):
            lines.append(f'msgstr[{i}] {quote(show(text))}')
    return '\n'.join(lines)


messages = read_catalogue(template.read_text(encoding='utf-8'))[1:]
catalogue = '\n\n'.join([f'msgid ""\nmsgstr {json.dumps(HEADER)}'] + [
    entry(message) for message in messages])
target = folder / 'pseudo/LC_MESSAGES'
target.mkdir(parents=True, exist_ok=True)
subprocess.run(['msgfmt', f'--output-file={target / "waybill.mo"}', '-'], check=True,
               input=catalogue.encode())
stamp.touch()
