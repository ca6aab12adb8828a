/* connection-fields.c: what a connection's JSON object says
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/connection-fields.h"

#include "core/archive/secret-values.h"
#include "core/text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What a pane of rows can bear; the text shows all. */
#define MAX_FIELDS 500
#define MAX_VALUE_CHARS 16384
#define MAX_KEY_CHARS 256
#define MAX_TYPE_CHARS 100
#define MAX_PATH_BYTES 2048

/* The keys of the service's API reference, then those of its successor's. */
static const struct
{
  const char *key;
  const char *label;
} labels[] = {
  { "clusterName", N_ ("Cluster") },
  { "ip", N_ ("IP address") },
  { "port", N_ ("Port") },
  { "userName", N_ ("User name") },
  { "password", N_ ("Password") },
  { "sslEnable", N_ ("SSL") },
  { "kmsKey", N_ ("KMS key") },
  { "agentName", N_ ("Agent (CDM cluster)") },
  { "connectionMethod", N_ ("Connection method") },
  { "driverName", N_ ("Driver") },
  { "driverPath", N_ ("Driver file") },
  { "keyLocation", N_ ("Key file") },
  { "clusterId", N_ ("Cluster ID") },
  { "dbUserName", N_ ("User name") },
  { "dbPassword", N_ ("Password") },
  { "kmsId", N_ ("KMS key ID") },
  { "kmsName", N_ ("KMS key") },
  { "mrsConnectionType", N_ ("Connection method") },
  { "description", N_ ("Description") },
};

static const char *
find_label (const char *key)
{
  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    if (g_ascii_strcasecmp (key, labels[i].key) == 0)
      return _ (labels[i].label);

  return NULL;
}

static char *
escape_capped (const char *text,
               gsize       length,
               glong       max_chars)
{
  /* Only so many bytes can become so many characters. */
  gboolean         cut = length > (gsize) max_chars * 4;
  g_autofree char *escaped = wb_text_escape (text, (gssize) (cut ? (gsize) max_chars * 4 : length));

  if (!cut && (glong) strlen (escaped) <= max_chars)
    return g_steal_pointer (&escaped);
  if (!cut && g_utf8_strlen (escaped, -1) <= max_chars)
    return g_steal_pointer (&escaped);

  *g_utf8_offset_to_pointer (escaped, MIN (max_chars, g_utf8_strlen (escaped, -1))) = '\0';
  return g_strconcat (escaped, "…", NULL);
}

static char *
dup_key (const char        *text,
         const WbJsonValue *value)
{
  gsize            length;
  g_autofree char *key = wb_json_unescape (text, value->key_start, value->key_end, &length);

  return escape_capped (key, length, MAX_KEY_CHARS);
}

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

      return escape_capped (string, length, max_chars);
    }
  if (value->type == WB_JSON_OBJECT)
    return g_strdup ("{}");
  if (value->type == WB_JSON_ARRAY)
    return g_strdup ("[]");

  return escape_capped (text + value->start, value->end - value->start, max_chars);
}

/* Whether it stands directly in the document and has this key, whatever its case. */
static gboolean
is_member (const char        *text,
           const WbJsonValue *value,
           const char        *key)
{
  gsize length = strlen (key);

  /* Keys without escapes only; nobody spells a documented key otherwise. */
  return value->parent == 0 && value->key_end - value->key_start == length + 2
         && g_ascii_strncasecmp (text + value->key_start + 1, key, length) == 0;
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
  return value->type == WB_JSON_OBJECT && is_member (text, value, "config");
}

static void
clear_field (gpointer data)
{
  WbConnectionField *field = data;

  g_free (field->label);
  g_free (field->key);
  g_free (field->value);
}

static void
add_field (WbConnectionFields *self,
           const char         *text,
           const WbJsonValue  *value,
           guint8              secret,
           const char         *path,
           const char         *label)
{
  gboolean          is_bool = value->type == WB_JSON_TRUE || value->type == WB_JSON_FALSE;
  const char       *known = find_label (label);
  WbConnectionField field = { .key = g_strdup (path) };

  field.label = g_strdup (known != NULL ? known : label);
  if (known != NULL && is_bool)
    field.value = g_strdup (value->type == WB_JSON_TRUE ? _ ("Yes") : _ ("No"));
  else if (known != NULL && value->type == WB_JSON_NULL)
    field.value = g_strdup ("");
  else
    field.value = dup_value (text, value, MAX_VALUE_CHARS);
  field.secret = secret != WB_SECRET_NONE;
  field.included = value->type != WB_JSON_NULL
                   && field.value[strspn (field.value, "*")] != '\0';

  g_array_append_val (self->items, field);
}

/* The field that stands for those that are not shown. */
static void
add_rest (WbConnectionFields *self,
          guint               n)
{
  WbConnectionField field = {
    .label = g_strdup (_ ("More")),
    .key = g_strdup (""),
    .value = g_strdup_printf (ngettext ("%u value more, see the text",
                                        "%u values more, see the text", n),
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
  const struct
  {
    const char *key;
    char      **heading;
    glong       max_chars;
  } headings[] = {
    { "name", &self->name, MAX_KEY_CHARS },
    { "type", &self->type, MAX_TYPE_CHARS },
    { "description", &self->description, MAX_VALUE_CHARS },
  };

  if (is_object_or_array (value))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (headings); i++)
    if (*headings[i].heading == NULL && is_member (text, value, headings[i].key))
      {
        *headings[i].heading = value->type == WB_JSON_NULL
                                 ? g_strdup ("")
                                 : dup_value (text, value, headings[i].max_chars);
        return TRUE;
      }

  return FALSE;
}

static const char *
get_path (GPtrArray *paths,
          int        index)
{
  const char *path = g_ptr_array_index (paths, (guint) index);

  return path != NULL ? path : "";
}

static char *
make_path (const char        *text,
           const WbJsonValue *parent,
           const WbJsonValue *value,
           const char        *parent_path,
           guint              item)
{
  g_autofree char *key = NULL;

  /* Long enough to tell that it is deep. */
  if (strlen (parent_path) > MAX_PATH_BYTES)
    return g_strdup (parent_path);
  if (parent->type == WB_JSON_ARRAY)
    return g_strdup_printf ("%s[%u]", parent_path, item);

  key = dup_key (text, value);
  return *parent_path == '\0' ? g_steal_pointer (&key) : g_strconcat (parent_path, ".", key, NULL);
}

/**
 * wb_connection_fields_collect:
 * @self: empty fields
 * @text: a JSON text, an object
 * @scan: where its values stand
 * @secrets: from wb_secret_values_find()
 *
 * Fills in what the object says.
 */
void
wb_connection_fields_collect (WbConnectionFields *self,
                              const char         *text,
                              WbJsonScan         *scan,
                              const guint8       *secrets)
{
  guint n = wb_json_scan_get_n (scan);
  guint n_left = 0;
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free); /* of containers */
  g_autofree guint *n_items = g_new0 (guint, n);

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

      if (secrets[i] != WB_SECRET_PRESENT && take_heading (self, text, value))
        continue;

      is_empty = is_container
                 && (i + 1 == n || wb_json_scan_get (scan, i + 1)->parent != (int) i);
      if (self->items->len == MAX_FIELDS)
        {
          n_left += !is_container || is_empty;
          continue;
        }

      path = make_path (text, parent, value, parent_path, item);
      if (!is_container || is_empty)
        {
          const char *label = path;

          /* What lies in `config` needs no such name in front. */
          if (value->depth > 1 && g_ascii_strncasecmp (path, "config.", 7) == 0)
            label += 7;
          if (!is_empty || !is_config (text, value))
            add_field (self, text, value, secrets[i], path, label);
        }
      if (is_container)
        g_ptr_array_index (paths, i) = g_steal_pointer (&path);
    }

  if (n_left > 0)
    add_rest (self, n_left);
}

/**
 * wb_connection_fields_find_type:
 * @text: a JSON text, an object
 * @scan: where its values stand
 *
 * Returns: (transfer full): the type that it names, escaped, or the empty string
 */
char *
wb_connection_fields_find_type (const char *text,
                                WbJsonScan *scan)
{
  for (guint i = 1; i < wb_json_scan_get_n (scan); i++)
    {
      const WbJsonValue *value = wb_json_scan_get (scan, i);

      if (is_member (text, value, "type") && !is_object_or_array (value)
          && value->type != WB_JSON_NULL)
        return dup_value (text, value, MAX_TYPE_CHARS);
    }

  return g_strdup ("");
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
