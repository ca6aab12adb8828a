/* account-form.c: the rows in which a person edits one account
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/accounts/account-form.h"

#include <glib/gi18n-lib.h>

#include "ui/accounts/account-form-private.h"
#include "ui/context/token-expiry.h"

struct _WbAccountForm
{
  AdwPreferencesPage parent_instance;

  WbContext *context;  /* (owned) (nullable) */
  WbAccount *draft;    /* (owned) (nullable): what the rows say now */
  WbAccount *baseline; /* (owned) (nullable): what they said when it was last saved */
  gboolean   writing;  /* the rows are being set by us */
  gboolean   named;    /* by a person, or saved under the name that we suggested */

  WbCloudGroup      *cloud_group;
  AdwComboRow       *method_row;
  WbSecretGroup     *secret_group;
  GtkWidget         *more_group;
  AdwExpanderRow    *more_row;
  WbWorkspacesGroup *workspaces_group;
  WbAccountRows      rows; /* without those of the cloud's group */
};

G_DEFINE_FINAL_TYPE (WbAccountForm, wb_account_form, ADW_TYPE_PREFERENCES_PAGE)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* The cloud's group has its own. */
static const WbAccountRowNames row_names[] = {
  { WB_ACCOUNT_NAME, "name_row", "name_reason" },
  { WB_ACCOUNT_MARK, "mark_row", "mark_reason" },
  { WB_ACCOUNT_MARK_COLOR, "mark_color_row", NULL },
  { WB_ACCOUNT_DOMAIN, "domain_row", "domain_reason" },
  { WB_ACCOUNT_USER, "user_row", "user_reason" },
  { WB_ACCOUNT_DOMAIN_ID, "domain_id_row", "domain_id_reason", N_ ("Account ID") },
  { WB_ACCOUNT_USER_ID, "user_id_row", "user_id_reason", N_ ("User ID") },
  { WB_ACCOUNT_PROJECT_NAME, "project_name_row", "project_name_reason", N_ ("Project name") },
  { WB_ACCOUNT_AGENCY_DOMAIN, "agency_domain_row", "agency_domain_reason" },
  { WB_ACCOUNT_AGENCY, "agency_row", "agency_reason", N_ ("Agency") },
  { WB_ACCOUNT_PASSCODE, "passcode_switch", NULL, N_ ("One-time code") },
  { WB_ACCOUNT_PROJECT_ID, "project_row", "project_reason" },
};

static WbAuthMethod
get_method (WbAccountForm *self)
{
  return (WbAuthMethod) adw_combo_row_get_selected (self->method_row);
}

/* Other ways to sign in do not use the rows for a password. */
static void
follow_method (WbAccountForm *self)
{
  gboolean is_password = get_method (self) == WB_AUTH_PASSWORD;

  for (guint i = 0; i < G_N_ELEMENTS (row_names); i++)
    {
      WbAccountField field = row_names[i].field;

      if (wb_account_field_get_info (field)->use == WB_ACCOUNT_FIELD_PASSWORD)
        gtk_widget_set_visible (self->rows.rows[field], is_password);
    }
  gtk_widget_set_visible (self->more_group, is_password);
  wb_secret_group_set_method (self->secret_group, get_method (self));
}

/* Rows to draft. */
static void
collect (WbAccountForm *self)
{
  g_autoptr (GListModel) workspaces = NULL;

  wb_account_rows_read (&self->rows, self->draft);
  wb_cloud_group_read (self->cloud_group, self->draft);
  wb_account_set_auth_method (self->draft, get_method (self));
  wb_account_set (self->draft, WB_ACCOUNT_TOKEN_EXPIRES,
                  wb_secret_group_get_token_expires (self->secret_group));
  workspaces = wb_workspaces_group_dup_workspaces (self->workspaces_group);
  wb_account_set_workspaces (self->draft, workspaces);
}

static void
validate_name (WbAccountForm *self)
{
  g_autofree char *reason = NULL;

  if (wb_reason_row_has_reason (self->rows.reasons[WB_ACCOUNT_NAME]))
    return;

  reason = wb_account_store_validate_name (wb_context_get_store (self->context),
                                           wb_account_get (self->draft, WB_ACCOUNT_NAME),
                                           wb_account_get_uuid (self->draft));
  wb_reason_row_set_reason (self->rows.reasons[WB_ACCOUNT_NAME], reason);
}

/* Without an ID a password still leads to a project. */
static void
note_project (WbAccountForm *self)
{
  WbReasonRow     *reason = self->rows.reasons[WB_ACCOUNT_PROJECT_ID];
  const char      *project = wb_account_get_default_project (self->draft);
  g_autofree char *note = NULL;

  if (project != NULL && !wb_reason_row_has_reason (reason))
    /* Translators: a project’s name, such as “eu-de” */
    note = g_strdup_printf (_ ("Without an ID: the region’s own project, “%s”"), project);
  wb_reason_row_set_note (reason, note);
}

/* The folded row names the settings in it. */
static void
update_more (WbAccountForm *self)
{
  g_autoptr (GStrvBuilder) set = g_strv_builder_new ();
  g_auto (GStrv) titles = NULL;
  g_autofree char *text = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (row_names); i++)
    {
      if (row_names[i].summary != NULL
          && *wb_account_get (self->draft, row_names[i].field) != '\0')
        g_strv_builder_add (set, _ (row_names[i].summary));
    }
  titles = g_strv_builder_end (set);

  /* Translators: stands between the items of a list, as in “Name, Project ID” */
  text = g_strjoinv (_ (", "), titles);
  adw_expander_row_set_subtitle (self->more_row,
                                 *text != '\0'
                                   ? text
                                   : _ ("By IDs, by an agency, with a one-time code"));
}

static void
validate (WbAccountForm *self)
{
  wb_account_rows_validate (&self->rows, self->draft, wb_context_get_clouds (self->context));
  validate_name (self);
  note_project (self);
  wb_cloud_group_validate (self->cloud_group, self->draft);
  update_more (self);
}

/* Cloud and region, until a person enters another name. */
static void
suggest_name (WbAccountForm *self)
{
  const WbCloud   *cloud = wb_clouds_find (wb_context_get_clouds (self->context),
                                           wb_account_get (self->draft, WB_ACCOUNT_CLOUD));
  const WbRegion  *region = NULL;
  g_autofree char *name = NULL;

  if (self->named)
    return;
  if (cloud != NULL)
    region = wb_cloud_find_region (cloud, wb_account_get (self->draft, WB_ACCOUNT_REGION));
  if (region != NULL)
    {
      g_autofree char *both = g_strdup_printf ("%s %s", cloud->name, region->id);

      name = wb_account_store_dup_free_name (wb_context_get_store (self->context), both);
    }

  self->writing = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->rows.rows[WB_ACCOUNT_NAME]),
                         name != NULL ? name : "");
  self->writing = FALSE;
  wb_account_set (self->draft, WB_ACCOUNT_NAME, name);
}

static void
changed_cb (WbAccountForm *self)
{
  if (self->writing || self->draft == NULL)
    return;

  follow_method (self);
  collect (self);
  suggest_name (self);
  validate (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
row_changed_cb (WbAccountForm *self,
                GtkWidget     *row)
{
  if (self->writing)
    return;

  wb_account_rows_touch (&self->rows, row);
  changed_cb (self);
}

static void
name_changed_cb (WbAccountForm *self,
                 GtkWidget     *row)
{
  if (!self->writing)
    self->named = TRUE;
  row_changed_cb (self, row);
}

static void
workspace_found_cb (WbAccountForm *self,
                    const char    *id)
{
  wb_workspaces_group_add_id (self->workspaces_group, id);
}

static void
wb_account_form_dispose (GObject *object)
{
  WbAccountForm *self = WB_ACCOUNT_FORM (object);

  g_clear_object (&self->context);
  g_clear_object (&self->draft);
  g_clear_object (&self->baseline);

  G_OBJECT_CLASS (wb_account_form_parent_class)->dispose (object);
}

static void
wb_account_form_class_init (WbAccountFormClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = wb_account_form_dispose;

  /**
   * WbAccountForm::changed:
   * @self: the form
   *
   * A person changed something.
   */
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (WB_TYPE_CLOUD_GROUP);
  g_type_ensure (WB_TYPE_REASON_ROW);
  g_type_ensure (WB_TYPE_SECRET_GROUP);
  g_type_ensure (WB_TYPE_WORKSPACES_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/waybill/Waybill/account-form.ui");
  gtk_widget_class_bind_template_child (widget_class, WbAccountForm, cloud_group);
  gtk_widget_class_bind_template_child (widget_class, WbAccountForm, method_row);
  gtk_widget_class_bind_template_child (widget_class, WbAccountForm, secret_group);
  gtk_widget_class_bind_template_child (widget_class, WbAccountForm, more_group);
  gtk_widget_class_bind_template_child (widget_class, WbAccountForm, more_row);
  gtk_widget_class_bind_template_child (widget_class, WbAccountForm, workspaces_group);
  wb_account_rows_bind (widget_class, G_STRUCT_OFFSET (WbAccountForm, rows), row_names,
                        G_N_ELEMENTS (row_names));
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, name_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, workspace_found_cb);
}

static void
wb_account_form_init (WbAccountForm *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* Draft to rows. */
static void
fill (WbAccountForm *self)
{
  wb_account_rows_write (&self->rows, self->draft);
  wb_cloud_group_set_clouds (self->cloud_group, wb_context_get_clouds (self->context));
  wb_cloud_group_write (self->cloud_group, self->draft);
  adw_combo_row_set_selected (self->method_row, wb_account_get_auth_method (self->draft));
  follow_method (self);
  wb_secret_group_set_token_expires (self->secret_group,
                                     wb_account_get (self->draft, WB_ACCOUNT_TOKEN_EXPIRES));
  wb_workspaces_group_set_workspaces (self->workspaces_group,
                                      wb_account_get_workspaces (self->draft));
}

/**
 * wb_account_form_set_account:
 * @self: the form
 * @context: keeps the accounts, among which the name must be unique
 * @account: what to edit; itself it stays as it is
 */
void
wb_account_form_set_account (WbAccountForm *self,
                             WbContext     *context,
                             WbAccount     *account)
{
  g_return_if_fail (WB_IS_ACCOUNT_FORM (self));
  g_return_if_fail (WB_IS_CONTEXT (context));
  g_return_if_fail (WB_IS_ACCOUNT (account));

  g_set_object (&self->context, context);
  g_clear_object (&self->draft);
  self->draft = wb_account_copy (account);

  self->writing = TRUE;
  fill (self);
  self->writing = FALSE;
  collect (self);
  wb_account_form_set_unchanged (self);
  changed_cb (self);
}

/* What the rows say now, under the UUID it had. */
WbAccount *
wb_account_form_dup_account (WbAccountForm *self)
{
  g_return_val_if_fail (WB_IS_ACCOUNT_FORM (self), NULL);

  return wb_account_copy (self->draft);
}

/* The titles of the rows that keep it from being saved, for people; %NULL if it can be saved. */
char *
wb_account_form_dup_wanting (WbAccountForm *self)
{
  g_autoptr (GPtrArray) titles = NULL;
  WbAccountRows all;

  g_return_val_if_fail (WB_IS_ACCOUNT_FORM (self), NULL);

  titles = g_ptr_array_new ();
  all = self->rows;
  wb_cloud_group_add_rows (self->cloud_group, &all);
  wb_account_rows_add_wanting (&all, titles);
  if (wb_secret_group_get_wanting (self->secret_group) != NULL)
    g_ptr_array_add (titles, (char *) wb_secret_group_get_wanting (self->secret_group));
  if (!wb_workspaces_group_get_complete (self->workspaces_group))
    g_ptr_array_add (titles, _ ("Workspaces"));

  if (titles->len == 0)
    return NULL;

  g_ptr_array_add (titles, NULL);

  /* Translators: stands between the items of a list, as in “Name, Project ID” */
  return g_strjoinv (_ (", "), (char **) titles->pdata);
}

/* Whether closing it now would lose something that a person entered. */
gboolean
wb_account_form_get_changed (WbAccountForm *self)
{
  g_return_val_if_fail (WB_IS_ACCOUNT_FORM (self), FALSE);

  return !wb_account_equal (self->draft, self->baseline)
         || !wb_secret_group_get_empty (self->secret_group);
}

/* What the rows say now counts as saved. */
void
wb_account_form_set_unchanged (WbAccountForm *self)
{
  g_return_if_fail (WB_IS_ACCOUNT_FORM (self));

  g_clear_object (&self->baseline);
  self->baseline = wb_account_copy (self->draft);
  self->named = *wb_account_get (self->draft, WB_ACCOUNT_NAME) != '\0';
}

/* At the end of the first row: a key pressed by mistake replaces nothing. */
void
wb_account_form_focus (WbAccountForm *self)
{
  g_return_if_fail (WB_IS_ACCOUNT_FORM (self));

  gtk_widget_grab_focus (self->rows.rows[WB_ACCOUNT_NAME]);
  gtk_editable_set_position (GTK_EDITABLE (self->rows.rows[WB_ACCOUNT_NAME]), -1);
}

void
wb_account_form_focus_project (WbAccountForm *self)
{
  g_return_if_fail (WB_IS_ACCOUNT_FORM (self));

  gtk_widget_grab_focus (self->rows.rows[WB_ACCOUNT_PROJECT_ID]);
}

void
wb_account_form_focus_workspaces (WbAccountForm *self)
{
  g_return_if_fail (WB_IS_ACCOUNT_FORM (self));

  wb_workspaces_group_focus (self->workspaces_group);
}

WbSecretGroup *
wb_account_form_get_secret (WbAccountForm *self)
{
  g_return_val_if_fail (WB_IS_ACCOUNT_FORM (self), NULL);

  return self->secret_group;
}

/* As if a person had typed it. */
void
wb_account_form_set_project_id (WbAccountForm *self,
                                const char    *id)
{
  g_return_if_fail (WB_IS_ACCOUNT_FORM (self));
  g_return_if_fail (id != NULL);

  gtk_editable_set_text (GTK_EDITABLE (self->rows.rows[WB_ACCOUNT_PROJECT_ID]), id);
}

/* Items are of type #WbDirectoryItem. */
void
wb_account_form_add_workspaces (WbAccountForm *self,
                                GListModel    *items)
{
  g_return_if_fail (WB_IS_ACCOUNT_FORM (self));
  g_return_if_fail (G_IS_LIST_MODEL (items));

  wb_workspaces_group_add_items (self->workspaces_group, items);
}

/**
 * wb_account_form_set_token_expires:
 * @self: the form
 * @expires: when the token expires that is typed, or else the one that is stored
 *
 * The stored token's time is saved with the account at once: it is not a change that a person made.
 */
void
wb_account_form_set_token_expires (WbAccountForm *self,
                                   GDateTime     *expires)
{
  g_autofree char *text = NULL;
  WbAccountStore  *store;
  WbAccount       *stored;

  g_return_if_fail (WB_IS_ACCOUNT_FORM (self));
  g_return_if_fail (expires != NULL);

  store = wb_context_get_store (self->context);
  text = wb_token_expiry_to_string (expires);
  wb_secret_group_set_token_expires (self->secret_group, text);
  stored = wb_account_store_find (store, wb_account_get_uuid (self->draft));
  if (wb_secret_group_get_empty (self->secret_group) && stored != NULL
      && wb_account_get_auth_method (stored) == WB_AUTH_TOKEN)
    {
      g_autoptr (WbAccount) account = wb_account_copy (stored);

      wb_account_set (account, WB_ACCOUNT_TOKEN_EXPIRES, text);
      wb_account_set (self->baseline, WB_ACCOUNT_TOKEN_EXPIRES, text);
      wb_account_store_put (store, account, NULL);
    }
  changed_cb (self);
}
