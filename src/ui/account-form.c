/* account-form.c: the rows in which a person edits one account
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/account-form.h"

#include <glib/gi18n-lib.h>

#include "ui/address-row.h"
#include "ui/ca-file-row.h"
#include "ui/reason-row.h"
#include "ui/region-row.h"
#include "ui/workspaces-group.h"

struct _WbAccountForm
{
  AdwPreferencesPage parent_instance;

  WbAccountStore *store;    /* (owned) (nullable) */
  WbClouds       *clouds;   /* (unowned) (nullable): they outlive all windows */
  WbAccount      *draft;    /* (owned) (nullable): what the rows say now */
  WbAccount      *baseline; /* (owned) (nullable): what they said when it was last saved */
  gboolean        writing;  /* the rows are being set by us */

  AdwComboRow       *cloud_row;
  AdwComboRow       *method_row;
  AdwExpanderRow    *addresses_row;
  WbSecretGroup     *secret_group;
  WbWorkspacesGroup *workspaces_group;
  GtkWidget         *rows[WB_ACCOUNT_N_FIELDS];    /* but the cloud's */
  WbReasonRow       *reasons[WB_ACCOUNT_N_FIELDS]; /* likewise */
};

G_DEFINE_FINAL_TYPE (WbAccountForm, wb_account_form, ADW_TYPE_PREFERENCES_PAGE)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* In the order in which they stand. */
static const struct
{
  WbAccountField field;
  const char    *row;
  const char    *reason;
} fields[] = {
  { WB_ACCOUNT_NAME, "name_row", "name_reason" },
  { WB_ACCOUNT_REGION, "region_row", "region_reason" },
  { WB_ACCOUNT_PROJECT_ID, "project_row", "project_reason" },
  { WB_ACCOUNT_SERVICE_URL, "service_row", "service_reason" },
  { WB_ACCOUNT_IDENTITY_URL, "identity_row", "identity_reason" },
  { WB_ACCOUNT_MANAGEMENT_URL, "management_row", "management_reason" },
  { WB_ACCOUNT_CA_FILE, "ca_file_row", "ca_file_reason" },
  { WB_ACCOUNT_DOMAIN, "domain_row", "domain_reason" },
  { WB_ACCOUNT_USER, "user_row", "user_reason" },
};

static const WbCloud *
get_cloud (WbAccountForm *self)
{
  guint index = adw_combo_row_get_selected (self->cloud_row);

  return index < wb_clouds_get_n (self->clouds) ? wb_clouds_get (self->clouds, index) : NULL;
}

static gboolean
is_other (const WbCloud *cloud)
{
  return cloud != NULL && g_str_equal (cloud->id, WB_CLOUD_OTHER);
}

/* Rows to draft. */
static void
collect (WbAccountForm *self)
{
  const WbCloud *cloud = get_cloud (self);
  g_autoptr (GListModel) workspaces = NULL;

  for (guint field = 0; field < WB_ACCOUNT_N_FIELDS; field++)
    {
      g_autofree char *text = NULL;

      if (field != WB_ACCOUNT_CLOUD && self->rows[field] == NULL)
        continue;
      if (field == WB_ACCOUNT_CLOUD)
        text = g_strdup (cloud != NULL ? cloud->id : "");
      else if (WB_IS_REGION_ROW (self->rows[field]))
        text = g_strdup (wb_region_row_get_id (WB_REGION_ROW (self->rows[field])));
      else if (WB_IS_ADDRESS_ROW (self->rows[field]))
        text = wb_address_row_dup_value (WB_ADDRESS_ROW (self->rows[field]));
      else
        text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->rows[field])));

      wb_account_set (self->draft, field, g_strstrip (text));
    }

  wb_account_set_auth_method (self->draft,
                              (WbAuthMethod) adw_combo_row_get_selected (self->method_row));
  workspaces = wb_workspaces_group_dup_workspaces (self->workspaces_group);
  wb_account_set_workspaces (self->draft, workspaces);
}

static void
check (WbAccountForm *self)
{
  for (guint field = 0; field < WB_ACCOUNT_N_FIELDS; field++)
    {
      g_autofree char *reason = NULL;

      if (self->reasons[field] == NULL)
        continue;

      reason = wb_account_check (self->draft, self->clouds, field);
      if (reason == NULL && field == WB_ACCOUNT_NAME)
        reason = wb_account_store_check_name (self->store,
                                              wb_account_get (self->draft, WB_ACCOUNT_NAME),
                                              wb_account_get_uuid (self->draft));
      wb_reason_row_set_reason (self->reasons[field], reason);
    }
}

static void
update_addresses_subtitle (WbAccountForm *self)
{
  static const WbAccountField addresses[] = {
    WB_ACCOUNT_SERVICE_URL,
    WB_ACCOUNT_IDENTITY_URL,
    WB_ACCOUNT_MANAGEMENT_URL,
  };
  const WbCloud  *cloud = get_cloud (self);
  const WbRegion *region = NULL;
  const char     *text;
  guint           n_own = 0;

  for (guint i = 0; i < G_N_ELEMENTS (addresses); i++)
    n_own += *wb_account_get (self->draft, addresses[i]) != '\0';
  if (cloud != NULL)
    region = wb_cloud_find_region (cloud, wb_account_get (self->draft, WB_ACCOUNT_REGION));

  if (is_other (cloud))
    text = _ ("Enter the addresses of your cloud");
  else if (n_own > 0)
    text = _ ("Some are your own, not the region’s");
  else if (region == NULL)
    text = _ ("They follow from the region");
  else if (region->doubtful)
    text = _ ("Check them: the published sources do not agree on this region");
  else
    text = _ ("As published for this region");

  adw_expander_row_set_subtitle (self->addresses_row, text);
}

static void
changed_cb (WbAccountForm *self)
{
  if (self->writing || self->draft == NULL)
    return;

  collect (self);
  check (self);
  update_addresses_subtitle (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
row_changed_cb (WbAccountForm *self,
                GtkWidget     *row)
{
  if (self->writing)
    return;

  for (guint field = 0; field < WB_ACCOUNT_N_FIELDS; field++)
    {
      if (self->rows[field] == row)
        wb_reason_row_touch (self->reasons[field]);
    }
  changed_cb (self);
}

/* Choosing a cloud or a region gives its addresses, whatever stood there before: an address of
 * another cloud would send the password to the wrong place. */
static void
follow_region (WbAccountForm *self,
               gboolean       drop_own)
{
  const WbCloud  *cloud = get_cloud (self);
  const WbRegion *region = NULL;
  WbAddressRow   *service = WB_ADDRESS_ROW (self->rows[WB_ACCOUNT_SERVICE_URL]);
  WbAddressRow   *identity = WB_ADDRESS_ROW (self->rows[WB_ACCOUNT_IDENTITY_URL]);
  WbAddressRow   *management = WB_ADDRESS_ROW (self->rows[WB_ACCOUNT_MANAGEMENT_URL]);

  if (cloud != NULL)
    region = wb_cloud_find_region (
      cloud, wb_region_row_get_id (WB_REGION_ROW (self->rows[WB_ACCOUNT_REGION])));

  if (drop_own)
    {
      wb_address_row_set_value (service, "");
      wb_address_row_set_value (identity, "");
      wb_address_row_set_value (management, "");
    }
  wb_address_row_set_derived (service, region != NULL ? region->service_url : NULL);
  wb_address_row_set_derived (identity, region != NULL ? region->identity_url : NULL);
  wb_address_row_set_derived (management, region != NULL ? region->management_url : NULL);
}

static void
follow_cloud (WbAccountForm *self)
{
  const WbCloud *cloud = get_cloud (self);

  wb_region_row_set_cloud (WB_REGION_ROW (self->rows[WB_ACCOUNT_REGION]), cloud);
  gtk_widget_set_visible (self->rows[WB_ACCOUNT_REGION], !is_other (cloud));
  adw_expander_row_set_expanded (self->addresses_row, is_other (cloud));
}

static void
cloud_changed_cb (WbAccountForm *self)
{
  if (self->writing || self->draft == NULL)
    return;

  self->writing = TRUE;
  follow_cloud (self);
  follow_region (self, TRUE);
  self->writing = FALSE;
  changed_cb (self);
}

static void
region_changed_cb (WbAccountForm *self)
{
  if (self->writing || self->draft == NULL)
    return;

  self->writing = TRUE;
  follow_region (self, TRUE);
  self->writing = FALSE;
  changed_cb (self);
}

static void
follow_method (WbAccountForm *self)
{
  WbAuthMethod method = (WbAuthMethod) adw_combo_row_get_selected (self->method_row);

  gtk_widget_set_visible (self->rows[WB_ACCOUNT_DOMAIN], method == WB_AUTH_PASSWORD);
  gtk_widget_set_visible (self->rows[WB_ACCOUNT_USER], method == WB_AUTH_PASSWORD);
  wb_secret_group_set_method (self->secret_group, method);
}

static void
method_changed_cb (WbAccountForm *self)
{
  if (self->writing || self->draft == NULL)
    return;

  follow_method (self);
  changed_cb (self);
}

static void
wb_account_form_dispose (GObject *object)
{
  WbAccountForm *self = WB_ACCOUNT_FORM (object);

  g_clear_object (&self->store);
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

  g_type_ensure (WB_TYPE_ADDRESS_ROW);
  g_type_ensure (WB_TYPE_CA_FILE_ROW);
  g_type_ensure (WB_TYPE_REASON_ROW);
  g_type_ensure (WB_TYPE_REGION_ROW);
  g_type_ensure (WB_TYPE_SECRET_GROUP);
  g_type_ensure (WB_TYPE_WORKSPACES_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/waybill/Waybill/account-form.ui");
  gtk_widget_class_bind_template_child (widget_class, WbAccountForm, cloud_row);
  gtk_widget_class_bind_template_child (widget_class, WbAccountForm, method_row);
  gtk_widget_class_bind_template_child (widget_class, WbAccountForm, addresses_row);
  gtk_widget_class_bind_template_child (widget_class, WbAccountForm, secret_group);
  gtk_widget_class_bind_template_child (widget_class, WbAccountForm, workspaces_group);
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      gtk_widget_class_bind_template_child_full (
        widget_class, fields[i].row, FALSE,
        G_STRUCT_OFFSET (WbAccountForm, rows) + fields[i].field * sizeof (GtkWidget *));
      gtk_widget_class_bind_template_child_full (
        widget_class, fields[i].reason, FALSE,
        G_STRUCT_OFFSET (WbAccountForm, reasons) + fields[i].field * sizeof (WbReasonRow *));
    }
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, cloud_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, region_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, method_changed_cb);
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
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint selected = 0;

  for (guint i = 0; i < wb_clouds_get_n (self->clouds); i++)
    {
      const WbCloud *cloud = wb_clouds_get (self->clouds, i);

      gtk_string_list_append (names, cloud->name);
      if (g_str_equal (cloud->id, wb_account_get (self->draft, WB_ACCOUNT_CLOUD)))
        selected = i;
    }
  adw_combo_row_set_model (self->cloud_row, G_LIST_MODEL (names));
  adw_combo_row_set_selected (self->cloud_row, selected);
  follow_cloud (self);
  wb_region_row_set_id (WB_REGION_ROW (self->rows[WB_ACCOUNT_REGION]),
                        wb_account_get (self->draft, WB_ACCOUNT_REGION));
  follow_region (self, FALSE);

  for (guint field = 0; field < WB_ACCOUNT_N_FIELDS; field++)
    {
      const char *text = wb_account_get (self->draft, field);

      if (WB_IS_ADDRESS_ROW (self->rows[field]))
        wb_address_row_set_value (WB_ADDRESS_ROW (self->rows[field]), text);
      else if (GTK_IS_EDITABLE (self->rows[field]))
        gtk_editable_set_text (GTK_EDITABLE (self->rows[field]), text);
    }

  adw_combo_row_set_selected (self->method_row, wb_account_get_auth_method (self->draft));
  follow_method (self);
  wb_workspaces_group_set_workspaces (self->workspaces_group,
                                      wb_account_get_workspaces (self->draft));
}

/**
 * wb_account_form_set_account:
 * @self: the form
 * @store: the accounts, among which the name must be unique
 * @clouds: the clouds to offer; must outlive the form
 * @account: what to edit; itself it stays as it is
 */
void
wb_account_form_set_account (WbAccountForm  *self,
                             WbAccountStore *store,
                             WbClouds       *clouds,
                             WbAccount      *account)
{
  g_return_if_fail (WB_IS_ACCOUNT_FORM (self));
  g_return_if_fail (WB_IS_ACCOUNT_STORE (store));
  g_return_if_fail (clouds != NULL);
  g_return_if_fail (WB_IS_ACCOUNT (account));

  g_set_object (&self->store, store);
  self->clouds = clouds;
  g_clear_object (&self->draft);
  self->draft = wb_account_copy (account);

  self->writing = TRUE;
  fill (self);
  self->writing = FALSE;
  collect (self);
  wb_account_form_set_unchanged (self);
  changed_cb (self);
}

/**
 * wb_account_form_dup_account:
 * @self: the form
 *
 * Returns: (transfer full): what the rows say now, under the UUID it had
 */
WbAccount *
wb_account_form_dup_account (WbAccountForm *self)
{
  g_return_val_if_fail (WB_IS_ACCOUNT_FORM (self), NULL);

  return wb_account_copy (self->draft);
}

/**
 * wb_account_form_dup_wanting:
 * @self: the form
 *
 * Returns: (transfer full) (nullable): the titles of the rows that keep it from being saved, for
 *   people; %NULL if it can be saved
 */
char *
wb_account_form_dup_wanting (WbAccountForm *self)
{
  g_autoptr (GPtrArray) titles = NULL;

  g_return_val_if_fail (WB_IS_ACCOUNT_FORM (self), NULL);

  titles = g_ptr_array_new ();
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      WbReasonRow *reason = self->reasons[fields[i].field];

      if (wb_reason_row_has_reason (reason))
        g_ptr_array_add (titles, (char *) wb_reason_row_get_title (reason));
    }
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

/**
 * wb_account_form_get_changed:
 * @self: the form
 *
 * Returns: whether closing it now would lose something that a person entered
 */
gboolean
wb_account_form_get_changed (WbAccountForm *self)
{
  g_return_val_if_fail (WB_IS_ACCOUNT_FORM (self), FALSE);

  return !wb_account_equal (self->draft, self->baseline)
         || !wb_secret_group_get_empty (self->secret_group);
}

/**
 * wb_account_form_set_unchanged:
 * @self: the form
 *
 * Counts what the rows say now as saved.
 */
void
wb_account_form_set_unchanged (WbAccountForm *self)
{
  g_return_if_fail (WB_IS_ACCOUNT_FORM (self));

  g_clear_object (&self->baseline);
  self->baseline = wb_account_copy (self->draft);
}

/**
 * wb_account_form_focus:
 * @self: the form
 *
 * Puts the keyboard's focus at the end of the first row: a key pressed by mistake replaces nothing.
 */
void
wb_account_form_focus (WbAccountForm *self)
{
  g_return_if_fail (WB_IS_ACCOUNT_FORM (self));

  gtk_widget_grab_focus (self->rows[WB_ACCOUNT_NAME]);
  gtk_editable_set_position (GTK_EDITABLE (self->rows[WB_ACCOUNT_NAME]), -1);
}

/**
 * wb_account_form_get_secret:
 * @self: the form
 *
 * Returns: (transfer none): the rows for the account's secret
 */
WbSecretGroup *
wb_account_form_get_secret (WbAccountForm *self)
{
  g_return_val_if_fail (WB_IS_ACCOUNT_FORM (self), NULL);

  return self->secret_group;
}

/**
 * wb_account_form_set_project_id:
 * @self: the form
 * @id: a project's ID, as if a person had typed it
 */
void
wb_account_form_set_project_id (WbAccountForm *self,
                                const char    *id)
{
  g_return_if_fail (WB_IS_ACCOUNT_FORM (self));
  g_return_if_fail (id != NULL);

  gtk_editable_set_text (GTK_EDITABLE (self->rows[WB_ACCOUNT_PROJECT_ID]), id);
}

/**
 * wb_account_form_add_workspaces:
 * @self: the form
 * @items: workspaces that the service knows (of type #WbDirectoryItem)
 */
void
wb_account_form_add_workspaces (WbAccountForm *self,
                                GListModel    *items)
{
  g_return_if_fail (WB_IS_ACCOUNT_FORM (self));
  g_return_if_fail (G_IS_LIST_MODEL (items));

  wb_workspaces_group_add_items (self->workspaces_group, items);
}
