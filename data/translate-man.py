# translate-man.py PAGE CATALOGUE TARGET: a manual page with its summary in another language
# SPDX-License-Identifier: GPL-3.0-or-later
"""What apropos and whatis show is the line behind NAME. Its words are those of the desktop entry."""

import gettext
import io
import pathlib
import re
import subprocess
import sys

page, catalogue, target = map(pathlib.Path, sys.argv[1:])

compiled = subprocess.run(['msgfmt', '--output-file=-', catalogue], check=True,
                          stdout=subprocess.PIPE).stdout
translation = gettext.GNUTranslations(io.BytesIO(compiled))


def translate(match):
    summary = match[2][0].upper() + match[2][1:]
    text = translation.gettext(summary)
    return match[1] + (match[2] if text == summary else text.replace('\\', '\\e'))


target.write_text(re.sub(r'(\.SH NAME\n\S+ \\- )(.*)', translate,
                         page.read_text(encoding='utf-8'), count=1), encoding='utf-8')
