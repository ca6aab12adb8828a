/* sent-secrets.c: what a message holds of secrets, for who shows what is said about it
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/service/http/sent-secrets.h"

#include <string.h>

#include "core/wipe.h"

#define NOTED_KEY "waybill-sent-secrets"
#define SIGNATURE_NAME "Signature="

/**
 * wb_sent_secrets_note:
 * @message: a message that is about to be sent
 * @secret: (nullable): what its body holds, or what an earlier one of the same sign-in held, which
 *   the service knows since; copied, and overwritten with the message
 *
 * For wb_sent_secrets_list(), as nobody can ask a message for its body.
 */
void
wb_sent_secrets_note (SoupMessage *message,
                      const char  *secret)
{
  GPtrArray *noted;

  g_return_if_fail (SOUP_IS_MESSAGE (message));

  if (secret == NULL || *secret == '\0')
    return;

  noted = g_object_get_data (G_OBJECT (message), NOTED_KEY);
  if (noted == NULL)
    {
      noted = g_ptr_array_new_with_free_func (wb_wipe_and_free);
      g_object_set_data_full (G_OBJECT (message), NOTED_KEY, noted,
                              (GDestroyNotify) g_ptr_array_unref);
    }
  g_ptr_array_add (noted, g_strdup (secret));
}

/**
 * wb_sent_secrets_list:
 * @message: a message, with or without its reply
 *
 * Returns: (transfer container) (array zero-terminated=1): all secrets in it and those noted, which
 *   live as long as it does
 */
const char **
wb_sent_secrets_list (SoupMessage *message)
{
  static const char *const names[] = { "X-Auth-Token", "X-Security-Token", "Authorization" };
  static const char *const received_names[] = { "X-Subject-Token", "Openstack-Auth-Receipt" };
  g_autoptr (GPtrArray) list = g_ptr_array_new ();
  GPtrArray          *noted;
  SoupMessageHeaders *sent;
  SoupMessageHeaders *received;

  g_return_val_if_fail (SOUP_IS_MESSAGE (message), NULL);

  noted = g_object_get_data (G_OBJECT (message), NOTED_KEY);
  sent = soup_message_get_request_headers (message);
  received = soup_message_get_response_headers (message);
  for (guint i = 0; noted != NULL && i < noted->len; i++)
    g_ptr_array_add (list, g_ptr_array_index (noted, i));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *value = soup_message_headers_get_one (sent, names[i]);
      const char *signature = value != NULL ? strstr (value, SIGNATURE_NAME) : NULL;

      if (value != NULL && *value != '\0')
        g_ptr_array_add (list, (char *) value);
      /* A gateway might repeat it to say that it expected another. */
      if (signature != NULL && signature[strlen (SIGNATURE_NAME)] != '\0')
        g_ptr_array_add (list, (char *) signature + strlen (SIGNATURE_NAME));
    }
  for (guint i = 0; i < G_N_ELEMENTS (received_names); i++)
    {
      const char *value = soup_message_headers_get_one (received, received_names[i]);

      if (value != NULL && *value != '\0')
        g_ptr_array_add (list, (char *) value);
    }
  g_ptr_array_add (list, NULL);

  return (const char **) g_ptr_array_free (g_steal_pointer (&list), FALSE);
}
