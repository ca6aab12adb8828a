/* rebuilt-connection-missing.c: which settings of a rebuilt connection have to be entered again
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/rebuilt/rebuilt-connection-private.h"

#include <string.h>

#include "core/archive/rebuilt/reply.h"

/**
 * wb_rebuilding_dup_path:
 * @key: a documented key
 *
 * Returns: (transfer full): where it stands in the file, such as `config.userName`
 */
char *
wb_rebuilding_dup_path (WbFormKey key)
{
  return g_strconcat (key > WB_FORM_CONFIG ? "config." : "", wb_form_key_to_string (key), NULL);
}

/**
 * wb_rebuilding_miss:
 * @self: a connection that is being made
 * @index: one of its settings, that has no documented name
 *
 * Notes that it has to be entered again.
 */
void
wb_rebuilding_miss (WbRebuilding *self,
                    guint         index)
{
  g_autofree char *path = wb_reply_dup_path (self->json, index);

  g_ptr_array_add (self->result->missing, g_strconcat ("config", strchr (path, '.'), NULL));
}

/* Whether a connection with these settings signs in with a password, by the documentation of its
 * type or because it names a user. */
static gboolean
needs_password (WbRebuilding *self)
{
  static const char *const types[] = { "DWS", "RDS", NULL };
  const WbJsonValue       *value = wb_reply_get (self->json, self->found[WB_FORM_TYPE]);
  const char              *documented;
  g_autofree char         *type = NULL;

  type = wb_json_unescape (self->json->text, value->start, value->end, NULL);
  documented = wb_form_type_find (type);

  return self->found[WB_FORM_KEY_LOCATION] == 0
         && (self->missed[WB_FORM_PASSWORD] || self->found[WB_FORM_USER_NAME] != 0
             || (documented != NULL && g_strv_contains (types, documented)));
}

/**
 * wb_rebuilding_note_missing:
 * @self: a connection whose keys have been found
 *
 * Notes which settings have to be entered again.
 */
void
wb_rebuilding_note_missing (WbRebuilding *self)
{
  gboolean has_secret = self->found[WB_FORM_PASSWORD] != 0;

  for (guint i = 0; i < self->kept->len && !has_secret; i++)
    has_secret = wb_secret_values_get (wb_connection_json_get_secrets (self->json),
                                       g_array_index (self->kept, guint, i))
                 != WB_SECRET_NONE;
  if (!has_secret && self->result->missing->len == 0 && needs_password (self))
    self->missed[WB_FORM_PASSWORD] = TRUE;
  for (guint key = 0; key < WB_N_FORM_KEYS; key++)
    {
      if (self->missed[key] && self->found[key] == 0)
        g_ptr_array_add (self->result->missing, wb_rebuilding_dup_path ((WbFormKey) key));
    }
}
