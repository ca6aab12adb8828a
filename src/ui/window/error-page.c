/* error-page.c: what happened, what to do about it, and what to report to the support
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/window/error-page.h"

#include <glib/gi18n-lib.h>

#include "core/error.h"
#include "core/text.h"
#include "ui/widgets/field-row.h"

/* The longest part of the service's message that is shown. */
#define MAX_DETAIL_CHARACTERS 500

struct _WbErrorPage
{
  AdwBin parent_instance;

  AdwStatusPage *status;
  AdwBin        *facts;
  GtkWidget     *try_again;
  GtkWidget     *edit_account;
  GtkWidget     *open;
  GtkWidget     *back;

  char            *title;   /* (owned) (nullable): shown while there is a network */
  GNetworkMonitor *monitor; /* (owned) (nullable): while the network may be missing */
};

G_DEFINE_FINAL_TYPE (WbErrorPage, wb_error_page, ADW_TYPE_BIN)

static const char *
get_title (WbErrorKind kind)
{
  switch (kind)
    {
    case WB_ERROR_KIND_INVALID:
      return _ ("Account Settings Incomplete");
    case WB_ERROR_KIND_SIGN_IN:
      return _ ("Sign-In Refused");
    case WB_ERROR_KIND_NOT_PERMITTED:
      return _ ("Not Permitted");
    case WB_ERROR_KIND_SERVICE:
      return _ ("Refused by the Service");
    case WB_ERROR_KIND_NO_CONNECTIONS:
      return _ ("No Connections");
    case WB_ERROR_KIND_NETWORK:
      return _ ("No Connection to the Service");
    case WB_ERROR_KIND_NOT_AN_ARCHIVE:
      return _ ("Not a Complete ZIP");
    case WB_ERROR_KIND_LOCAL_FILE:
    case WB_ERROR_KIND_CANCELLED:
    case WB_ERROR_KIND_FAILED:
    default:
      return _ ("Export Failed");
    }
}

static const char *
get_icon_name (WbErrorKind kind)
{
  switch (kind)
    {
    case WB_ERROR_KIND_INVALID:
      return "document-properties-symbolic";
    case WB_ERROR_KIND_SIGN_IN:
      return "dialog-password-symbolic";
    case WB_ERROR_KIND_NOT_PERMITTED:
      return "action-unavailable-symbolic";
    case WB_ERROR_KIND_NO_CONNECTIONS:
      return "folder-symbolic";
    case WB_ERROR_KIND_NETWORK:
      return "network-error-symbolic";
    case WB_ERROR_KIND_NOT_AN_ARCHIVE:
      return "package-x-generic-symbolic";
    case WB_ERROR_KIND_SERVICE:
    case WB_ERROR_KIND_LOCAL_FILE:
    case WB_ERROR_KIND_CANCELLED:
    case WB_ERROR_KIND_FAILED:
    default:
      return "dialog-error-symbolic";
    }
}

/* Returns whether the network is missing, not just one host. */
static gboolean
may_be_offline (const GError *error)
{
  return error->domain == G_RESOLVER_ERROR
         || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_HOST_NOT_FOUND)
         || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_HOST_UNREACHABLE)
         || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NETWORK_UNREACHABLE)
         || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
}

static void
update_title (WbErrorPage *self)
{
  if (!g_network_monitor_get_network_available (self->monitor))
    adw_status_page_set_title (self->status, _ ("Not Connected to a Network"));
  else
    adw_status_page_set_title (self->status, self->title);
}

/* In a sandbox the portal answers a moment later. */
static void
watch_network (WbErrorPage *self)
{
  self->monitor = g_object_ref (g_network_monitor_get_default ());
  g_signal_connect_object (self->monitor, "network-changed", G_CALLBACK (update_title), self,
                           G_CONNECT_SWAPPED);
  update_title (self);
}

static void
unwatch_network (WbErrorPage *self)
{
  if (self->monitor == NULL)
    return;

  g_signal_handlers_disconnect_by_func (self->monitor, update_title, self);
  g_clear_object (&self->monitor);
}

static void
add_fact (AdwPreferencesGroup *group,
          const char          *label,
          const char          *bytes)
{
  g_autofree char *text = NULL;
  g_autofree char *shown = NULL;

  if (bytes == NULL || *bytes == '\0')
    return;

  text = wb_text_escape (bytes, -1);
  if (g_utf8_strlen (text, -1) > MAX_DETAIL_CHARACTERS)
    {
      g_autofree char *start = g_utf8_substring (text, 0, MAX_DETAIL_CHARACTERS);

      shown = g_strconcat (start, "…", NULL);
    }

  adw_preferences_group_add (group, wb_field_row_new (label, shown != NULL ? shown : text, text));
}

static void
show_facts (WbErrorPage  *self,
            const GError *error)
{
  const char          *code = wb_error_get_service_code (error);
  const char          *request_id = wb_error_get_request_id (error);
  const char          *detail = wb_error_get_detail (error);
  AdwPreferencesGroup *group;

  if (code == NULL && request_id == NULL && detail == NULL)
    {
      adw_bin_set_child (self->facts, NULL);
      gtk_widget_set_visible (GTK_WIDGET (self->facts), FALSE);
      return;
    }

  group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  /* Translators: label of the service's error code. */
  add_fact (group, _ ("Code"), code);
  add_fact (group, _ ("Request ID"), request_id);
  add_fact (group, _ ("The service said"), detail);
  adw_bin_set_child (self->facts, GTK_WIDGET (group));
  gtk_widget_set_visible (GTK_WIDGET (self->facts), TRUE);
}

static void
show_error (WbErrorPage  *self,
            const GError *error,
            const char   *title,
            const char   *icon_name)
{
  /* A status page parses its description as markup. */
  g_autofree char *valid = g_utf8_make_valid (error->message, -1);
  g_autofree char *escaped = g_markup_escape_text (valid, -1);

  unwatch_network (self);
  g_free (self->title);
  self->title = g_strdup (title);
  adw_status_page_set_title (self->status, title);
  adw_status_page_set_icon_name (self->status, icon_name);
  adw_status_page_set_description (self->status, escaped);
  show_facts (self, error);
}

static void
wb_error_page_dispose (GObject *object)
{
  unwatch_network (WB_ERROR_PAGE (object));

  G_OBJECT_CLASS (wb_error_page_parent_class)->dispose (object);
}

static void
wb_error_page_finalize (GObject *object)
{
  g_free (WB_ERROR_PAGE (object)->title);

  G_OBJECT_CLASS (wb_error_page_parent_class)->finalize (object);
}

static void
wb_error_page_class_init (WbErrorPageClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = wb_error_page_dispose;
  object_class->finalize = wb_error_page_finalize;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/waybill/Waybill/error-page.ui");
  gtk_widget_class_bind_template_child (widget_class, WbErrorPage, status);
  gtk_widget_class_bind_template_child (widget_class, WbErrorPage, facts);
  gtk_widget_class_bind_template_child (widget_class, WbErrorPage, try_again);
  gtk_widget_class_bind_template_child (widget_class, WbErrorPage, edit_account);
  gtk_widget_class_bind_template_child (widget_class, WbErrorPage, open);
  gtk_widget_class_bind_template_child (widget_class, WbErrorPage, back);
}

static void
wb_error_page_init (WbErrorPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
wb_error_page_show_export_error (WbErrorPage  *self,
                                 const GError *error,
                                 const char   *workspace_name,
                                 gboolean      has_preview)
{
  WbErrorKind      kind;
  g_autofree char *title = NULL;

  g_return_if_fail (WB_IS_ERROR_PAGE (self));
  g_return_if_fail (error != NULL);
  g_return_if_fail (workspace_name != NULL);

  kind = wb_error_get_kind (error);
  if (kind == WB_ERROR_KIND_NO_CONNECTIONS)
    /* Translators: the name of a workspace. */
    title = g_strdup_printf (_ ("No Connections in “%s”"), workspace_name);

  show_error (self, error, title != NULL ? title : get_title (kind), get_icon_name (kind));
  if (may_be_offline (error))
    watch_network (self);
  gtk_widget_set_visible (self->try_again, TRUE);
  gtk_widget_set_visible (self->edit_account,
                          kind == WB_ERROR_KIND_SIGN_IN || kind == WB_ERROR_KIND_INVALID
                            || kind == WB_ERROR_KIND_NETWORK
                            || kind == WB_ERROR_KIND_NOT_PERMITTED);
  gtk_widget_set_visible (self->open, FALSE);
  gtk_widget_set_visible (self->back, has_preview);
}

void
wb_error_page_show_open_error (WbErrorPage  *self,
                               const GError *error,
                               const char   *file_name)
{
  g_autofree char *title = NULL;

  g_return_if_fail (WB_IS_ERROR_PAGE (self));
  g_return_if_fail (error != NULL);
  g_return_if_fail (file_name != NULL);

  /* Translators: a file's name. */
  title = g_strdup_printf (_ ("“%s” Could Not Be Opened"), file_name);
  show_error (self, error, title, "package-x-generic-symbolic");
  gtk_widget_set_visible (self->try_again, FALSE);
  gtk_widget_set_visible (self->edit_account, FALSE);
  gtk_widget_set_visible (self->open, TRUE);
  gtk_widget_set_visible (self->back, FALSE);
}

/* Puts the focus on what is likely to be done next. */
void
wb_error_page_focus_button (WbErrorPage *self)
{
  g_return_if_fail (WB_IS_ERROR_PAGE (self));

  gtk_widget_grab_focus (gtk_widget_get_visible (self->try_again) ? self->try_again : self->open);
}
