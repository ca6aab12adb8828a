/* waybill-note-read.c: WAYBILL.json, read
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/rebuilt/waybill-note.h"

#include <string.h>

#include "core/archive/rebuilt/reply.h"
#include "core/text.h"

static char *
dup_string (WbConnectionJson *self,
            guint             value,
            gsize            *length)
{
  const WbJsonValue *string = wb_reply_get (self, value);

  return wb_json_unescape (self->text, string->start, string->end, length);
}

/* An object's member of that type; 0 if there is none, or more than one. */
static guint
find_member (WbConnectionJson *self,
             guint             object,
             const char       *key,
             WbJsonType        type)
{
  guint found = 0;

  for (guint i = wb_reply_next_child (self, object, object); i != 0;
       i = wb_reply_next_child (self, object, i))
    {
      gsize            length;
      g_autofree char *spelled = wb_reply_dup_key (self, i, &length);

      if (length != strlen (key) || memcmp (spelled, key, length) != 0)
        continue;
      if (found != 0 || wb_reply_get (self, i)->type != type)
        return 0;
      found = i;
    }

  return found;
}

static gboolean
says (WbConnectionJson *self,
      guint             value,
      const char       *expected)
{
  gsize            length;
  g_autofree char *string = value != 0 ? dup_string (self, value, &length) : NULL;

  if (string == NULL)
    return FALSE;

  return length == strlen (expected) && memcmp (string, expected, length) == 0;
}

static gboolean
read_source (WbConnectionJson *self,
             WbSource         *source)
{
  guint value = find_member (self, 0, "source", WB_JSON_STRING);

  for (*source = WB_SOURCE_LIST; *source < WB_N_SOURCES; *source = (WbSource) (*source + 1))
    {
      if (says (self, value, wb_source_to_string (*source)))
        return TRUE;
    }

  return FALSE;
}

static char *
dup_escaped (WbConnectionJson *self,
             guint             value)
{
  gsize            length;
  g_autofree char *string = dup_string (self, value, &length);

  return wb_text_escape (string, (gssize) length);
}

static void
missing_free (WbMissingPassword *self)
{
  g_free (self->path);
  g_free (self->name);
  g_strfreev (self->settings);
  g_free (self);
}

static WbMissingPassword *
read_missing (WbConnectionJson *self,
              guint             object)
{
  guint file, connection, settings;
  g_autoptr (GPtrArray) texts = NULL;
  WbMissingPassword *missing;

  if (wb_reply_get (self, object)->type != WB_JSON_OBJECT)
    return NULL;
  file = find_member (self, object, "file", WB_JSON_STRING);
  connection = find_member (self, object, "connection", WB_JSON_STRING);
  settings = find_member (self, object, "settings", WB_JSON_ARRAY);
  if (file == 0 || connection == 0 || settings == 0)
    return NULL;

  texts = g_ptr_array_new_with_free_func (g_free);
  for (guint i = wb_reply_next_child (self, settings, settings); i != 0;
       i = wb_reply_next_child (self, settings, i))
    {
      if (wb_reply_get (self, i)->type != WB_JSON_STRING)
        return NULL;
      g_ptr_array_add (texts, dup_escaped (self, i));
    }
  g_ptr_array_add (texts, NULL);

  missing = g_new0 (WbMissingPassword, 1);
  missing->path = dup_string (self, file, NULL);
  missing->name = dup_escaped (self, connection);
  missing->settings = (char **) g_ptr_array_steal (texts, NULL);

  return missing;
}

static int
compare_missing (const void *a,
                 const void *b)
{
  const WbMissingPassword *x = *(const WbMissingPassword *const *) a;
  const WbMissingPassword *y = *(const WbMissingPassword *const *) b;

  return strcmp (x->path, y->path);
}

/**
 * wb_waybill_note_read:
 * @bytes: a file's contents, of any kind
 * @length: how many
 *
 * Takes nothing but what wb_waybill_note_write() has written, as it is or in a redacted copy, and
 * what a later version of it adds.
 *
 * Returns: (transfer full) (nullable): what it says, or %NULL if it is something else
 */
WbWaybillNote *
wb_waybill_note_read (const char *bytes,
                      gsize       length)
{
  g_autoptr (GBytes) contents = g_bytes_new_static (bytes, length);
  g_auto (WbConnectionJson) json = { 0 };
  g_autoptr (WbWaybillNote) self = NULL;
  WbSource source;
  guint    missing;

  if (!wb_connection_json_init (&json, contents, NULL) || !json.is_object
      || !says (&json, find_member (&json, 0, "waybill", WB_JSON_STRING), "rebuilt")
      || find_member (&json, 0, "version", WB_JSON_NUMBER) == 0
      || !read_source (&json, &source))
    return NULL;
  missing = find_member (&json, 0, "enter_again", WB_JSON_ARRAY);
  if (missing == 0)
    return NULL;

  self = g_new (WbWaybillNote, 1);
  self->source = source;
  self->missing = g_ptr_array_new_with_free_func ((GDestroyNotify) missing_free);
  for (guint i = wb_reply_next_child (&json, missing, missing); i != 0;
       i = wb_reply_next_child (&json, missing, i))
    {
      WbMissingPassword *one = read_missing (&json, i);

      if (one == NULL)
        return NULL;
      g_ptr_array_add (self->missing, one);
    }
  g_ptr_array_sort (self->missing, compare_missing);

  return g_steal_pointer (&self);
}

void
wb_waybill_note_free (WbWaybillNote *self)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_unref (self->missing);
  g_free (self);
}
