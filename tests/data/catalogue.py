# catalogue.py: a message catalogue, and what is wrong with its translations
# SPDX-License-Identifier: GPL-3.0-or-later
"""What msgfmt does not look at: it knows C's placeholders, the others are here."""

import collections
import gettext
import json
import re

# What a translation has to keep as it is.
KEPT = re.compile(r'\{\w+\}'                              # of a template for file names
                  r'|(?<![\w-])--[a-z][a-z-]*'            # options
                  r'|\b[A-Z][A-Z0-9]+_[A-Z0-9_]*'         # variables of the environment
                  r'|https?://[\w./-]+'
                  r'|</?\w+[^>]*>|&\w+;')                 # markup
ELLIPSIS = re.compile(r'(?<!=)…(?:\(_\w\))?$')

Message = collections.namedtuple('Message', 'context id plural texts flags')


def read_string(lines):
    return ''.join(json.loads(line) for line in lines)


def read_catalogue(text):
    """The messages of a .po or .pot file, the header first; those that are obsolete are left
    out."""
    messages = []
    for block in re.split(r'\n\s*\n', text.strip()):
        flags, parts, key = set(), {}, None
        for line in block.split('\n'):
            if line.startswith('#,'):
                flags |= {flag.strip() for flag in line[2:].split(',')}
            match = re.match(r'(msg\w+(?:\[\d+\])?)\s+(".*")$', line)
            if match:
                key = match[1]
                parts[key] = [match[2]]
            elif line.startswith('"'):
                parts[key].append(line)
        if 'msgid' in parts:
            strings = {name: read_string(lines) for name, lines in parts.items()}
            texts = [strings[name] for name in strings if name.startswith('msgstr')]
            messages.append(Message(strings.get('msgctxt'), strings['msgid'],
                                    strings.get('msgid_plural'), texts, flags))
    return messages


def find_plural_rule(header):
    """How many forms there are, and which one a number takes."""
    match = re.search(r'nplurals\s*=\s*(\d+)\s*;\s*plural\s*=\s*([^;\n]+)', header)
    return (int(match[1]), gettext.c2py(match[2])) if match else None


def is_same_rule(one, other):
    return (one is not None and other is not None and one[0] == other[0]
            and all(one[1](n) == other[1](n) for n in range(300)))


def kept(text):
    return collections.Counter(KEPT.findall(text))


def edge(text, which):
    return re.search(r'^\s*' if which == 0 else r'\s*$', text)[0]


def has_edges(text, original):
    """A Chinese mark at the end is as wide as a mark with a space."""
    ends = {edge(original, 1)} | ({''} if re.search('[，、：。；]$', text) else set())
    return edge(text, 0) == edge(original, 0) and edge(text, 1) in ends


def examine_text(message, text):
    originals = [message.id] + ([message.plural] if message.plural is not None else [])
    if not text.strip():
        yield 'has no translation'
        return
    if all(kept(original) != kept(text) for original in originals):
        yield f'keeps {sorted(kept(text))}, not {sorted(kept(originals[-1]))}'
    if not has_edges(text, message.id):
        yield 'has other spaces or line breaks at an end'
    if bool(ELLIPSIS.search(message.id)) != bool(ELLIPSIS.search(text)):
        yield 'has another end: one of both ends with an ellipsis'


def examine(messages, expected_rule):
    """Yields what is wrong in the messages of a language, whose rule for plurals is known."""
    rule = find_plural_rule(messages[0].texts[0])
    if not is_same_rule(rule, expected_rule):
        yield 'the header has another rule for plural forms than the language'
    for message in messages[1:]:
        name = json.dumps(message.id, ensure_ascii=False)[:70]
        if 'fuzzy' in message.flags:
            yield f'{name} is fuzzy'
        forms = rule[0] if rule is not None and message.plural is not None else 1
        if len(message.texts) != forms:
            yield f'{name} has {len(message.texts)} forms, not {forms}'
        for text in message.texts:
            for complaint in examine_text(message, text):
                yield f'{name} {complaint}: {text[:70]}'
