/* request-log.c: what was asked and answered, without anything secret
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/service/http/request-log.h"

#define MAX_REQUESTS 500
#define LOGGED_KEY "waybill-logged"

WbRequestLog *
wb_request_log_new (void)
{
  return g_list_store_new (WB_TYPE_LOGGED_REQUEST);
}

/**
 * wb_request_log_dup_text:
 * @self: a log
 *
 * Returns: (transfer full): all of it, a line for each request, for the clipboard
 */
char *
wb_request_log_dup_text (WbRequestLog *self)
{
  GListModel *requests = G_LIST_MODEL (self);
  GString    *text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (requests); i++)
    {
      g_autoptr (WbLoggedRequest) request = g_list_model_get_item (requests, i);
      g_autofree char *line = wb_logged_request_dup_text (request);

      g_string_append_printf (text, "%s\n", line);
    }

  return g_string_free (text, FALSE);
}

void
wb_request_log_follow (WbRequestLog *self,
                       SoupMessage  *message)
{
  g_autoptr (WbLoggedRequest) request = NULL;

  g_return_if_fail (G_IS_LIST_STORE (self));
  g_return_if_fail (SOUP_IS_MESSAGE (message));

  request = wb_logged_request_new (message);
  g_object_set_data_full (G_OBJECT (message), LOGGED_KEY, g_object_ref (request), g_object_unref);

  g_list_store_append (self, request);
  if (g_list_model_get_n_items (G_LIST_MODEL (self)) > MAX_REQUESTS)
    g_list_store_remove (self, 0);
}

void
wb_request_log_fail (WbRequestLog *self,
                     SoupMessage  *message,
                     const GError *error)
{
  WbLoggedRequest *request;

  g_return_if_fail (G_IS_LIST_STORE (self));
  g_return_if_fail (SOUP_IS_MESSAGE (message));
  g_return_if_fail (error != NULL);

  request = g_object_get_data (G_OBJECT (message), LOGGED_KEY);
  if (request != NULL)
    wb_logged_request_fail (request, error);
}

/* Which way @message takes, and why; nothing if no log follows it. */
void
wb_request_log_set_route (SoupMessage *message,
                          const char  *route)
{
  WbLoggedRequest *request;

  g_return_if_fail (SOUP_IS_MESSAGE (message));
  g_return_if_fail (route != NULL);

  request = g_object_get_data (G_OBJECT (message), LOGGED_KEY);
  if (request != NULL)
    wb_logged_request_set_route (request, route);
}
