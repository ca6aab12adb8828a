/* rebuilt-connection-write.c: the file of a connection that is made of a reply
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/rebuilt/rebuilt-connection-private.h"

#include <string.h>

#include "core/archive/rebuilt/reply.h"

static void
append_key (WbRebuilding *self,
            guint         index,
            GString      *out)
{
  const WbJsonValue *value = wb_reply_get (self->json, index);

  g_string_append_len (out, self->json->text + value->key_start,
                       (gssize) (value->key_end - value->key_start));
  g_string_append (out, ": ");
}

void
wb_rebuilding_leave_out (WbRebuilding *self,
                         guint         index,
                         const char   *why)
{
  g_autofree char *path = wb_reply_dup_path (self->json, index);

  g_ptr_array_add (self->result->left_out,
                   g_strdup_printf ("{ \"what\": \"%s\", \"why\": \"%s\" }", path, why));
}

static gboolean
is_in_config (WbRebuilding *self,
              guint         index)
{
  while (wb_reply_get (self->json, index)->parent > 0)
    index = (guint) wb_reply_get (self->json, index)->parent;

  return index == self->found[WB_FORM_CONFIG];
}

/**
 * wb_rebuilding_leaves_out:
 * @self: a connection that is being made
 * @index: a value of the reply
 *
 * Returns: whether it must not be in any file; then it is noted
 */
gboolean
wb_rebuilding_leaves_out (WbRebuilding *self,
                          guint         index)
{
  if (wb_reply_is_cipher (self->json, index))
    {
      wb_rebuilding_leave_out (self, index, WB_CIPHER);
      return TRUE;
    }
  if (!wb_reply_is_masked (self->json, index))
    return FALSE;

  wb_rebuilding_leave_out (self, index, WB_MASKED);
  if (is_in_config (self, index))
    wb_rebuilding_miss (self, index);

  return TRUE;
}

/* In one line, so that what is deeply nested does not grow by its indentation. */
static void
append_container (WbRebuilding *self,
                  guint         index,
                  GString      *out)
{
  gboolean is_object = wb_reply_get (self->json, index)->type == WB_JSON_OBJECT;
  gboolean empty = TRUE;

  g_string_append_c (out, is_object ? '{' : '[');
  for (guint i = wb_reply_next_child (self->json, index, index); i != 0;
       i = wb_reply_next_child (self->json, index, i))
    {
      if (wb_rebuilding_leaves_out (self, i))
        continue;
      if (!empty)
        g_string_append (out, ", ");
      empty = FALSE;
      if (is_object)
        append_key (self, i, out);
      wb_rebuilding_append (self, i, out);
    }
  g_string_append_c (out, is_object ? '}' : ']');
}

/**
 * wb_rebuilding_append:
 * @self: a connection that is being made
 * @index: a value of the reply
 * @out: gets it, without what must not be in any file
 *
 * A scalar stays as it is spelled: a number may be larger than any that a program computes with.
 */
void
wb_rebuilding_append (WbRebuilding *self,
                      guint         index,
                      GString      *out)
{
  const WbJsonValue *value = wb_reply_get (self->json, index);

  if (value->type == WB_JSON_OBJECT || value->type == WB_JSON_ARRAY)
    append_container (self, index, out);
  else
    g_string_append_len (out, self->json->text + value->start,
                         (gssize) (value->end - value->start));
}

static int
compare_keys (WbRebuilding *self,
              guint         a,
              guint         b)
{
  gsize            a_length, b_length;
  g_autofree char *a_key = wb_reply_dup_key (self->json, a, &a_length);
  g_autofree char *b_key = wb_reply_dup_key (self->json, b, &b_length);
  int              order = memcmp (a_key, b_key, MIN (a_length, b_length));

  return order != 0 ? order : (a_length > b_length) - (a_length < b_length);
}

static int
compare_kept (const void *a,
              const void *b,
              void       *user_data)
{
  guint x = *(const guint *) a;
  guint y = *(const guint *) b;
  int   order = compare_keys (user_data, x, y);

  return order != 0 ? order : (x > y) - (x < y);
}

/* A member of the file, at its place. */
static void
append_member (WbRebuilding *self,
               const char   *key,
               guint         index,
               guint         indent,
               gboolean     *first)
{
  GString *out = self->result->text;

  g_string_append_printf (out, "%s\n%*s", *first ? "" : ",", (int) indent, "");
  *first = FALSE;
  if (key != NULL)
    g_string_append_printf (out, "\"%s\": ", key);
  else
    append_key (self, index, out);
  wb_rebuilding_append (self, index, out);
}

/* A key as it came, unless it came twice. */
static void
append_kept (WbRebuilding *self,
             guint         number,
             gboolean     *first)
{
  guint index = g_array_index (self->kept, guint, number);

  if (number > 0 && compare_keys (self, index, g_array_index (self->kept, guint, number - 1)) == 0)
    {
      wb_rebuilding_leave_out (self, index, WB_REPEATED);
      return;
    }
  append_member (self, NULL, index, 4, first);
}

static void
append_type (WbRebuilding *self)
{
  guint              index = self->found[WB_FORM_TYPE];
  const WbJsonValue *value = wb_reply_get (self->json, index);
  g_autofree char   *type = wb_json_unescape (self->json->text, value->start, value->end, NULL);
  const char        *documented = wb_form_type_find (type);

  g_string_append (self->result->text, ",\n  \"type\": ");
  if (documented == NULL)
    {
      wb_rebuilding_append (self, index, self->result->text);
      return;
    }
  g_string_append_printf (self->result->text, "\"%s\"", documented);
  if (strcmp (type, documented) == 0)
    return;
  g_ptr_array_add (self->result->renamed,
                   g_strdup_printf ("{ \"from\": \"type %s\", \"to\": \"type %s\" }", type,
                                    documented));
}

/**
 * wb_rebuilding_write:
 * @self: a connection whose keys have been found
 *
 * Writes the file: documented keys in their order, then the others in the order of their names.
 */
void
wb_rebuilding_write (WbRebuilding *self)
{
  GString *out = self->result->text;
  gboolean first = TRUE;
  gboolean has_config = self->found[WB_FORM_CONFIG] != 0 || self->kept->len > 0;

  g_array_sort_with_data (self->kept, compare_kept, self);
  g_string_append_c (out, '{');
  append_member (self, "name", self->found[WB_FORM_NAME], 2, &first);
  append_type (self);
  if (self->found[WB_FORM_DESCRIPTION] != 0
      && !wb_rebuilding_leaves_out (self, self->found[WB_FORM_DESCRIPTION]))
    append_member (self, "description", self->found[WB_FORM_DESCRIPTION], 2, &first);

  for (guint key = WB_FORM_CONFIG + 1; key < WB_N_FORM_KEYS; key++)
    has_config = has_config || self->found[key] != 0;
  if (has_config)
    {
      g_string_append (out, ",\n  \"config\": {");
      first = TRUE;
      for (guint key = WB_FORM_CONFIG + 1; key < WB_N_FORM_KEYS; key++)
        {
          if (self->found[key] != 0)
            append_member (self, wb_form_key_to_string ((WbFormKey) key), self->found[key], 4,
                           &first);
        }
      for (guint i = 0; i < self->kept->len; i++)
        append_kept (self, i, &first);
      g_string_append (out, first ? "}" : "\n  }");
    }
  g_string_append (out, "\n}\n");
}
