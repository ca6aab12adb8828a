/* error-page.c: what happened, what to do about it, and what to report to the support
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/window/error-page.h"

#include <glib/gi18n-lib.h>

#include "core/error.h"
#include "core/text.h"
#include "ui/widgets/field-row.h"
#include "ui/widgets/workspace-label.h"

/* The longest part of a name or a code, and of the service's message, that is shown. The time it
 * takes to wrap a word without spaces grows with the square of its length. */
#define MAX_NAME_CHARACTERS 80
#define MAX_DETAIL_CHARACTERS 300

struct _WbErrorPage
{
  AdwBin parent_instance;

  AdwStatusPage *status;
  AdwBin        *facts;
  GtkWidget     *other_source;
  GtkWidget     *try_again;
  GtkWidget     *edit_account;
  GtkWidget     *check_account;
  GtkWidget     *request_log;
  GtkWidget     *help;
  GtkWidget     *open;
  GtkWidget     *back;

  WbAccount       *account;   /* (owned) (nullable): whose export failed */
  WbWorkspace     *workspace; /* (owned) (nullable): likewise */
  char            *title;     /* (owned) (nullable): shown while there is a network */
  GNetworkMonitor *monitor;   /* (owned) (nullable): while the network may be missing */
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
    case WB_ERROR_KIND_WITHDRAWN:
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
    case WB_ERROR_KIND_WITHDRAWN:
    case WB_ERROR_KIND_LOCAL_FILE:
    case WB_ERROR_KIND_CANCELLED:
    case WB_ERROR_KIND_FAILED:
    default:
      return "dialog-error-symbolic";
    }
}

/* What a person can do about an error, beside trying again. */
typedef enum
{
  STEP_NONE = 0,
  STEP_EDIT = 1 << 0,
  STEP_CHECK = 1 << 1,
  STEP_LOG = 1 << 2,
} Steps;

/* Whatever the sentence of an error of this kind may name. */
static Steps
get_steps (WbErrorKind kind)
{
  switch (kind)
    {
    case WB_ERROR_KIND_INVALID:
      return STEP_EDIT;
    case WB_ERROR_KIND_SIGN_IN:
    case WB_ERROR_KIND_NOT_PERMITTED:
    case WB_ERROR_KIND_SERVICE:
    case WB_ERROR_KIND_WITHDRAWN:
    case WB_ERROR_KIND_NO_CONNECTIONS:
    case WB_ERROR_KIND_NETWORK:
      return STEP_EDIT | STEP_CHECK | STEP_LOG;
    case WB_ERROR_KIND_NOT_AN_ARCHIVE:
    case WB_ERROR_KIND_FAILED:
      return STEP_LOG;
    case WB_ERROR_KIND_LOCAL_FILE:
    case WB_ERROR_KIND_CANCELLED:
    default:
      return STEP_NONE;
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

static char *
dup_shortened (const char *text,
               glong       max_characters)
{
  g_autofree char *start = NULL;

  if (g_utf8_strlen (text, -1) <= max_characters)
    return g_strdup (text);

  start = g_utf8_substring (text, 0, max_characters);

  return g_strconcat (start, "…", NULL);
}

static void
add_fact (AdwPreferencesGroup *group,
          const char          *label,
          const char          *bytes,
          glong                max_characters)
{
  g_autofree char *text = NULL;
  g_autofree char *shown = NULL;

  if (bytes == NULL || *bytes == '\0')
    return;

  text = wb_text_escape (bytes, -1);
  shown = dup_shortened (text, max_characters);
  adw_preferences_group_add (group, wb_field_row_new (label, shown, text));
}

/* The account and workspace, so that nobody mistakes one for another. */
static void
add_target (WbErrorPage         *self,
            AdwPreferencesGroup *group)
{
  g_autofree char *workspace = wb_workspace_dup_label (self->workspace);
  g_autofree char *account = wb_account_dup_label (self->account);
  g_autofree char *target = g_strdup_printf ("%s · %s", account, workspace);

  /* Translators: label of the account and workspace that an export was to come from. */
  add_fact (group, _ ("Account and workspace"), target, MAX_DETAIL_CHARACTERS);
}

static void
show_facts (WbErrorPage  *self,
            const GError *error)
{
  const char          *code = wb_error_get_service_code (error);
  const char          *request_id = wb_error_get_request_id (error);
  const char          *detail = wb_error_get_detail (error);
  AdwPreferencesGroup *group;

  if (self->account == NULL && code == NULL && request_id == NULL && detail == NULL)
    {
      adw_bin_set_child (self->facts, NULL);
      gtk_widget_set_visible (GTK_WIDGET (self->facts), FALSE);
      return;
    }

  group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  if (self->account != NULL)
    add_target (self, group);
  /* Translators: label of the service's error code. */
  add_fact (group, _ ("Code"), code, MAX_NAME_CHARACTERS);
  add_fact (group, _ ("Request ID"), request_id, MAX_NAME_CHARACTERS);
  add_fact (group, _ ("The service said"), detail, MAX_DETAIL_CHARACTERS);
  adw_bin_set_child (self->facts, GTK_WIDGET (group));
  gtk_widget_set_visible (GTK_WIDGET (self->facts), TRUE);
}

static void
show_error (WbErrorPage  *self,
            const GError *error,
            const char   *title,
            const char   *icon_name)
{
  g_autofree char *place = g_strconcat ("errors#",
                                        wb_error_kind_to_string (wb_error_get_kind (error)), NULL);
  /* A status page parses its description as markup. */
  g_autofree char *valid = g_utf8_make_valid (error->message, -1);
  g_autofree char *escaped = g_markup_escape_text (valid, -1);

  unwatch_network (self);
  g_free (self->title);
  self->title = g_strdup (title);
  adw_status_page_set_title (self->status, title);
  adw_status_page_set_icon_name (self->status, icon_name);
  adw_status_page_set_description (self->status, escaped);
  /* The labels are libadwaita's. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, valid, -1);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->help), "s", place);
  show_facts (self, error);
}

static void
wb_error_page_dispose (GObject *object)
{
  WbErrorPage *self = WB_ERROR_PAGE (object);

  unwatch_network (self);
  g_clear_object (&self->account);
  g_clear_object (&self->workspace);

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

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_ALERT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/waybill/Waybill/error-page.ui");
  gtk_widget_class_bind_template_child (widget_class, WbErrorPage, status);
  gtk_widget_class_bind_template_child (widget_class, WbErrorPage, facts);
  gtk_widget_class_bind_template_child (widget_class, WbErrorPage, other_source);
  gtk_widget_class_bind_template_child (widget_class, WbErrorPage, try_again);
  gtk_widget_class_bind_template_child (widget_class, WbErrorPage, edit_account);
  gtk_widget_class_bind_template_child (widget_class, WbErrorPage, check_account);
  gtk_widget_class_bind_template_child (widget_class, WbErrorPage, request_log);
  gtk_widget_class_bind_template_child (widget_class, WbErrorPage, help);
  gtk_widget_class_bind_template_child (widget_class, WbErrorPage, open);
  gtk_widget_class_bind_template_child (widget_class, WbErrorPage, back);
}

static void
wb_error_page_init (WbErrorPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* The buttons act on what failed, whatever is selected by then. */
static void
set_target (WbErrorPage *self,
            WbAccount   *account,
            WbWorkspace *workspace)
{
  g_set_object (&self->account, account);
  g_set_object (&self->workspace, workspace);
  if (account == NULL)
    return;

  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->try_again), "(ss)",
                                    wb_account_get_uuid (account),
                                    wb_workspace_get_id (workspace));
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->edit_account), "s",
                                    wb_account_get_uuid (account));
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->check_account), "s",
                                    wb_account_get_uuid (account));
}

/* One button is the way on, and has the focus. */
static void
show_other_source (WbErrorPage *self,
                   gboolean     is_offered)
{
  gtk_widget_set_visible (self->other_source, is_offered);
  if (is_offered)
    gtk_widget_remove_css_class (self->try_again, "suggested-action");
  else
    gtk_widget_add_css_class (self->try_again, "suggested-action");
}

static void
show_steps (WbErrorPage *self,
            Steps        steps)
{
  show_other_source (self, FALSE);
  gtk_widget_set_visible (self->edit_account, (steps & STEP_EDIT) != 0);
  gtk_widget_set_visible (self->check_account, (steps & STEP_CHECK) != 0);
  gtk_widget_set_visible (self->request_log, (steps & STEP_LOG) != 0);
}

void
wb_error_page_show_export_error (WbErrorPage  *self,
                                 const GError *error,
                                 WbAccount    *account,
                                 WbWorkspace  *workspace,
                                 gboolean      has_preview)
{
  WbErrorKind      kind;
  g_autofree char *title = NULL;

  g_return_if_fail (WB_IS_ERROR_PAGE (self));
  g_return_if_fail (error != NULL);
  g_return_if_fail (WB_IS_ACCOUNT (account));
  g_return_if_fail (WB_IS_WORKSPACE (workspace));

  kind = wb_error_get_kind (error);
  if (kind == WB_ERROR_KIND_NO_CONNECTIONS)
    {
      g_autofree char *label = wb_workspace_dup_label (workspace);
      g_autofree char *name = dup_shortened (label, MAX_NAME_CHARACTERS);

      /* Translators: the name of a workspace. */
      title = g_strdup_printf (_ ("No Connections in “%s”"), name);
    }

  set_target (self, account, workspace);
  show_error (self, error, title != NULL ? title : get_title (kind), get_icon_name (kind));
  if (may_be_offline (error))
    watch_network (self);
  show_steps (self, get_steps (kind));
  gtk_widget_set_visible (self->try_again, TRUE);
  gtk_widget_set_visible (self->open, FALSE);
  gtk_widget_set_visible (self->back, has_preview);
}

static const char *
get_source_label (WbSource source)
{
  if (source == WB_SOURCE_LIST)
    /* Translators: a button, where the service does not give an export: make one from its list. */
    return _ ("Use the _List Instead");

  /* Translators: a button, where the service does not give an export: make one from what
   * Management Center, a part of the service, lists. */
  return _ ("Use _Management Center Instead");
}

/**
 * wb_error_page_offer_source:
 * @self: a page that shows why an export failed
 * @source: from what else its connections can be had, not %WB_SOURCE_EXPORT
 *
 * Adds a button that does so, and what comes of it.
 */
void
wb_error_page_offer_source (WbErrorPage *self,
                            WbSource     source)
{
  g_autofree char *text = NULL;
  GtkLabel        *label;

  g_return_if_fail (WB_IS_ERROR_PAGE (self));
  g_return_if_fail (self->account != NULL);
  g_return_if_fail (source != WB_SOURCE_EXPORT);

  text = g_strconcat (adw_status_page_get_description (self->status), "\n\n",
                      _ ("Waybill can make a ZIP from the list of connections instead. A Viewer "
                         "may read that list. The ZIP will have no passwords."),
                      NULL);
  adw_status_page_set_description (self->status, text);
  gtk_button_set_label (GTK_BUTTON (self->other_source), get_source_label (source));
  label = GTK_LABEL (gtk_button_get_child (GTK_BUTTON (self->other_source)));
  gtk_label_set_wrap (label, TRUE);
  gtk_label_set_justify (label, GTK_JUSTIFY_CENTER);
  gtk_actionable_set_action_target (
    GTK_ACTIONABLE (self->other_source), "(sss)", wb_account_get_uuid (self->account),
    wb_workspace_get_id (self->workspace), wb_source_to_string (source));
  show_other_source (self, TRUE);
}

void
wb_error_page_show_open_error (WbErrorPage  *self,
                               const GError *error,
                               GFile        *file)
{
  g_autofree char *base = NULL;
  g_autofree char *escaped = NULL;
  g_autofree char *name = NULL;
  g_autofree char *title = NULL;

  g_return_if_fail (WB_IS_ERROR_PAGE (self));
  g_return_if_fail (error != NULL);
  g_return_if_fail (G_IS_FILE (file));

  base = g_file_get_basename (file);
  escaped = wb_text_escape (base != NULL ? base : "", -1);
  name = dup_shortened (escaped, MAX_NAME_CHARACTERS);
  /* Translators: a file's name. */
  title = g_strdup_printf (_ ("“%s” Could Not Be Opened"), name);
  set_target (self, NULL, NULL);
  show_error (self, error, title, "package-x-generic-symbolic");
  show_steps (self, STEP_NONE);
  gtk_widget_set_visible (self->try_again, FALSE);
  gtk_widget_set_visible (self->open, TRUE);
  gtk_widget_set_visible (self->back, FALSE);
}

/**
 * wb_error_page_follow:
 * @self: a page
 * @store: the accounts, which have changed
 *
 * Returns: %FALSE if the page is about an account or a workspace that is no longer in @store
 */
gboolean
wb_error_page_follow (WbErrorPage    *self,
                      WbAccountStore *store)
{
  WbAccount  *account;
  GListModel *workspaces;

  g_return_val_if_fail (WB_IS_ERROR_PAGE (self), FALSE);
  g_return_val_if_fail (WB_IS_ACCOUNT_STORE (store), FALSE);

  if (self->account == NULL)
    return TRUE;

  account = wb_account_store_find (store, wb_account_get_uuid (self->account));
  if (account == NULL)
    return FALSE;

  workspaces = wb_account_get_workspaces (account);
  for (guint i = 0; i < g_list_model_get_n_items (workspaces); i++)
    {
      g_autoptr (WbWorkspace) workspace = g_list_model_get_item (workspaces, i);

      if (g_str_equal (wb_workspace_get_id (workspace), wb_workspace_get_id (self->workspace)))
        return TRUE;
    }

  /* An account without any has the service's default one. */
  return g_list_model_get_n_items (workspaces) == 0
         && *wb_workspace_get_id (self->workspace) == '\0';
}

/* Puts the focus on what is likely to be done next. */
void
wb_error_page_focus_button (WbErrorPage *self)
{
  g_return_if_fail (WB_IS_ERROR_PAGE (self));

  if (gtk_widget_get_visible (self->other_source))
    gtk_widget_grab_focus (self->other_source);
  else
    gtk_widget_grab_focus (gtk_widget_get_visible (self->try_again) ? self->try_again
                                                                    : self->open);
}
