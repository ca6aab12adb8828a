/* cloud-group.c: the rows for an account's cloud: which one, its region and addresses
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/accounts/account-form-private.h"

#include <glib/gi18n-lib.h>

#include "core/accounts/console-address.h"
#include "core/sentence.h"
#include "core/text.h"
#include "ui/accounts/region-row.h"

struct _WbCloudGroup
{
  AdwPreferencesGroup parent_instance;

  WbClouds *clouds;         /* (unowned) (nullable): of the context that the form holds */
  gboolean  writing;        /* the rows are being set by us */
  glong     console_length; /* of the text that was in the row before, in characters */
  gboolean  console_taken;  /* what is in the row has been dealt with */

  AdwComboRow    *cloud_row;
  GtkEditable    *console_row;
  WbReasonRow    *console_reason;
  AdwExpanderRow *addresses_row;
  WbAccountRows   rows;
};

G_DEFINE_FINAL_TYPE (WbCloudGroup, wb_cloud_group, ADW_TYPE_PREFERENCES_GROUP)

enum
{
  SIGNAL_CHANGED,
  SIGNAL_WORKSPACE_FOUND,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const WbAccountRowNames row_names[] = {
  { WB_ACCOUNT_REGION, "region_row", "region_reason" },
  { WB_ACCOUNT_SERVICE_URL, "service_row", "service_reason" },
  { WB_ACCOUNT_IDENTITY_URL, "identity_row", "identity_reason" },
  { WB_ACCOUNT_MANAGEMENT_URL, "management_row", "management_reason" },
  { WB_ACCOUNT_CA_FILE, "ca_file_row", "ca_file_reason" },
};

static const WbCloud *
get_cloud (WbCloudGroup *self)
{
  guint index = adw_combo_row_get_selected (self->cloud_row);

  return index < wb_clouds_get_n (self->clouds) ? wb_clouds_get (self->clouds, index) : NULL;
}

static gboolean
is_other (const WbCloud *cloud)
{
  return cloud != NULL && g_str_equal (cloud->id, WB_CLOUD_OTHER);
}

static WbRegionRow *
get_region_row (WbCloudGroup *self)
{
  return WB_REGION_ROW (self->rows.rows[WB_ACCOUNT_REGION]);
}

static void
emit_changed (WbCloudGroup *self)
{
  if (!self->writing && self->clouds != NULL)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
row_changed_cb (WbCloudGroup *self,
                GtkWidget    *row)
{
  if (!self->writing)
    wb_account_rows_touch (&self->rows, row);
  emit_changed (self);
}

/* Choosing a cloud or a region gives its addresses, whatever stood there before: an address of
 * another cloud would send the password to the wrong place. */
static void
follow_region (WbCloudGroup *self,
               gboolean      drop_own)
{
  const WbCloud  *cloud = get_cloud (self);
  const WbRegion *region = NULL;
  WbAddressRow   *service = WB_ADDRESS_ROW (self->rows.rows[WB_ACCOUNT_SERVICE_URL]);
  WbAddressRow   *identity = WB_ADDRESS_ROW (self->rows.rows[WB_ACCOUNT_IDENTITY_URL]);
  WbAddressRow   *management = WB_ADDRESS_ROW (self->rows.rows[WB_ACCOUNT_MANAGEMENT_URL]);

  if (cloud != NULL)
    region = wb_cloud_find_region (cloud, wb_region_row_get_id (get_region_row (self)));

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
follow_cloud (WbCloudGroup *self)
{
  const WbCloud *cloud = get_cloud (self);

  wb_region_row_set_cloud (get_region_row (self), cloud);
  gtk_widget_set_visible (GTK_WIDGET (get_region_row (self)), !is_other (cloud));
  adw_expander_row_set_expanded (self->addresses_row, is_other (cloud));
}

static void
cloud_changed_cb (WbCloudGroup *self)
{
  if (self->writing || self->clouds == NULL)
    return;

  self->writing = TRUE;
  follow_cloud (self);
  follow_region (self, TRUE);
  self->writing = FALSE;
  emit_changed (self);
}

static void
region_changed_cb (WbCloudGroup *self)
{
  if (self->writing || self->clouds == NULL)
    return;

  self->writing = TRUE;
  follow_region (self, TRUE);
  self->writing = FALSE;
  emit_changed (self);
}

static void
select_cloud (WbCloudGroup *self,
              const char   *id)
{
  guint selected = 0;

  for (guint i = 0; i < wb_clouds_get_n (self->clouds); i++)
    {
      if (g_str_equal (wb_clouds_get (self->clouds, i)->id, id))
        selected = i;
    }
  adw_combo_row_set_selected (self->cloud_row, selected);
}

/* --- the console's address --- */

/* A pasted address must not choose where credentials go: it may set the region of the cloud that a
 * person has chosen, but not another cloud. */
static gboolean
take_region (WbCloudGroup           *self,
             const WbConsoleAddress *address)
{
  const WbCloud *cloud = get_cloud (self);
  gboolean       is_same = cloud != NULL && g_str_equal (cloud->id, address->cloud);

  if (!is_same && (is_other (cloud) || *wb_region_row_get_id (get_region_row (self)) != '\0'))
    return FALSE;

  if (!is_same)
    select_cloud (self, address->cloud);
  wb_region_row_set_id (get_region_row (self), address->region);

  return TRUE;
}

static char *
dup_region_note (WbCloudGroup           *self,
                 const WbConsoleAddress *address)
{
  const WbCloud  *cloud = wb_clouds_find (self->clouds, address->cloud);
  const WbRegion *region = wb_cloud_find_region (cloud, address->region);

  if (take_region (self, address))
    /* Translators: a region, such as “Germany (eu-de)” */
    return g_strdup_printf (_ ("Region %s."), region->name);

  /* Translators: a region and a cloud */
  return g_strdup_printf (_ ("This address is in region %s of %s. If that is what you want, "
                             "choose that cloud above."),
                          region->name, cloud->name);
}

static void
take_console_address (WbCloudGroup *self)
{
  g_auto (WbConsoleAddress) address = { NULL };
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (self->console_row)));
  g_autoptr (GString) note = NULL;
  const WbCloud *cloud = get_cloud (self);

  /* Only once: later changes by the person stay. */
  if (*text == '\0' || self->clouds == NULL || self->console_taken)
    return;

  self->console_taken = TRUE;
  if (!wb_console_address_parse (text, self->clouds, cloud != NULL ? cloud->id : NULL, &address))
    {
      wb_reason_row_set_reason (self->console_reason,
                                _ ("This names neither a workspace nor a region. Open a workspace "
                                   "in DataArts Studio and copy the address from there."));
      return;
    }

  note = g_string_new (_ ("Found:"));
  if (address.region != NULL)
    {
      g_autofree char *region = dup_region_note (self, &address);

      wb_append_sentence (note, region);
    }
  if (address.workspace_id != NULL)
    {
      /* Translators: a workspace’s ID */
      g_autofree char *workspace = g_strdup_printf (_ ("Workspace %s."), address.workspace_id);

      wb_append_sentence (note, workspace);
      g_signal_emit (self, signals[SIGNAL_WORKSPACE_FOUND], 0, address.workspace_id);
    }
  if (address.instance_id != NULL)
    {
      g_autofree char *instance =
        /* Translators: an ID of an instance of DataArts Studio */
        g_strdup_printf (_ ("Its instance, %s, does not have to be set."), address.instance_id);

      wb_append_sentence (note, instance);
    }
  wb_reason_row_set_reason (self->console_reason, NULL);
  wb_reason_row_set_note (self->console_reason, note->str);
}

static void
offer_console_address (WbCloudGroup *self)
{
  wb_reason_row_set_reason (self->console_reason, NULL);
  wb_reason_row_set_note (self->console_reason,
                          _ ("Paste the address of a workspace’s page. Waybill takes the "
                             "workspace and the region from it, never the host."));
}

/* A pasted address counts at once, a typed one when the person is done. */
static void
console_changed_cb (WbCloudGroup *self)
{
  const char *text = gtk_editable_get_text (self->console_row);
  glong       before = self->console_length;

  self->console_length = g_utf8_strlen (text, -1);
  self->console_taken = FALSE;
  offer_console_address (self);
  if (self->console_length > before + 1)
    take_console_address (self);
}

/* --- the rest --- */

static void
update_addresses_subtitle (WbCloudGroup *self,
                           WbAccount    *account)
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
    n_own += *wb_account_get (account, addresses[i]) != '\0';
  if (cloud != NULL)
    region = wb_cloud_find_region (cloud, wb_account_get (account, WB_ACCOUNT_REGION));

  if (is_other (cloud))
    text = _ ("Enter the addresses of your cloud, such as https://iam.example.com");
  else if (n_own > 0)
    text = _ ("Some are your own, not the region’s");
  else if (region == NULL)
    text = _ ("Set by the region");
  else if (region->doubtful)
    text = _ ("Check them: the published sources do not agree on this region");
  else
    text = _ ("As published for this region");

  adw_expander_row_set_subtitle (self->addresses_row, text);
}

static void
wb_cloud_group_class_init (WbCloudGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  /**
   * WbCloudGroup::changed:
   * @self: the group
   *
   * A person changed something.
   */
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  /**
   * WbCloudGroup::workspace-found:
   * @self: the group
   * @id: a workspace's ID, well-formed
   *
   * A person pasted the address of a workspace.
   */
  signals[SIGNAL_WORKSPACE_FOUND] =
    g_signal_new ("workspace-found", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                  NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (WB_TYPE_ADDRESS_ROW);
  g_type_ensure (WB_TYPE_CA_FILE_ROW);
  g_type_ensure (WB_TYPE_REASON_ROW);
  g_type_ensure (WB_TYPE_REGION_ROW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/waybill/Waybill/cloud-group.ui");
  gtk_widget_class_bind_template_child (widget_class, WbCloudGroup, cloud_row);
  gtk_widget_class_bind_template_child (widget_class, WbCloudGroup, console_row);
  gtk_widget_class_bind_template_child (widget_class, WbCloudGroup, console_reason);
  gtk_widget_class_bind_template_child (widget_class, WbCloudGroup, addresses_row);
  wb_account_rows_bind (widget_class, G_STRUCT_OFFSET (WbCloudGroup, rows), row_names,
                        G_N_ELEMENTS (row_names));
  gtk_widget_class_bind_template_callback (widget_class, row_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, cloud_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, region_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, console_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, take_console_address);
}

static void
wb_cloud_group_init (WbCloudGroup *self)
{
  static const struct
  {
    WbAccountField field;
    const char    *example;
  } examples[] = {
    { WB_ACCOUNT_SERVICE_URL, "https://dayu-dlf.example.com" },
    { WB_ACCOUNT_IDENTITY_URL, "https://iam.example.com" },
    { WB_ACCOUNT_MANAGEMENT_URL, "https://dayu.example.com" },
  };

  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < G_N_ELEMENTS (examples); i++)
    wb_address_row_set_example (WB_ADDRESS_ROW (self->rows.rows[examples[i].field]),
                                examples[i].example);
  offer_console_address (self);
}

void
wb_cloud_group_set_clouds (WbCloudGroup *self,
                           WbClouds     *clouds)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  g_return_if_fail (WB_IS_CLOUD_GROUP (self));
  g_return_if_fail (clouds != NULL);

  self->writing = TRUE;
  self->clouds = clouds;
  for (guint i = 0; i < wb_clouds_get_n (clouds); i++)
    gtk_string_list_append (names, wb_clouds_get (clouds, i)->name);
  adw_combo_row_set_model (self->cloud_row, G_LIST_MODEL (names));
  self->writing = FALSE;
}

void
wb_cloud_group_read (WbCloudGroup *self,
                     WbAccount    *account)
{
  const WbCloud *cloud;

  g_return_if_fail (WB_IS_CLOUD_GROUP (self));
  g_return_if_fail (WB_IS_ACCOUNT (account));

  cloud = get_cloud (self);
  wb_account_set (account, WB_ACCOUNT_CLOUD, cloud != NULL ? cloud->id : "");
  wb_account_rows_read (&self->rows, account);
}

/* The group must have its clouds. */
void
wb_cloud_group_write (WbCloudGroup *self,
                      WbAccount    *account)
{
  g_return_if_fail (WB_IS_CLOUD_GROUP (self));
  g_return_if_fail (WB_IS_ACCOUNT (account));

  self->writing = TRUE;
  select_cloud (self, wb_account_get (account, WB_ACCOUNT_CLOUD));
  follow_cloud (self);
  wb_region_row_set_id (get_region_row (self), wb_account_get (account, WB_ACCOUNT_REGION));
  follow_region (self, FALSE);
  wb_account_rows_write (&self->rows, account);
  self->writing = FALSE;
}

/* Shows what is not well-formed. */
void
wb_cloud_group_validate (WbCloudGroup *self,
                         WbAccount    *account)
{
  g_return_if_fail (WB_IS_CLOUD_GROUP (self));
  g_return_if_fail (WB_IS_ACCOUNT (account));

  wb_account_rows_validate (&self->rows, account, self->clouds);
  update_addresses_subtitle (self, account);
}

/* The rows are lent. */
void
wb_cloud_group_add_rows (WbCloudGroup  *self,
                         WbAccountRows *rows)
{
  g_return_if_fail (WB_IS_CLOUD_GROUP (self));
  g_return_if_fail (rows != NULL);

  for (guint i = 0; i < G_N_ELEMENTS (row_names); i++)
    {
      rows->rows[row_names[i].field] = self->rows.rows[row_names[i].field];
      rows->reasons[row_names[i].field] = self->rows.reasons[row_names[i].field];
    }
}
