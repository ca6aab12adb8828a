/* request-log.c: what was asked and answered, without anything secret
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/service/http/request-log.h"

#define MAX_REQUESTS 500
#define LOGGED_KEY "waybill-logged"

struct _WbRequestLog
{
  GObject parent_instance;

  GPtrArray *requests; /* (owned) (element-type WbLoggedRequest) */
};

static void wb_request_log_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (WbRequestLog, wb_request_log, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      wb_request_log_list_model_init))

static GType
wb_request_log_get_item_type (GListModel *model)
{
  return WB_TYPE_LOGGED_REQUEST;
}

static guint
wb_request_log_get_n_items (GListModel *model)
{
  return WB_REQUEST_LOG (model)->requests->len;
}

static gpointer
wb_request_log_get_item (GListModel *model,
                         guint       position)
{
  GPtrArray *requests = WB_REQUEST_LOG (model)->requests;

  return position < requests->len ? g_object_ref (g_ptr_array_index (requests, position)) : NULL;
}

static void
wb_request_log_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = wb_request_log_get_item_type;
  iface->get_n_items = wb_request_log_get_n_items;
  iface->get_item = wb_request_log_get_item;
}

static void
wb_request_log_finalize (GObject *object)
{
  g_ptr_array_unref (WB_REQUEST_LOG (object)->requests);

  G_OBJECT_CLASS (wb_request_log_parent_class)->finalize (object);
}

static void
wb_request_log_class_init (WbRequestLogClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wb_request_log_finalize;
}

static void
wb_request_log_init (WbRequestLog *self)
{
  self->requests = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * wb_request_log_new:
 *
 * Returns: (transfer full): an empty log, in memory only
 */
WbRequestLog *
wb_request_log_new (void)
{
  return g_object_new (WB_TYPE_REQUEST_LOG, NULL);
}

/**
 * wb_request_log_clear:
 * @self: a log
 */
void
wb_request_log_clear (WbRequestLog *self)
{
  guint n;

  g_return_if_fail (WB_IS_REQUEST_LOG (self));

  n = self->requests->len;
  g_ptr_array_set_size (self->requests, 0);
  if (n > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, n, 0);
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
  GString *text;

  g_return_val_if_fail (WB_IS_REQUEST_LOG (self), NULL);

  text = g_string_new (NULL);
  for (guint i = 0; i < self->requests->len; i++)
    {
      g_autofree char *line = NULL;

      line = wb_logged_request_dup_text (g_ptr_array_index (self->requests, i));
      g_string_append_printf (text, "%s\n", line);
    }

  return g_string_free (text, FALSE);
}

/**
 * wb_request_log_follow:
 * @self: a log
 * @message: a message that is about to be sent, with all its headers
 */
void
wb_request_log_follow (WbRequestLog *self,
                       SoupMessage  *message)
{
  WbLoggedRequest *request;

  g_return_if_fail (WB_IS_REQUEST_LOG (self));
  g_return_if_fail (SOUP_IS_MESSAGE (message));

  request = wb_logged_request_new (message);
  g_object_set_data_full (G_OBJECT (message), LOGGED_KEY, g_object_ref (request), g_object_unref);

  g_ptr_array_add (self->requests, request);
  g_list_model_items_changed (G_LIST_MODEL (self), self->requests->len - 1, 0, 1);
  if (self->requests->len > MAX_REQUESTS)
    {
      g_ptr_array_remove_index (self->requests, 0);
      g_list_model_items_changed (G_LIST_MODEL (self), 0, 1, 0);
    }
}

/**
 * wb_request_log_fail:
 * @self: a log
 * @message: a message it follows
 * @error: why there was no answer
 */
void
wb_request_log_fail (WbRequestLog *self,
                     SoupMessage  *message,
                     const GError *error)
{
  WbLoggedRequest *request;

  g_return_if_fail (WB_IS_REQUEST_LOG (self));
  g_return_if_fail (SOUP_IS_MESSAGE (message));
  g_return_if_fail (error != NULL);

  request = g_object_get_data (G_OBJECT (message), LOGGED_KEY);
  if (request != NULL)
    wb_logged_request_fail (request, error);
}
