/* rebuilt-connection.c: one connection as a reply describes it, in the documented form
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/rebuilt/rebuilt-connection.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/archive/rebuilt/rebuilt-connection-private.h"
#include "core/archive/rebuilt/reply.h"
#include "core/archive/secrets/secret-elsewhere.h"
#include "core/error.h"
#include "core/input-limits.h"

/* What an archive shows of one file; no connection comes near it. */
#define MAX_FILE_BYTES ((gsize) 4 * 1024 * 1024)

/* WAYBILL.json has its values some levels deeper than the reply, and the same limit. */
#define MAX_NOTE_DEPTH (WB_JSON_MAX_DEPTH - 16)

static void
rebuilding_clear (WbRebuilding *self)
{
  g_clear_pointer (&self->kept, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WbRebuilding, rebuilding_clear)

static gboolean
is_deep (WbRebuilding *self,
         guint         index)
{
  gsize end = wb_reply_get (self->json, index)->end;

  for (guint i = index; i < wb_json_scan_get_n (self->json->scan); i++)
    {
      const WbJsonValue *value = wb_reply_get (self->json, i);

      if (value->start >= end)
        return FALSE;
      if (value->depth > MAX_NOTE_DEPTH)
        return TRUE;
    }

  return FALSE;
}

/* Notes a value that is not in the file, unless it is one that must not be there either. */
static void
note_value (WbRebuilding *self,
            GPtrArray    *values,
            guint         index)
{
  WbSecret         secret = wb_secret_values_get (wb_connection_json_get_secrets (self->json),
                                                  index);
  g_autofree char *path = NULL;
  g_autoptr (GString) text = NULL;

  if (wb_rebuilding_leaves_out (self, index))
    return;
  if (secret != WB_SECRET_NONE)
    {
      wb_rebuilding_leave_out (self, index, WB_SENSITIVE);
      return;
    }
  if (is_deep (self, index))
    {
      wb_rebuilding_leave_out (self, index, WB_TOO_DEEP);
      return;
    }

  path = wb_reply_dup_path (self->json, index);
  text = g_string_new (NULL);
  wb_rebuilding_append (self, index, text);
  g_ptr_array_add (values, g_strdup_printf ("{ \"what\": \"%s\", \"is\": %s }", path, text->str));
}

/* Gives a value its documented place. */
static void
place (WbRebuilding *self,
       guint         index,
       WbFormKey     key)
{
  const WbJsonValue *value = wb_reply_get (self->json, index);
  const char        *documented = wb_form_key_to_string (key);
  gsize              length = value->key_end - value->key_start - 2;
  gboolean           in_config = value->parent != 0;
  g_autofree char   *path = NULL;
  g_autofree char   *new_path = NULL;

  self->found[key] = index;
  if (length == strlen (documented)
      && memcmp (self->json->text + value->key_start + 1, documented, length) == 0
      && in_config == (key > WB_FORM_CONFIG)
      && (!in_config || wb_reply_find_key (self->json, (guint) value->parent) == WB_FORM_CONFIG))
    return;
  path = wb_reply_dup_path (self->json, index);
  new_path = wb_rebuilding_dup_path (key);
  g_ptr_array_add (self->result->renamed,
                   g_strdup_printf ("{ \"from\": \"%s\", \"to\": \"%s\" }", path, new_path));
}

static gboolean
is_spelled (WbRebuilding *self,
            guint         index,
            WbFormKey     key)
{
  gsize            length;
  g_autofree char *spelled = wb_reply_dup_key (self->json, index, &length);

  return strcmp (spelled, wb_form_key_to_string (key)) == 0;
}

/* A second value under the same key: what says something else is noted. */
static void
repeat (WbRebuilding *self,
        guint         index,
        WbFormKey     key)
{
  const WbJsonValue *first = wb_reply_get (self->json, self->found[key]);
  const WbJsonValue *second = wb_reply_get (self->json, index);
  gsize              length = first->end - first->start;

  if (length == second->end - second->start
      && memcmp (self->json->text + first->start, self->json->text + second->start, length) == 0)
    wb_rebuilding_leave_out (self, index, WB_REPEATED);
  else
    note_value (self, self->result->beside, index);
}

/* Takes one member of the settings, or one beside them that belongs there. */
static void
take_setting (WbRebuilding *self,
              guint         index,
              WbFormKey     key)
{
  if (wb_reply_is_masked (self->json, index))
    {
      wb_rebuilding_leave_out (self, index, WB_MASKED);
      self->missed[key] = TRUE;
    }
  else if (self->found[key] != 0)
    repeat (self, index, key);
  else
    place (self, index, key);
}

/* The documented spelling of a key comes before others, and what is in the settings before what is
 * beside them. */
static void
take_known (WbRebuilding *self,
            guint         container,
            gboolean      spelled)
{
  for (guint i = wb_reply_next_child (self->json, container, container); i != 0;
       i = wb_reply_next_child (self->json, container, i))
    {
      WbFormKey key = wb_reply_find_key (self->json, i);

      if (key < WB_N_FORM_KEYS && key > WB_FORM_CONFIG && is_spelled (self, i, key) == spelled
          && !wb_reply_is_cipher (self->json, i))
        take_setting (self, i, key);
    }
}

static gboolean
is_set_by_service (WbRebuilding *self,
                   guint         index)
{
  return wb_connection_key_is_set_by_service (self->json->text, wb_reply_get (self->json, index));
}

/* What is in the settings under keys that are not documented. */
static void
take_others (WbRebuilding *self,
             guint         config)
{
  for (guint i = wb_reply_next_child (self->json, config, config); i != 0;
       i = wb_reply_next_child (self->json, config, i))
    {
      WbFormKey key = wb_reply_find_key (self->json, i);

      if (wb_reply_is_cipher (self->json, i))
        {
          wb_rebuilding_leave_out (self, i, WB_CIPHER);
          self->missed[WB_FORM_PASSWORD] = TRUE;
        }
      else if (key < WB_N_FORM_KEYS && key > WB_FORM_CONFIG)
        continue;
      else if (is_set_by_service (self, i))
        note_value (self, self->result->set_by_service, i);
      else if (wb_reply_is_masked (self->json, i))
        {
          wb_rebuilding_leave_out (self, i, WB_MASKED);
          wb_rebuilding_miss (self, i);
        }
      else
        g_array_append_val (self->kept, i);
    }
}

/* What stands beside the settings, but for the keys that the documented form has there. */
static void
take_outer (WbRebuilding *self)
{
  for (guint i = wb_reply_next_child (self->json, 0, 0); i != 0;
       i = wb_reply_next_child (self->json, 0, i))
    {
      WbFormKey key = wb_reply_find_key (self->json, i);

      if (key <= WB_FORM_CONFIG && self->found[key] == i)
        continue;
      if (wb_reply_is_cipher (self->json, i))
        wb_rebuilding_leave_out (self, i, WB_CIPHER);
      else if (key <= WB_FORM_CONFIG)
        wb_rebuilding_leave_out (self, i, WB_REPEATED);
      else if (key < WB_N_FORM_KEYS)
        continue;
      else if (is_set_by_service (self, i))
        note_value (self, self->result->set_by_service, i);
      else
        note_value (self, self->result->beside, i);
    }
}

static gboolean
fail (GError    **error,
      const char *reason)
{
  /* Translators: %s is a sentence on what is wrong. */
  g_set_error (error, WB_ERROR, WB_ERROR_SERVICE, _ ("The reply is not a connection. %s"), reason);

  return FALSE;
}

/* Finds name, type, description and settings. */
static gboolean
is_of_type (WbRebuilding *self,
            WbFormKey     key,
            WbJsonType    type)
{
  return self->found[key] != 0 && wb_reply_get (self->json, self->found[key])->type == type;
}

static gboolean
is_empty_string (WbRebuilding *self,
                 WbFormKey     key)
{
  const WbJsonValue *value = wb_reply_get (self->json, self->found[key]);

  return value->type == WB_JSON_STRING && value->end - value->start == strlen ("\"\"");
}

static gboolean
find_frame (WbRebuilding *self,
            GError      **error)
{
  for (guint pass = 0; pass < 2; pass++)
    {
      for (guint i = wb_reply_next_child (self->json, 0, 0); i != 0;
           i = wb_reply_next_child (self->json, 0, i))
        {
          WbFormKey key = wb_reply_find_key (self->json, i);

          if (key <= WB_FORM_CONFIG && self->found[key] == 0
              && is_spelled (self, i, key) == (pass == 0))
            place (self, i, key);
        }
    }

  if (!is_of_type (self, WB_FORM_NAME, WB_JSON_STRING) || is_empty_string (self, WB_FORM_NAME))
    return fail (error, _ ("It has no name."));
  if (!is_of_type (self, WB_FORM_TYPE, WB_JSON_STRING) || is_empty_string (self, WB_FORM_TYPE))
    return fail (error, _ ("It has no type."));
  if (self->found[WB_FORM_CONFIG] != 0 && !is_of_type (self, WB_FORM_CONFIG, WB_JSON_OBJECT))
    {
      if (!is_of_type (self, WB_FORM_CONFIG, WB_JSON_NULL)
          && !is_empty_string (self, WB_FORM_CONFIG))
        return fail (error, _ ("Its settings are not a JSON object."));
      self->found[WB_FORM_CONFIG] = 0;
    }

  return TRUE;
}

static void
take_name (WbRebuilding *self)
{
  const WbJsonValue *value = wb_reply_get (self->json, self->found[WB_FORM_NAME]);
  gsize              length;
  char              *name = wb_json_unescape (self->json->text, value->start, value->end, &length);

  for (gsize i = 0; i < length; i++)
    {
      if (name[i] == '\0')
        name[i] = '-';
    }
  self->result->name = name;
  self->result->quoted_name = g_strndup (self->json->text + value->start,
                                         value->end - value->start);
}

static gboolean
make (WbRebuilding *self,
      GError      **error)
{
  guint config;

  if (!find_frame (self, error))
    return FALSE;

  config = self->found[WB_FORM_CONFIG];
  if (config != 0)
    {
      take_known (self, config, TRUE);
      take_known (self, config, FALSE);
      take_others (self, config);
    }
  take_known (self, 0, TRUE);
  take_known (self, 0, FALSE);
  take_outer (self);

  take_name (self);
  wb_rebuilding_write (self);
  wb_rebuilding_note_missing (self);

  return TRUE;
}

void
wb_rebuilt_connection_free (WbRebuiltConnection *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->name);
  g_free (self->quoted_name);
  g_string_free (self->text, TRUE);
  g_ptr_array_unref (self->missing);
  g_ptr_array_unref (self->renamed);
  g_ptr_array_unref (self->left_out);
  g_ptr_array_unref (self->set_by_service);
  g_ptr_array_unref (self->beside);
  g_free (self);
}

/**
 * wb_rebuilt_connection_new:
 * @reply: the JSON object of one connection as the service sent it, in any dialect
 * @search: (inout): gets its secrets
 * @error: return location, for a reply that is not a connection
 *
 * Returns: (transfer full): the connection, or %NULL with %WB_ERROR_SERVICE and a sentence without
 *   anything from the reply
 */
WbRebuiltConnection *
wb_rebuilt_connection_new (GBytes         *reply,
                           WbSecretSearch *search,
                           GError        **error)
{
  g_autoptr (WbRebuiltConnection) result = NULL;
  g_autoptr (GError) invalid = NULL;
  g_auto (WbConnectionJson) json = { 0 };
  g_auto (WbRebuilding) self = { .json = &json };

  if (g_bytes_get_size (reply) > MAX_FILE_BYTES)
    {
      fail (error, _ ("It is too large."));
      return NULL;
    }
  if (!wb_connection_json_init (&json, reply, &invalid))
    {
      fail (error, invalid->message);
      return NULL;
    }
  if (!json.is_object)
    {
      fail (error, _ ("It is not a JSON object."));
      return NULL;
    }

  result = g_new0 (WbRebuiltConnection, 1);
  result->text = g_string_new (NULL);
  result->missing = g_ptr_array_new_with_free_func (g_free);
  result->renamed = g_ptr_array_new_with_free_func (g_free);
  result->left_out = g_ptr_array_new_with_free_func (g_free);
  result->set_by_service = g_ptr_array_new_with_free_func (g_free);
  result->beside = g_ptr_array_new_with_free_func (g_free);
  self.result = result;
  self.kept = g_array_new (FALSE, FALSE, sizeof (guint));
  if (!make (&self, error))
    return NULL;
  if (result->text->len > MAX_FILE_BYTES)
    {
      fail (error, _ ("It is too large."));
      return NULL;
    }
  wb_secret_elsewhere_collect (search, wb_connection_json_get_secrets (&json));

  return g_steal_pointer (&result);
}
