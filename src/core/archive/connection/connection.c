/* connection.c: one .conn file, understood as far as it can be
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/connection/connection.h"

#include <glib/gi18n-lib.h>

#include "core/archive/connection/connection-private.h"
#include "core/archive/secrets/secret-keys.h"
#include "core/archive/secrets/secret-mask.h"
#include "core/text.h"

struct _WbConnection
{
  GObject parent_instance;

  GBytes            *contents; /* (owned) */
  WbConnectionJson   json;
  WbConnectionForm   form;
  char              *parse_error; /* (owned) (nullable) */
  char              *address;     /* (owned) (nullable) */
  WbConnectionFields fields;
};

G_DEFINE_FINAL_TYPE (WbConnection, wb_connection, G_TYPE_OBJECT)

static void
understand (WbConnection *self)
{
  g_autoptr (GError) error = NULL;
  WbConnectionJson *json = &self->json;

  if (!wb_connection_json_init (json, self->contents, &error))
    self->parse_error = g_strdup (error->message);
  else if (!json->is_object)
    self->parse_error = g_strdup (_ ("This is JSON, but not an object with name and type."));

  if (json->is_object)
    {
      self->form = WB_CONNECTION_JSON;
      wb_connection_fields_collect (&self->fields, json);
      self->address = wb_connection_json_dup_address (json);
    }
  else if (g_utf8_validate_len (json->text, json->length, NULL))
    self->form = WB_CONNECTION_TEXT;
  else
    self->form = WB_CONNECTION_BINARY;
}

static void
wb_connection_finalize (GObject *object)
{
  WbConnection *self = WB_CONNECTION (object);

  g_clear_pointer (&self->contents, g_bytes_unref);
  g_clear_pointer (&self->parse_error, g_free);
  g_clear_pointer (&self->address, g_free);
  wb_connection_fields_clear (&self->fields);
  wb_connection_json_clear (&self->json);

  G_OBJECT_CLASS (wb_connection_parent_class)->finalize (object);
}

static void
wb_connection_class_init (WbConnectionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wb_connection_finalize;
}

static void
wb_connection_init (WbConnection *self)
{
  wb_connection_fields_init (&self->fields);
}

/**
 * wb_connection_new:
 * @contents: a .conn file's bytes, of any kind
 *
 * No sample of such a file is public; by the service's API reference it should be a JSON object
 * with `name`, `type`, `config` and `description`. So the syntax is judged strictly, but any keys
 * and values are accepted.
 *
 * Returns: (transfer full): what could be understood of them
 */
WbConnection *
wb_connection_new (GBytes *contents)
{
  WbConnection *self;

  g_return_val_if_fail (contents != NULL, NULL);

  self = g_object_new (WB_TYPE_CONNECTION, NULL);
  self->contents = g_bytes_ref (contents);
  understand (self);

  return self;
}

WbConnectionForm
wb_connection_get_form (WbConnection *self)
{
  g_return_val_if_fail (WB_IS_CONNECTION (self), WB_CONNECTION_BINARY);

  return self->form;
}

/**
 * wb_connection_get_parse_error:
 * @self: a connection
 *
 * Returns: (nullable): a translated sentence that says why, and where, it is not a JSON object
 */
const char *
wb_connection_get_parse_error (WbConnection *self)
{
  g_return_val_if_fail (WB_IS_CONNECTION (self), NULL);

  return self->parse_error;
}

/**
 * wb_connection_get_name:
 * @self: a connection
 *
 * Returns: (transfer none): its name, escaped, or the empty string; type and description likewise
 */
const char *
wb_connection_get_name (WbConnection *self)
{
  g_return_val_if_fail (WB_IS_CONNECTION (self), NULL);

  return self->fields.name != NULL ? self->fields.name : "";
}

const char *
wb_connection_get_type_name (WbConnection *self)
{
  g_return_val_if_fail (WB_IS_CONNECTION (self), NULL);

  return self->fields.type != NULL ? self->fields.type : "";
}

const char *
wb_connection_get_description (WbConnection *self)
{
  g_return_val_if_fail (WB_IS_CONNECTION (self), NULL);

  return self->fields.description != NULL ? self->fields.description : "";
}

guint
wb_connection_get_n_fields (WbConnection *self)
{
  g_return_val_if_fail (WB_IS_CONNECTION (self), 0);

  return self->fields.items->len;
}

/**
 * wb_connection_get_field:
 * @self: a connection
 * @index: less than wb_connection_get_n_fields()
 *
 * Returns: (transfer none): a field, in the file's order
 */
const WbConnectionField *
wb_connection_get_field (WbConnection *self,
                         guint         index)
{
  g_return_val_if_fail (WB_IS_CONNECTION (self), NULL);
  g_return_val_if_fail (index < self->fields.items->len, NULL);

  return &g_array_index (self->fields.items, WbConnectionField, index);
}

/**
 * wb_connection_get_address:
 * @self: a connection
 *
 * Returns: (transfer none): what it points at, escaped and without secrets: `ip:port` with the
 *   database of its driver, a cluster, a URL; or the empty string
 */
const char *
wb_connection_get_address (WbConnection *self)
{
  g_return_val_if_fail (WB_IS_CONNECTION (self), NULL);

  return self->address != NULL ? self->address : "";
}

guint
wb_connection_get_n_clear_secrets (WbConnection *self)
{
  g_return_val_if_fail (WB_IS_CONNECTION (self), 0);

  if (self->form != WB_CONNECTION_JSON)
    return 0;

  return wb_secret_values_get_n_spans (wb_connection_json_get_secrets (&self->json));
}

/**
 * wb_connection_dup_text:
 * @self: a connection
 *
 * The file as text, escaped but for line breaks and tabs. The secrets of a JSON object are
 * replaced by dots. Text that was not understood may hold secrets anywhere: ask before showing it.
 *
 * Returns: (transfer full): the text, or the bytes as a table
 */
char *
wb_connection_dup_text (WbConnection *self)
{
  g_return_val_if_fail (WB_IS_CONNECTION (self), NULL);

  if (self->form == WB_CONNECTION_JSON)
    return wb_connection_text_of_json (&self->json);

  return wb_connection_dup_revealed_text (self);
}

/**
 * wb_connection_dup_revealed_text:
 * @self: a connection
 *
 * Returns: (transfer full): as wb_connection_dup_text(), but with its secrets, for a person who
 *   asked for them
 */
char *
wb_connection_dup_revealed_text (WbConnection *self)
{
  const guint8 *bytes;
  gsize         length;

  g_return_val_if_fail (WB_IS_CONNECTION (self), NULL);

  if (self->form != WB_CONNECTION_BINARY)
    return wb_connection_text_of_utf8 (self->json.text, self->json.length);

  bytes = g_bytes_get_data (self->contents, &length);

  return wb_connection_text_of_bytes (bytes, length);
}

/**
 * wb_connection_dup_json:
 * @self: a connection
 * @reveal: with its secrets, for a person who asked for them; else stars stand in their place
 *
 * Returns: (transfer full) (nullable): the file's JSON, to copy; direction controls are escaped, so
 *   this is not the file byte for byte. %NULL if it is not of the form %WB_CONNECTION_JSON.
 */
char *
wb_connection_dup_json (WbConnection *self,
                        gboolean      reveal)
{
  g_autofree char *json = NULL;

  g_return_val_if_fail (WB_IS_CONNECTION (self), NULL);

  if (self->form != WB_CONNECTION_JSON)
    return NULL;

  json = reveal ? g_strndup (self->json.text, self->json.length)
                : wb_secret_mask_dup_json (wb_connection_json_get_hidden (&self->json),
                                           self->json.length, WB_SECRET_STARS);

  return wb_text_escape_json (json);
}

/**
 * wb_connection_field_dup_shown:
 * @field: a field
 *
 * Returns: (transfer full): its value as it may be seen by anybody
 */
char *
wb_connection_field_dup_shown (const WbConnectionField *field)
{
  g_return_val_if_fail (field != NULL, NULL);

  if (!field->secret)
    return g_strdup (field->value);
  if (!field->included)
    return g_strdup (_ ("Not included by the service"));

  return g_strdup (field->masked != NULL ? field->masked : WB_SECRET_DOTS);
}
