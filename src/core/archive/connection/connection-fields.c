/* connection-fields.c: what a connection's JSON object says
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/connection/connection-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/archive/connection/connection-keys.h"
#include "core/archive/secrets/secret-mask.h"

/* A pane can hold so many rows; the text shows everything. */
#define MAX_FIELDS 500
#define MAX_VALUE_CHARS 16384
#define MAX_KEY_CHARS 256
#define MAX_TYPE_CHARS 100
#define MAX_PATH_BYTES 2048

/* Numbers stay as they are spelled: a double would change large ones. */
static char *
dup_value (const char        *text,
           const WbJsonValue *value,
           glong              max_chars)
{
  if (value->type == WB_JSON_STRING)
    {
      gsize            length;
      g_autofree char *string = wb_json_unescape (text, value->start, value->end, &length);

      return wb_connection_escape_capped (string, length, max_chars);
    }
  if (value->type == WB_JSON_OBJECT)
    return g_strdup ("{}");
  if (value->type == WB_JSON_ARRAY)
    return g_strdup ("[]");

  return wb_connection_escape_capped (text + value->start, value->end - value->start, max_chars);
}

static gboolean
is_object_or_array (const WbJsonValue *value)
{
  return value->type == WB_JSON_OBJECT || value->type == WB_JSON_ARRAY;
}

static gboolean
is_config (const char        *text,
           const WbJsonValue *value)
{
  return value->type == WB_JSON_OBJECT && value->parent == 0
         && wb_connection_key_find_meaning (text, value) == WB_KEY_CONFIG;
}

static void
clear_field (gpointer data)
{
  WbConnectionField *field = data;

  g_free (field->label);
  g_free (field->key);
  g_free (field->value);
  g_free (field->masked);
}

static void
add_field (WbConnectionFields *self,
           WbConnectionJson   *json,
           guint               index,
           const char         *path,
           const char         *label)
{
  WbSecretValues    *secrets = wb_connection_json_get_hidden (json);
  const WbJsonValue *value = wb_json_scan_get (json->scan, index);
  WbSecret           secret = wb_secret_values_get (secrets, index);
  gboolean           is_bool = value->type == WB_JSON_TRUE || value->type == WB_JSON_FALSE;
  const char        *known = wb_connection_key_find_label (label);
  WbConnectionField  field = { .key = g_strdup (path) };

  field.documented = known != NULL;
  field.label = g_strdup (known != NULL ? known : label);
  if (known != NULL && is_bool)
    field.value = g_strdup (value->type == WB_JSON_TRUE
                              /* Translators: the value of a setting that is on. */
                              ? _ ("Yes")
                              /* Translators: the value of a setting that is off. */
                              : _ ("No"));
  else if (known != NULL && value->type == WB_JSON_NULL)
    field.value = g_strdup ("");
  else
    field.value = dup_value (json->text, value, MAX_VALUE_CHARS);
  field.secret = secret != WB_SECRET_NONE;
  field.included = value->type != WB_JSON_NULL && secret != WB_SECRET_LEFT_OUT
                   && field.value[strspn (field.value, "*")] != '\0';
  if (secret == WB_SECRET_PARTIAL)
    {
      gsize            length;
      g_autofree char *masked = wb_secret_mask_dup_value (secrets, index, WB_SECRET_DOTS, &length);

      field.masked = wb_connection_escape_capped (masked, length, MAX_VALUE_CHARS);
    }

  g_array_append_val (self->items, field);
}

/* Adds a field that stands for those that are not shown. */
static void
add_rest (WbConnectionFields *self,
          guint               n)
{
  WbConnectionField field = {
    /* Translators: the name of the last setting in a list, whose value says how many more there
     * are. */
    .label = g_strdup (_ ("More")),
    .key = g_strdup (""),
    /* Translators: how many values of a list are not shown; the text is the file itself. */
    .value = g_strdup_printf (ngettext ("%u more value, see the text",
                                        "%u more values, see the text", n),
                              n),
    .included = TRUE,
  };

  g_array_append_val (self->items, field);
}

/* Fills in name, type and description, if @value is the first one of them. */
static gboolean
take_heading (WbConnectionFields *self,
              const char         *text,
              const WbJsonValue  *value)
{
  char **heading;
  glong  max_chars;

  if (value->parent != 0 || is_object_or_array (value))
    return FALSE;

  switch (wb_connection_key_find_meaning (text, value))
    {
    case WB_KEY_NAME:
      heading = &self->name;
      max_chars = MAX_KEY_CHARS;
      break;
    case WB_KEY_TYPE:
      heading = &self->type;
      max_chars = MAX_TYPE_CHARS;
      break;
    case WB_KEY_DESCRIPTION:
      heading = &self->description;
      max_chars = MAX_VALUE_CHARS;
      break;
    default:
      return FALSE;
    }
  if (*heading != NULL)
    return FALSE;

  *heading = value->type == WB_JSON_NULL ? g_strdup ("") : dup_value (text, value, max_chars);

  return TRUE;
}

static const char *
get_path (GPtrArray *paths,
          int        index)
{
  const char *path = g_ptr_array_index (paths, (guint) index);

  return path != NULL ? path : "";
}

static char *
make_path (WbConnectionJson  *json,
           const WbJsonValue *parent,
           guint              value,
           const char        *parent_path,
           guint              item)
{
  g_autofree char *plain = NULL;
  g_autofree char *key = NULL;
  gsize            length;

  /* Long enough to show that the value is deep. */
  if (strlen (parent_path) > MAX_PATH_BYTES)
    return g_strdup (parent_path);
  if (parent->type == WB_JSON_ARRAY)
    return g_strdup_printf ("%s[%u]", parent_path, item);

  plain = wb_secret_mask_dup_key (wb_connection_json_get_hidden (json), value, WB_SECRET_DOTS,
                                  &length);
  key = wb_connection_escape_capped (plain, length, MAX_KEY_CHARS);

  return *parent_path == '\0' ? g_steal_pointer (&key) : g_strconcat (parent_path, ".", key, NULL);
}

/**
 * wb_connection_fields_collect:
 * @self: empty fields
 * @json: a JSON object
 *
 * Fills in what the object says.
 */
void
wb_connection_fields_collect (WbConnectionFields *self,
                              WbConnectionJson   *json)
{
  WbSecretValues *secrets = wb_connection_json_get_hidden (json);
  WbJsonScan     *scan = json->scan;
  guint           n = wb_json_scan_get_n (scan);
  guint           n_left = 0;
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free); /* of containers */
  g_autofree guint *n_items = g_new0 (guint, n);
  /* Where labels begin in the paths of what a container holds: `config` is not part of them. */
  g_autofree gsize *label_starts = g_new0 (gsize, n);

  g_ptr_array_set_size (paths, (int) n);
  for (guint i = 1; i < n; i++)
    {
      const WbJsonValue *value = wb_json_scan_get (scan, i);
      const WbJsonValue *parent = wb_json_scan_get (scan, (guint) value->parent);
      const char        *parent_path = get_path (paths, value->parent);
      gboolean           is_container = is_object_or_array (value);
      gboolean           is_empty;
      g_autofree char   *path = NULL;
      guint              item = n_items[value->parent]++;

      if (wb_secret_values_get (secrets, i) < WB_SECRET_PARTIAL
          && take_heading (self, json->text, value))
        continue;

      is_empty = is_container
                 && (i + 1 == n || wb_json_scan_get (scan, i + 1)->parent != (int) i);
      if (self->items->len == MAX_FIELDS)
        {
          n_left += !is_container || is_empty;
          continue;
        }

      path = make_path (json, parent, i, parent_path, item);
      if (is_config (json->text, value))
        label_starts[i] = strlen (path) + 1;
      else if (!is_container || is_empty)
        add_field (self, json, i, path, path + label_starts[value->parent]);
      else
        label_starts[i] = label_starts[value->parent];
      if (is_container)
        g_ptr_array_index (paths, i) = g_steal_pointer (&path);
    }

  if (n_left > 0)
    add_rest (self, n_left);
}

void
wb_connection_fields_init (WbConnectionFields *self)
{
  *self = (WbConnectionFields){
    .items = g_array_new (FALSE, FALSE, sizeof (WbConnectionField)),
  };
  g_array_set_clear_func (self->items, clear_field);
}

void
wb_connection_fields_clear (WbConnectionFields *self)
{
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->type, g_free);
  g_clear_pointer (&self->description, g_free);
  g_clear_pointer (&self->items, g_array_unref);
}
