# translations.py SOURCE-ROOT: the template is current and every language is complete, as TAP
# SPDX-License-Identifier: GPL-3.0-or-later
import os
import pathlib
import re
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent))
from checks import report, run  # noqa: E402

ROOT = pathlib.Path(sys.argv[1]).resolve()
UPDATE = 'run "meson compile waybill-pot" and "meson compile waybill-update-po"'


def languages():
    return (ROOT / 'po/LINGUAS').read_text(encoding='utf-8').split()


def messages(path):
    """Context, text and plural of each message of a template."""
    text = path.read_text(encoding='utf-8').replace('"\n"', '')
    found = set()
    for entry in text.split('\n\n')[1:]:
        lines = [line for line in entry.strip().split('\n')
                 if re.match(r'msg(ctxt|id|id_plural) ', line)]
        if lines:
            found.add('\n'.join(lines))
    return found


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
    for entry in sorted(fresh ^ stored):
        yield ('missing: ' if entry in fresh else 'stale: ') + entry.replace('\n', ' ')
    if fresh != stored:
        yield UPDATE


def languages_are_complete():
    if 'de' not in languages():
        yield 'there is no German'
    for language in languages():
        result = run('msgfmt', '--check', '--statistics', f'--output-file={os.devnull}',
                     str(ROOT / f'po/{language}.po'), env={**os.environ, 'LC_ALL': 'C'})
        if result.returncode or not re.fullmatch(r'\d+ translated messages?\.',
                                                 result.stdout.strip()):
            yield from (f'{language}: {line}' for line in result.stdout.splitlines())


def languages_have_every_message():
    template = ROOT / 'po/waybill.pot'
    for language in languages():
        result = run('msgcmp', str(ROOT / f'po/{language}.po'), str(template))
        if result.returncode:
            yield from (f'{language}: {line}' for line in result.stdout.splitlines()[:20])


if __name__ == '__main__':
    sys.exit(report([
        template_is_current,
        languages_are_complete,
        languages_have_every_message,
    ]))
