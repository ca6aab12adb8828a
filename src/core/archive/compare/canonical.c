/* canonical.c: what a connection says, however it is written
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/compare/canonical.h"

#include <string.h>

#include "core/archive/compare/canonical-value.h"
#include "core/archive/compare/one-form.h"
#include "core/archive/connection/connection-json.h"
#include "core/archive/secrets/secret-mask.h"
#include "core/sha256.h"

/* A path longer than this is known by its digest, so that long keys with much below them do not
 * take memory without bound. */
#define MAX_PATH_BYTES ((gsize) 512)
#define MAX_KEY_CHARS 256

/* A scalar, or an empty container. */
typedef struct
{
  gsize path; /* offset in the paths */
  gsize path_length;
  guint value; /* number in the scan */
} Leaf;

struct _WbCanonical
{
  GBytes          *contents; /* (owned) */
  WbConnectionJson json;
  GString         *paths;    /* (owned) */
  GArray          *leaves;   /* (owned) (element-type Leaf): in the order of paths */
  guint           *items;    /* (owned) (nullable): of each value, its number in what it is in */
  gboolean         one_form; /* whether keys are brought to the documented ones */
};

static int
compare_bytes (const char *a,
               gsize       a_length,
               const char *b,
               gsize       b_length)
{
  int order = memcmp (a, b, MIN (a_length, b_length));

  return order != 0 ? order : (a_length > b_length) - (a_length < b_length);
}

static int
compare_leaves (const void *a,
                const void *b,
                void       *user_data)
{
  const GString *paths = user_data;
  const Leaf    *x = a;
  const Leaf    *y = b;
  int            order = compare_bytes (paths->str + x->path, x->path_length, paths->str + y->path,
                                        y->path_length);

  return order != 0 ? order : (x->value > y->value) - (x->value < y->value);
}

/* A key's bytes and an end that sorts before all that could follow. */
static void
append_key (GString    *path,
            const char *key,
            gsize       length)
{
  g_string_append_c (path, 'k');
  for (gsize i = 0; i < length; i++)
    {
      g_string_append_c (path, key[i]);
      if (key[i] == '\0')
        g_string_append_c (path, '\xff');
    }
  g_string_append_len (path, "\0\0", 2);
}

/* An array's numbers sort as numbers. */
static void
append_component (WbCanonical *self,
                  GString     *path,
                  guint        index)
{
  const WbJsonValue *value = wb_json_scan_get (self->json.scan, index);
  gsize              length;
  g_autofree char   *key = NULL;
  gboolean           in_config = FALSE;

  if (value->key_end == value->key_start)
    {
      g_string_append_printf (path, "i%08x", self->items[index]);
      return;
    }

  if (self->one_form)
    key = wb_one_form_dup_key (&self->json, index, &in_config, &length);
  else
    key = wb_json_unescape (self->json.text, value->key_start, value->key_end, &length);
  if (in_config)
    append_key (path, "config", strlen ("config"));
  append_key (path, key, length);
}

static void
shorten (GString *path)
{
  WbSha256        *sha256;
  g_autofree char *digest = NULL;

  if (path->len <= MAX_PATH_BYTES)
    return;
  sha256 = wb_sha256_new ();
  wb_sha256_update (sha256, path->str, path->len);
  digest = wb_sha256_free_to_hex (sha256);
  g_string_printf (path, "#%s", digest);
}

static void
collect (WbCanonical *self)
{
  guint             n = wb_json_scan_get_n (self->json.scan);
  g_autofree guint *n_items = g_new0 (guint, n);
  g_autofree Leaf  *all = g_new0 (Leaf, n);
  g_autoptr (GString) path = g_string_new (NULL);

  self->items = g_new0 (guint, n);
  for (guint i = 1; i < n; i++)
    {
      const WbJsonValue *value = wb_json_scan_get (self->json.scan, i);
      const Leaf        *parent = &all[value->parent];
      gboolean           is_container = value->type == WB_JSON_OBJECT
                              || value->type == WB_JSON_ARRAY;

      g_string_truncate (path, 0);
      g_string_append_len (path, self->paths->str + parent->path, (gssize) parent->path_length);
      self->items[i] = n_items[value->parent]++;
      append_component (self, path, i);
      shorten (path);
      all[i] = (Leaf){ .path = self->paths->len, .path_length = path->len, .value = i };
      g_string_append_len (self->paths, path->str, (gssize) path->len);

      if (!is_container || i + 1 == n
          || wb_json_scan_get (self->json.scan, i + 1)->parent != (int) i)
        g_array_append_val (self->leaves, all[i]);
    }
  g_array_sort_with_data (self->leaves, (GCompareDataFunc) compare_leaves, self->paths);
}

static void
append_value (WbCanonical *self,
              guint        index,
              GString     *out)
{
  wb_canonical_value_append (out, self->json.text, wb_json_scan_get (self->json.scan, index));
}

/**
 * wb_canonical_new:
 * @contents: a file's bytes
 * @one_form: whether a key is the same however the service's sources spell it
 *
 * Returns: (transfer full): what they say
 */
WbCanonical *
wb_canonical_new (GBytes  *contents,
                  gboolean one_form)
{
  WbCanonical *self = g_new0 (WbCanonical, 1);

  self->contents = g_bytes_ref (contents);
  self->one_form = one_form;
  self->paths = g_string_new (NULL);
  self->leaves = g_array_new (FALSE, FALSE, sizeof (Leaf));
  wb_connection_json_init (&self->json, contents, NULL);
  if (self->json.is_object)
    collect (self);

  return self;
}

void
wb_canonical_free (WbCanonical *self)
{
  g_return_if_fail (self != NULL);

  wb_connection_json_clear (&self->json);
  g_bytes_unref (self->contents);
  g_array_unref (self->leaves);
  g_free (self->items);
  g_string_free (self->paths, TRUE);
  g_free (self);
}

/**
 * wb_canonical_get_json:
 * @self: what a file says
 *
 * Returns: (transfer none): the file as JSON; not an object, if it has no keys
 */
WbConnectionJson *
wb_canonical_get_json (WbCanonical *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return &self->json;
}

static void
update (GChecksum  *checksum,
        const char *bytes,
        gsize       length)
{
  guint64 le_length = GUINT64_TO_LE ((guint64) length);

  g_checksum_update (checksum, (const guchar *) &le_length, sizeof le_length);
  while (length > 0)
    {
      gsize n = MIN (length, (gsize) G_MAXINT32);

      g_checksum_update (checksum, (const guchar *) bytes, (gssize) n);
      bytes += n;
      length -= n;
    }
}

static void
finish (GChecksum *checksum,
        guint8    *digest)
{
  gsize length = WB_CANONICAL_BYTES;

  g_checksum_get_digest (checksum, digest, &length);
  g_checksum_free (checksum);
}

/* A digest of all values but the connection's name; or of its settings alone, without secrets and
 * what the service set. */
static void
digest_values (WbCanonical *self,
               gboolean     settings_only,
               guint8      *digest)
{
  GChecksum *checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autoptr (GString) value = g_string_new (NULL);
  gsize       length;
  const char *bytes = g_bytes_get_data (self->contents, &length);

  update (checksum, self->json.is_object ? "J" : "B", 1);
  if (!self->json.is_object)
    update (checksum, bytes, length);
  for (guint i = 0; i < self->leaves->len; i++)
    {
      const Leaf        *leaf = &g_array_index (self->leaves, Leaf, i);
      const WbJsonValue *scanned = wb_json_scan_get (self->json.scan, leaf->value);

      if (wb_canonical_is_name (self, i)
          || (settings_only
              && (wb_connection_key_is_set_by_service (self->json.text, scanned)
                  || wb_secret_values_get (wb_connection_json_get_secrets (&self->json),
                                           leaf->value)
                       != WB_SECRET_NONE)))
        continue;
      g_string_truncate (value, 0);
      append_value (self, leaf->value, value);
      update (checksum, self->paths->str + leaf->path, leaf->path_length);
      /* What is spelled differently is found key by key, so that it can be told. */
      if (self->one_form)
        update (checksum, self->json.text + scanned->key_start,
                scanned->key_end - scanned->key_start);
      update (checksum, value->str, value->len);
    }
  finish (checksum, digest);
}

/**
 * wb_canonical_digest:
 * @self: what a file says
 * @settings: (out caller-allocates) (array fixed-size=32) (optional): SHA-256 of all that a person
 *   set, but for the connection's name and secrets
 * @content: (out caller-allocates) (array fixed-size=32): SHA-256 of all but the connection's name
 * @whole: (out caller-allocates) (array fixed-size=32): SHA-256 of all
 */
void
wb_canonical_digest (WbCanonical *self,
                     guint8      *settings,
                     guint8      *content,
                     guint8      *whole)
{
  GChecksum *checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autoptr (GString) value = g_string_new (NULL);
  guint name = self->json.keys.values[WB_KEY_NAME];

  if (settings != NULL)
    digest_values (self, TRUE, settings);
  digest_values (self, FALSE, content);
  if (name != 0)
    append_value (self, name, value);
  update (checksum, (const char *) content, WB_CANONICAL_BYTES);
  update (checksum, value->str, value->len);
  finish (checksum, whole);
}

guint
wb_canonical_get_n (WbCanonical *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->leaves->len;
}

/**
 * wb_canonical_compare:
 * @self: what a file says
 * @index: one of its values
 * @other: what another file says
 * @other_index: one of its values
 *
 * Returns: the order of their keys, as from strcmp(). The values of a file are in this order, so
 *   that two files can be walked through side by side.
 */
int
wb_canonical_compare (WbCanonical *self,
                      guint        index,
                      WbCanonical *other,
                      guint        other_index)
{
  const Leaf *leaf = &g_array_index (self->leaves, Leaf, index);
  const Leaf *other_leaf = &g_array_index (other->leaves, Leaf, other_index);

  return compare_bytes (self->paths->str + leaf->path, leaf->path_length,
                        other->paths->str + other_leaf->path, other_leaf->path_length);
}

/**
 * wb_canonical_equal:
 * @self: what a file says
 * @index: one of its values
 * @other: what another file says
 * @other_index: one of its values
 *
 * Compares secrets too. Numbers are equal if they have the same value, however they are spelled.
 *
 * Returns: whether both values, not their keys, are the same
 */
gboolean
wb_canonical_equal (WbCanonical *self,
                    guint        index,
                    WbCanonical *other,
                    guint        other_index)
{
  g_autoptr (GString) value = g_string_new (NULL);
  g_autoptr (GString) other_value = g_string_new (NULL);

  append_value (self, g_array_index (self->leaves, Leaf, index).value, value);
  append_value (other, g_array_index (other->leaves, Leaf, other_index).value, other_value);

  return g_string_equal (value, other_value);
}

/**
 * wb_canonical_get_value:
 * @self: what a file says
 * @index: one of its values
 *
 * Returns: its number in the scan of the file's JSON
 */
guint
wb_canonical_get_value (WbCanonical *self,
                        guint        index)
{
  return g_array_index (self->leaves, Leaf, index).value;
}

/**
 * wb_canonical_is_name:
 * @self: what a file says
 * @index: one of its values
 *
 * Returns: whether it is the connection's name
 */
gboolean
wb_canonical_is_name (WbCanonical *self,
                      guint        index)
{
  return wb_canonical_get_value (self, index) == self->json.keys.values[WB_KEY_NAME];
}

/**
 * wb_canonical_spelled_alike:
 * @self: what a file says
 * @index: one of its values
 * @other: what another file says
 * @other_index: one of its values, under the same key
 *
 * Returns: whether the key is also spelled the same
 */
gboolean
wb_canonical_spelled_alike (WbCanonical *self,
                            guint        index,
                            WbCanonical *other,
                            guint        other_index)
{
  g_autofree char *key = NULL;
  g_autofree char *other_key = NULL;

  if (!self->one_form)
    return TRUE;
  key = wb_canonical_dup_key (self, index);
  other_key = wb_canonical_dup_key (other, other_index);

  return g_str_equal (key, other_key);
}

/**
 * wb_canonical_dup_key:
 * @self: what a file says
 * @index: one of its values
 *
 * Returns: (transfer full): the key as a path, escaped, such as `config.userName`
 */
char *
wb_canonical_dup_key (WbCanonical *self,
                      guint        index)
{
  WbSecretValues *secrets = wb_connection_json_get_hidden (&self->json);
  GString        *path = g_string_new (NULL);
  guint           value = g_array_index (self->leaves, Leaf, index).value;

  while (value != 0)
    {
      const WbJsonValue *scanned = wb_json_scan_get (self->json.scan, value);
      g_autofree char   *part = NULL;

      if (scanned->key_end > scanned->key_start)
        {
          gsize            length;
          g_autofree char *key = wb_secret_mask_dup_key (secrets, value, WB_SECRET_DOTS, &length);

          part = wb_connection_escape_capped (key, length, MAX_KEY_CHARS);
          g_string_prepend (path, part);
          if (scanned->parent != 0)
            g_string_prepend_c (path, '.');
        }
      else
        {
          part = g_strdup_printf ("[%u]", self->items[value]);
          g_string_prepend (path, part);
        }
      value = (guint) scanned->parent;
      if (path->len > 8 * MAX_KEY_CHARS)
        {
          g_string_prepend (path, "…");
          break;
        }
    }

  return g_string_free (path, FALSE);
}
