/* openstack-cloud.c: one cloud of OpenStack's clouds.yaml
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/accounts/openstack-cloud.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <yaml.h>

#include "core/error.h"
#include "core/input-limits.h"
#include "core/wipe.h"

#define AUTH "auth."

struct _WbOpenstackCloud
{
  GHashTable *values; /* (owned) (element-type utf8 utf8) */
};

static const char *
get_text (const yaml_node_t *node)
{
  return (const char *) node->data.scalar.value;
}

/* Whether it is a string that can be used: not null, and without a NUL character. */
static gboolean
is_text (const yaml_node_t *node)
{
  static const char *const nulls[] = { "", "~", "null", "Null", "NULL", NULL };

  return node != NULL && node->type == YAML_SCALAR_NODE
         && strlen (get_text (node)) == node->data.scalar.length
         && !(node->data.scalar.style == YAML_PLAIN_SCALAR_STYLE
              && g_strv_contains (nulls, get_text (node)));
}

/* Takes the file's `-` for `_`, as OpenStack's clients do. */
static char *
dup_key (const char *prefix,
         const char *key)
{
  char *name = g_strconcat (prefix, key, NULL);

  return g_strdelimit (name, "-", '_');
}

/* The value of @key in a mapping, of which the last one counts; or in what it merges, which may be
 * several. */
static yaml_node_t *
find_merged (yaml_document_t   *document,
             const yaml_node_t *mapping,
             const char        *key,
             guint             *n_merges)
{
  yaml_node_t *merged = NULL;

  if (mapping == NULL || (*n_merges)++ > WB_OPENSTACK_CLOUD_MAX_MERGES)
    return NULL;
  if (mapping->type == YAML_SEQUENCE_NODE && *n_merges > 1)
    {
      yaml_node_t *found = NULL;

      for (yaml_node_item_t *item = mapping->data.sequence.items.start;
           found == NULL && item < mapping->data.sequence.items.top; item++)
        found = find_merged (document, yaml_document_get_node (document, *item), key, n_merges);

      return found;
    }
  if (mapping->type != YAML_MAPPING_NODE)
    return NULL;

  for (yaml_node_pair_t *pair = mapping->data.mapping.pairs.top;
       pair-- > mapping->data.mapping.pairs.start;)
    {
      yaml_node_t *name = yaml_document_get_node (document, pair->key);

      if (name->type != YAML_SCALAR_NODE)
        continue;
      if (g_str_equal (get_text (name), key))
        return yaml_document_get_node (document, pair->value);
      if (g_str_equal (get_text (name), "<<"))
        merged = yaml_document_get_node (document, pair->value);
    }

  return find_merged (document, merged, key, n_merges);
}

static yaml_node_t *
find (yaml_document_t   *document,
      const yaml_node_t *mapping,
      const char        *key)
{
  guint n_merges = 0;

  return find_merged (document, mapping, key, &n_merges);
}

static gboolean
is_known (WbOpenstackCloud *self,
          const char       *prefix,
          const char       *key)
{
  g_autofree char *name = dup_key (prefix, key);

  return g_hash_table_contains (self->values, name);
}

static void
add (WbOpenstackCloud *self,
     const char       *prefix,
     const char       *key,
     const char       *value)
{
  if (!is_known (self, prefix, key))
    g_hash_table_insert (self->values, dup_key (prefix, key), g_strdup (value));
}

/* A list of strings, or of mappings with a name, with commas between. */
static char *
join (yaml_document_t   *document,
      const yaml_node_t *sequence)
{
  GString *text = g_string_new (NULL);

  for (yaml_node_item_t *item = sequence->data.sequence.items.start;
       item < sequence->data.sequence.items.top; item++)
    {
      yaml_node_t *node = yaml_document_get_node (document, *item);

      if (node->type == YAML_MAPPING_NODE)
        node = find (document, node, "name");
      if (is_text (node))
        g_string_append_printf (text, "%s%s", text->len > 0 ? "," : "", get_text (node));
    }

  return g_string_free (text, FALSE);
}

/* What @mapping says, in addition to what is known already. */
static void
add_mapping (WbOpenstackCloud  *self,
             yaml_document_t   *document,
             const yaml_node_t *mapping,
             const char        *prefix,
             guint             *n_merges)
{
  yaml_node_t *merged = NULL;

  if (mapping == NULL || (*n_merges)++ > WB_OPENSTACK_CLOUD_MAX_MERGES)
    return;
  if (mapping->type == YAML_SEQUENCE_NODE && *n_merges > 1)
    {
      for (yaml_node_item_t *item = mapping->data.sequence.items.start;
           item < mapping->data.sequence.items.top; item++)
        add_mapping (self, document, yaml_document_get_node (document, *item), prefix, n_merges);
      return;
    }
  if (mapping->type != YAML_MAPPING_NODE)
    return;

  for (yaml_node_pair_t *pair = mapping->data.mapping.pairs.top;
       pair-- > mapping->data.mapping.pairs.start;)
    {
      yaml_node_t *name = yaml_document_get_node (document, pair->key);
      yaml_node_t *value = yaml_document_get_node (document, pair->value);

      if (!is_text (name))
        continue;
      if (g_str_equal (get_text (name), "<<"))
        {
          merged = value;
        }
      else if (is_text (value))
        {
          add (self, prefix, get_text (name), get_text (value));
        }
      else if (value->type == YAML_SEQUENCE_NODE && !is_known (self, prefix, get_text (name)))
        {
          g_autofree char *text = join (document, value);

          add (self, prefix, get_text (name), text);
        }
      else if (value->type == YAML_MAPPING_NODE && *prefix == '\0'
               && g_str_equal (get_text (name), "auth"))
        {
          /* The same count: else what merges itself would be read a hundred times a hundred. */
          add_mapping (self, document, value, AUTH, n_merges);
        }
    }

  add_mapping (self, document, merged, prefix, n_merges);
}

static char *
list_keys (yaml_document_t   *document,
           const yaml_node_t *mapping)
{
  GString *names = g_string_new (NULL);

  for (yaml_node_pair_t *pair = mapping->data.mapping.pairs.start;
       pair < mapping->data.mapping.pairs.top; pair++)
    {
      yaml_node_t *name = yaml_document_get_node (document, pair->key);

      if (is_text (name))
        g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", get_text (name));
    }

  return g_string_free (names, FALSE);
}

static void
wipe_document (yaml_document_t *document)
{
  for (yaml_node_t *node = document->nodes.start; node < document->nodes.top; node++)
    {
      if (node->type == YAML_SCALAR_NODE)
        explicit_bzero (node->data.scalar.value, node->data.scalar.length);
    }
  yaml_document_delete (document);
}

static int
compare_keys (gconstpointer a,
              gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Brackets within strings count as well; nobody has so many. */
static gboolean
is_too_deep (const char *text,
             gsize       length)
{
  guint depth = 0;

  for (gsize i = 0; i < length && depth <= WB_OPENSTACK_CLOUD_MAX_DEPTH; i++)
    {
      if (text[i] == '[' || text[i] == '{')
        depth++;
      else if ((text[i] == ']' || text[i] == '}') && depth > 0)
        depth--;
    }

  return depth > WB_OPENSTACK_CLOUD_MAX_DEPTH;
}

/* For what is no text, the parser has no line but the place of a byte. */
static guint
find_line (const yaml_parser_t *parser,
           const char          *text,
           gsize                length)
{
  guint line = 1;

  if (parser->error != YAML_READER_ERROR)
    return (guint) parser->problem_mark.line + 1;

  for (gsize i = 0; i < MIN (length, parser->problem_offset); i++)
    line += text[i] == '\n' ? 1 : 0;

  return line;
}

static gboolean
load (GBytes          *bytes,
      yaml_document_t *document,
      GError         **error)
{
  yaml_parser_t parser;
  gsize         length;
  const char   *text = g_bytes_get_data (bytes, &length);
  gboolean      is_right;

  if (length > WB_OPENSTACK_CLOUD_MAX_BYTES)
    {
      g_set_error_literal (error, WB_ERROR, WB_ERROR_INVALID, _ ("It is too large."));
      return FALSE;
    }

  if (is_too_deep (text, length))
    {
      g_set_error_literal (error, WB_ERROR, WB_ERROR_INVALID, _ ("It is nested too deeply."));
      return FALSE;
    }

  if (!yaml_parser_initialize (&parser))
    g_error ("There is no memory to read YAML with");
  yaml_parser_set_input_string (&parser, (const guchar *) (text != NULL ? text : ""), length);
  is_right = yaml_parser_load (&parser, document) != 0;
  if (!is_right)
    g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                 /* Translators: a line's number. */
                 _ ("Line %u is not in YAML format."), find_line (&parser, text, length));
  yaml_parser_delete (&parser);

  return is_right;
}

WbOpenstackCloud *
wb_openstack_cloud_new (void)
{
  WbOpenstackCloud *self = g_new0 (WbOpenstackCloud, 1);

  self->values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, wb_wipe_and_free);

  return self;
}

void
wb_openstack_cloud_free (WbOpenstackCloud *self)
{
  g_return_if_fail (self != NULL);

  g_hash_table_unref (self->values);
  g_free (self);
}

/**
 * wb_openstack_cloud_add:
 * @self: what is known already, and stays
 * @bytes: a file, which may be anything
 * @section: where it lists its clouds: `clouds`, in a vendor's file `public-clouds`
 * @name: the cloud's name
 * @names: (out) (optional) (nullable): the names of all clouds in the file, if @name is not one of
 *   them; free it
 * @error: return location
 *
 * Adds what the file says of the cloud: strings, lists and the strings below `auth`
 * (openstacksdk's "Configuring OpenStack SDK Applications"). `<<` and aliases are followed. No
 * sentence repeats anything of the file.
 *
 * Returns: %FALSE with %WB_ERROR_INVALID if it is no such file
 */
gboolean
wb_openstack_cloud_add (WbOpenstackCloud *self,
                        GBytes           *bytes,
                        const char       *section,
                        const char       *name,
                        char            **names,
                        GError          **error)
{
  yaml_document_t document;
  yaml_node_t    *clouds;
  yaml_node_t    *cloud;
  guint           n_merges = 0;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (bytes != NULL, FALSE);
  g_return_val_if_fail (section != NULL && name != NULL, FALSE);

  if (names != NULL)
    *names = NULL;
  if (!load (bytes, &document, error))
    return FALSE;

  clouds = find (&document, yaml_document_get_root_node (&document), section);
  cloud = find (&document, clouds, name);
  if (cloud != NULL && cloud->type == YAML_MAPPING_NODE)
    add_mapping (self, &document, cloud, "", &n_merges);
  else if (names != NULL)
    *names = clouds != NULL && clouds->type == YAML_MAPPING_NODE ? list_keys (&document, clouds)
                                                                 : g_strdup ("");
  wipe_document (&document);

  return TRUE;
}

/**
 * wb_openstack_cloud_get:
 * @self: a cloud
 * @key: a key of the file, with `_` in place of `-`
 *
 * Returns: (transfer none) (nullable): its value below `auth`, or else beside it; never empty
 */
const char *
wb_openstack_cloud_get (WbOpenstackCloud *self,
                        const char       *key)
{
  g_autofree char *in_auth = NULL;
  const char      *value;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (key != NULL, NULL);

  in_auth = g_strconcat (AUTH, key, NULL);
  value = g_hash_table_lookup (self->values, in_auth);
  if (value == NULL)
    value = g_hash_table_lookup (self->values, key);

  return value != NULL && *value != '\0' ? value : NULL;
}

/* The keys below `auth`, to look for those that are not understood. */
GStrv
wb_openstack_cloud_list_auth (WbOpenstackCloud *self)
{
  g_autoptr (GPtrArray) keys = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer       key;

  g_return_val_if_fail (self != NULL, NULL);

  g_hash_table_iter_init (&iter, self->values);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      if (g_str_has_prefix (key, AUTH))
        g_ptr_array_add (keys, g_strdup ((const char *) key + strlen (AUTH)));
    }
  g_ptr_array_sort (keys, compare_keys);
  g_ptr_array_add (keys, NULL);

  return (GStrv) g_ptr_array_free (g_steal_pointer (&keys), FALSE);
}
