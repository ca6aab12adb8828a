/* credential-file.c: access keys in the files that the cloud's console and software kits make
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/accounts/credential-file.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/error.h"

#define MAX_KEYS 100
#define HINT_CHARS 4

struct _WbFoundKey
{
  GObject parent_instance;

  char          *name;        /* (owned) */
  char          *hint;        /* (owned) */
  char          *project_id;  /* (owned) (nullable) */
  WbCredentials *credentials; /* (owned) */
};

G_DEFINE_FINAL_TYPE (WbFoundKey, wb_found_key, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_NAME,
  PROP_HINT,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

/* What one row or section says, and where it begins. */
typedef struct
{
  char *name;           /* (owned) (nullable) */
  char *access_key;     /* (owned) (nullable) */
  char *secret_key;     /* (owned) (nullable) */
  char *security_token; /* (owned) (nullable) */
  char *project_id;     /* (owned) (nullable) */
  guint line;
} Entry;

static void
wipe_and_free (gpointer text)
{
  if (text != NULL)
    explicit_bzero (text, strlen (text));
  g_free (text);
}

static void
entry_clear (Entry *entry)
{
  g_clear_pointer (&entry->name, g_free);
  g_clear_pointer (&entry->access_key, wipe_and_free);
  g_clear_pointer (&entry->secret_key, wipe_and_free);
  g_clear_pointer (&entry->security_token, wipe_and_free);
  g_clear_pointer (&entry->project_id, g_free);
}

static void
wb_found_key_get_property (GObject    *object,
                           guint       property_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  WbFoundKey *self = WB_FOUND_KEY (object);

  switch (property_id)
    {
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_HINT:
      g_value_set_string (value, self->hint);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
wb_found_key_finalize (GObject *object)
{
  WbFoundKey *self = WB_FOUND_KEY (object);

  g_free (self->name);
  g_free (self->hint);
  g_free (self->project_id);
  g_clear_pointer (&self->credentials, wb_credentials_unref);

  G_OBJECT_CLASS (wb_found_key_parent_class)->finalize (object);
}

static void
wb_found_key_class_init (WbFoundKeyClass *klass)
{
  GObjectClass     *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = wb_found_key_get_property;
  object_class->finalize = wb_found_key_finalize;

  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, "", flags);
  properties[PROP_HINT] = g_param_spec_string ("hint", NULL, NULL, "", flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
wb_found_key_init (WbFoundKey *self)
{
}

static gboolean
set_error (GError    **error,
           guint       line,
           const char *reason)
{
  /* Translators: a line's number, and a sentence about what is wrong in it */
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID, _ ("Line %u: %s"), line, reason);

  return FALSE;
}

/* Adds what an entry says, or says what is missing in it, without repeating any of it. */
static gboolean
add_entry (GListStore *list,
           Entry      *entry,
           GError    **error)
{
  const char *const secrets[] = { entry->access_key, entry->secret_key, entry->security_token };
  g_autoptr (WbFoundKey) found = NULL;

  if (entry->access_key == NULL || *entry->access_key == '\0')
    return set_error (error, entry->line, _ ("the access key is missing."));
  if (entry->secret_key == NULL || *entry->secret_key == '\0')
    return set_error (error, entry->line, _ ("the secret key is missing."));
  for (guint i = 0; i < G_N_ELEMENTS (secrets); i++)
    {
      g_autofree char *reason = NULL;

      if (secrets[i] == NULL || *secrets[i] == '\0')
        continue;
      reason = wb_credentials_check_key (secrets[i]);
      if (reason != NULL)
        return set_error (error, entry->line,
                          _ ("a key has a blank or a letter that no key has."));
    }
  if (g_list_model_get_n_items (G_LIST_MODEL (list)) == MAX_KEYS)
    return set_error (error, entry->line, _ ("there are too many keys in this file."));

  found = g_object_new (WB_TYPE_FOUND_KEY, NULL);
  found->name = g_strdup (entry->name != NULL && *entry->name != '\0' ? entry->name
                                                                      : _ ("Access key"));
  found->hint = g_strdup_printf ("%.*s…", HINT_CHARS, entry->access_key);
  found->project_id = g_strdup (entry->project_id);
  found->credentials = wb_credentials_new_key (entry->access_key, entry->secret_key,
                                               entry->security_token);
  g_list_store_append (list, found);

  return TRUE;
}

/* --- credentials.csv --- */

/* The fields of one line; %NULL if a quote is wrong. A quoted field cannot span lines here. */
static GPtrArray *
split_csv (const char *line)
{
  g_autoptr (GPtrArray) fields = g_ptr_array_new_with_free_func (wipe_and_free);

  for (;;)
    {
      g_autoptr (GString) field = g_string_sized_new (strlen (line) + 1);
      gboolean is_quoted = *line == '"';

      if (is_quoted)
        line++;
      while (*line != '\0' && (is_quoted || *line != ','))
        {
          if (is_quoted && *line == '"' && line[1] != '"')
            break;
          if (*line == '"')
            {
              if (!is_quoted)
                return NULL;
              line++;
            }
          g_string_append_c (field, *line++);
        }
      if (is_quoted && *line++ != '"')
        return NULL;
      if (*line != '\0' && *line != ',')
        return NULL;

      g_ptr_array_add (fields,
                       g_strstrip (g_string_free (g_steal_pointer (&field), FALSE)));
      if (*line == '\0')
        return g_steal_pointer (&fields);
      line++;
    }
}

static int
find_column (GPtrArray  *header,
             const char *name)
{
  for (guint i = 0; i < header->len; i++)
    {
      if (g_ascii_strcasecmp (g_ptr_array_index (header, i), name) == 0)
        return (int) i;
    }

  return -1;
}

static char *
dup_field (GPtrArray *fields,
           int        column)
{
  return column >= 0 && (guint) column < fields->len
           ? g_strdup (g_ptr_array_index (fields, column))
           : NULL;
}

static gboolean
parse_csv (char      **lines,
           GListStore *list,
           GError    **error)
{
  g_autoptr (GPtrArray) header = NULL;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autoptr (GPtrArray) fields = NULL;
      Entry    entry = { .line = i + 1 };
      gboolean added;

      if (*lines[i] == '\0')
        continue;
      fields = split_csv (lines[i]);
      if (fields == NULL)
        return set_error (error, i + 1, _ ("a quote is not closed, or is in the wrong place."));

      if (header == NULL)
        {
          header = g_steal_pointer (&fields);
          if (find_column (header, "Access Key Id") < 0
              || find_column (header, "Secret Access Key") < 0)
            return set_error (error, i + 1,
                              _ ("this is not the head of a file of access keys: it should name "
                                 "“Access Key Id” and “Secret Access Key”."));
          continue;
        }

      entry.name = dup_field (fields, find_column (header, "User Name"));
      entry.access_key = dup_field (fields, find_column (header, "Access Key Id"));
      entry.secret_key = dup_field (fields, find_column (header, "Secret Access Key"));
      added = add_entry (list, &entry, error);
      entry_clear (&entry);
      if (!added)
        return FALSE;
    }

  return TRUE;
}

/* --- ~/.huaweicloud/credentials --- */

static void
set_member (Entry      *entry,
            const char *key,
            const char *value)
{
  const struct
  {
    const char *key;
    char      **member;
  } members[] = {
    { "ak", &entry->access_key },
    { "sk", &entry->secret_key },
    { "security_token", &entry->security_token },
    { "project_id", &entry->project_id },
  };

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      if (g_ascii_strcasecmp (members[i].key, key) != 0)
        continue;
      wipe_and_free (*members[i].member);
      *members[i].member = g_strdup (value);
    }
}

/* A section without any key, such as one for a federated identity, is none of ours. */
static gboolean
end_section (GListStore *list,
             Entry      *entry,
             GError    **error)
{
  gboolean is_right = TRUE;

  if (entry->name != NULL && (entry->access_key != NULL || entry->secret_key != NULL))
    is_right = add_entry (list, entry, error);
  entry_clear (entry);

  return is_right;
}

static gboolean
parse_sections (char      **lines,
                GListStore *list,
                GError    **error)
{
  Entry    entry = { NULL };
  gboolean is_right = TRUE;

  for (guint i = 0; is_right && lines[i] != NULL; i++)
    {
      char *line = lines[i];
      char *sign;
      gsize length = strlen (line);

      if (length == 0 || *line == '#' || *line == ';')
        continue;
      if (*line == '[')
        {
          is_right = end_section (list, &entry, error);
          if (is_right && (length < 3 || line[length - 1] != ']'))
            is_right = set_error (error, i + 1, _ ("the section’s name is not closed by “]”."));
          if (is_right)
            {
              entry.name = g_strndup (line + 1, length - 2);
              entry.line = i + 1;
            }
          continue;
        }

      sign = strchr (line, '=');
      if (sign == NULL)
        {
          is_right = set_error (error, i + 1, _ ("this is neither a section nor a setting."));
        }
      else if (entry.name == NULL)
        {
          is_right = set_error (error, i + 1, _ ("this setting is in no section."));
        }
      else
        {
          *sign = '\0';
          set_member (&entry, g_strstrip (line), g_strstrip (sign + 1));
        }
    }
  is_right = is_right && end_section (list, &entry, error);
  entry_clear (&entry);

  return is_right;
}

/* --- both --- */

/* Where the bytes are no text. */
static guint
count_lines (const char *text,
             const char *end)
{
  guint line = 1;

  for (; text < end; text++)
    line += *text == '\n';

  return line;
}

static void
wipe_lines (char **lines)
{
  for (guint i = 0; lines[i] != NULL; i++)
    explicit_bzero (lines[i], strlen (lines[i]));
  g_strfreev (lines);
}

static gboolean
parse (const char *text,
       gsize       length,
       GListStore *list,
       GError    **error)
{
  char       *copy;
  char      **lines;
  const char *end;
  gboolean    is_sections = FALSE;
  gboolean    is_right;

  if (length >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0)
    {
      text += 3;
      length -= 3;
    }
  if (length > 0 && !g_utf8_validate (text, (gssize) length, &end))
    return set_error (error, count_lines (text, end), _ ("this is not text."));

  copy = g_strndup (text, length);
  lines = g_strsplit (copy, "\n", -1);
  wipe_and_free (copy);
  for (guint i = 0; lines[i] != NULL; i++)
    g_strstrip (lines[i]);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (*lines[i] == '\0')
        continue;
      is_sections = strchr ("[#;", *lines[i]) != NULL;
      break;
    }

  is_right = is_sections ? parse_sections (lines, list, error) : parse_csv (lines, list, error);
  wipe_lines (lines);

  return is_right;
}

/**
 * wb_found_key_get_name:
 * @self: a key
 *
 * Returns: the user's name, or the section's
 */
const char *
wb_found_key_get_name (WbFoundKey *self)
{
  g_return_val_if_fail (WB_IS_FOUND_KEY (self), NULL);

  return self->name;
}

/**
 * wb_found_key_get_hint:
 * @self: a key
 *
 * Returns: the access key's first characters
 */
const char *
wb_found_key_get_hint (WbFoundKey *self)
{
  g_return_val_if_fail (WB_IS_FOUND_KEY (self), NULL);

  return self->hint;
}

/**
 * wb_found_key_get_credentials:
 * @self: a key
 *
 * Returns: (transfer none): the key itself, for wb_secrets_store_async()
 */
WbCredentials *
wb_found_key_get_credentials (WbFoundKey *self)
{
  g_return_val_if_fail (WB_IS_FOUND_KEY (self), NULL);

  return self->credentials;
}

/**
 * wb_found_key_new_account:
 * @self: a key
 * @name: the account's name, such as wb_account_store_dup_free_name() gives it
 *
 * Returns: (transfer full): an account that signs in by the key; its cloud and region are to be
 *   chosen
 */
WbAccount *
wb_found_key_new_account (WbFoundKey *self,
                          const char *name)
{
  WbAccount *account;

  g_return_val_if_fail (WB_IS_FOUND_KEY (self), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  account = wb_account_new ();
  wb_account_set (account, WB_ACCOUNT_NAME, name);
  wb_account_set (account, WB_ACCOUNT_PROJECT_ID, self->project_id);
  wb_account_set_auth_method (account, WB_AUTH_KEY);

  return account;
}

/**
 * wb_credential_file_parse:
 * @bytes: a file, which may be anything
 * @error: return location
 *
 * Understands the `credentials.csv` that the console gives with a new access key, and the
 * `~/.huaweicloud/credentials` of the clouds' software kits: sections with `ak`, `sk`,
 * `security_token` and `project_id`. No sentence repeats anything of the file.
 *
 * Returns: (transfer full): the keys (of type #WbFoundKey), at least one; or %NULL with
 *   %WB_ERROR_INVALID
 */
GListModel *
wb_credential_file_parse (GBytes  *bytes,
                          GError **error)
{
  g_autoptr (GListStore) list = NULL;
  const char *text;
  gsize       length;

  g_return_val_if_fail (bytes != NULL, NULL);

  text = g_bytes_get_data (bytes, &length);
  if (length > WB_CREDENTIAL_FILE_MAX_BYTES)
    {
      g_set_error_literal (error, WB_ERROR, WB_ERROR_INVALID,
                           _ ("This file is too large for one of access keys."));
      return NULL;
    }

  list = g_list_store_new (WB_TYPE_FOUND_KEY);
  if (!parse (text != NULL ? text : "", length, list, error))
    return NULL;
  if (g_list_model_get_n_items (G_LIST_MODEL (list)) == 0)
    {
      g_set_error_literal (error, WB_ERROR, WB_ERROR_INVALID,
                           _ ("There is no access key in this file."));
      return NULL;
    }

  return G_LIST_MODEL (g_steal_pointer (&list));
}
