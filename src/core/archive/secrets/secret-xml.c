/* secret-xml.c: secrets in XML: elements, and names and values side by side
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/secrets/secret-xml.h"

#include <string.h>

#include "core/archive/secrets/secret-parts.h"

/* Not a parser: what is looked at may be cut off, or only look like XML. A text belongs to the tag
 * in front of it; a name and a value belong together if no other name stands between them. */

typedef struct
{
  const char  *string;
  GArray      *parts;
  WbKeyVerdict named;         /* by the last `<name>` */
  gboolean     cdata_is_open; /* the last section has no end, so none has */
  WbSpan       value;         /* of the last `<value>`, which waits for its name */
} Reader;

static void
add (Reader      *self,
     WbKeyVerdict verdict,
     WbSpan       text)
{
  wb_secret_parts_add_value (self->parts, self->string, text, verdict);
}

static gboolean
is_name (const char *string,
         WbSpan      name,
         const char *expected)
{
  return name.end - name.start == strlen (expected)
         && g_ascii_strncasecmp (string + name.start, expected, strlen (expected)) == 0;
}

/* `<name>x</name><value>y</value>` in either order; each pair is in an element of its own. In a
 * property list all are in one, and the value is a `<string>` behind its key. */
static void
read_pair (Reader *self,
           WbSpan  name,
           WbSpan  text)
{
  const char *string = self->string;

  if (is_name (string, name, "name") || is_name (string, name, "key"))
    {
      self->named = wb_secret_key_judge (string + text.start, text.end - text.start);
      add (self, self->named, self->value);
      self->value = (WbSpan){ 0 };
    }
  else if (is_name (string, name, "value"))
    {
      add (self, self->named, text);
      self->value = text;
    }
  else if (is_name (string, name, "string"))
    add (self, self->named, text);
}

/* `<entry key="db.password">x</entry>` */
static WbKeyVerdict
judge_attributes (const char *string,
                  WbSpan      tag)
{
  static const char *const names[] = { " key=", " name=" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      gsize       n = strlen (names[i]);
      const char *found = memmem (string + tag.start, tag.end - tag.start, names[i], n);
      const char *end = string + tag.end;
      const char *closing;

      if (found == NULL || found + n + 1 >= end)
        continue;
      found += n;
      closing = memchr (found + 1, *found, (gsize) (end - found) - 1);
      if ((*found == '"' || *found == '\'') && closing != NULL)
        return wb_secret_key_judge (found + 1, (gsize) (closing - found) - 1);
    }

  return WB_KEY_PLAIN;
}

static void
read_element (Reader *self,
              WbSpan  tag,
              WbSpan  text)
{
  const char  *string = self->string;
  WbSpan       name = { tag.start, tag.start };
  const char  *colon;
  WbKeyVerdict named;

  /* A pair ends with the element that it is in. */
  if (string[tag.start] == '/')
    {
      if (!is_name (string, (WbSpan){ tag.start + 1, tag.end }, "name")
          && !is_name (string, (WbSpan){ tag.start + 1, tag.end }, "key")
          && !is_name (string, (WbSpan){ tag.start + 1, tag.end }, "value"))
        {
          self->named = WB_KEY_PLAIN;
          self->value = (WbSpan){ 0 };
        }
      return;
    }

  while (name.end < tag.end && string[name.end] != ' ' && string[name.end] != '\n')
    name.end++;
  colon = memrchr (string + name.start, ':', name.end - name.start);
  if (colon != NULL)
    name.start = (gsize) (colon - string) + 1;
  read_pair (self, name, text);
  add (self, wb_secret_key_judge (string + name.start, name.end - name.start), text);
  named = judge_attributes (string, tag);
  add (self, named, text);
  /* Spring has the value in an element of its own: `<property name="password"><value>x</value>`. */
  if (named != WB_KEY_PLAIN)
    self->named = named;
}

/* The text behind a tag, without its CDATA section's marks. */
static WbSpan
get_text (Reader     *self,
          gsize       from,
          gsize       length,
          const char *open)
{
  static const char cdata[] = "<![CDATA[";
  const char       *string = self->string;
  const char       *end = NULL;
  WbSpan            text = { from, length };

  if (length - from > strlen (cdata) && memcmp (string + from, cdata, strlen (cdata)) == 0)
    {
      text.start = from + strlen (cdata);
      if (!self->cdata_is_open)
        end = memmem (string + text.start, length - text.start, "]]>", 3);
      self->cdata_is_open = end == NULL;
    }
  else
    end = memmem (string + from, length - from, open, strlen (open));
  if (end != NULL)
    text.end = (gsize) (end - string);

  return text;
}

static void
find_with (const char *string,
           gsize       length,
           const char *open,
           const char *close,
           GArray     *parts)
{
  Reader self = { .string = string, .parts = parts };
  gsize  i = 0;

  while (i < length)
    {
      const char *found = memmem (string + i, length - i, open, strlen (open));
      WbSpan      tag;
      const char *end;

      if (found == NULL)
        return;
      tag.start = (gsize) (found - string) + strlen (open);
      end = memmem (string + tag.start, length - tag.start, close, strlen (close));
      if (end == NULL)
        return;
      tag.end = (gsize) (end - string);
      i = tag.end + strlen (close);
      if (tag.end > tag.start && (g_ascii_isalpha (string[tag.start]) || string[tag.start] == '/')
          && string[tag.end - 1] != '/')
        read_element (&self, tag, get_text (&self, i, length, open));
    }
}

/**
 * wb_secret_xml_find:
 * @string: any UTF-8
 * @length: how many bytes
 * @parts: (element-type WbSpan): gets the texts of elements that are secrets; attributes are
 *   assignments, which are found as those are
 */
void
wb_secret_xml_find (const char *string,
                    gsize       length,
                    GArray     *parts)
{
  find_with (string, length, "<", ">", parts);
  find_with (string, length, "&lt;", "&gt;", parts);
}
