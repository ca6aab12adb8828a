/* region-row.c: a row that chooses one of a cloud's regions, with search
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/accounts/region-row.h"

#include <string.h>

#include <glib/gi18n-lib.h>

/* A list that is this short needs no search. */
#define MANY_REGIONS 8

struct _WbRegionRow
{
  AdwActionRow parent_instance;

  const WbCloud *cloud; /* (unowned) (nullable): the clouds outlive all windows */
  char          *id;    /* (owned): empty while none is chosen */
  char          *term;  /* (owned): what is searched for, case folded */

  GtkStringList      *ids;       /* (owned) */
  GtkCustomFilter    *filter;    /* (owned) */
  GtkSingleSelection *selection; /* (owned) */

  GtkMenuButton *button;
  GtkLabel      *label;
  GtkPopover    *popover;
  GtkEditable   *search_entry;
  GtkListView   *list_view;
};

G_DEFINE_FINAL_TYPE (WbRegionRow, wb_region_row, ADW_TYPE_ACTION_ROW)

enum
{
  PROP_ID = 1,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

/* Matches anywhere in “Germany (eu-de)”: people know either the place or the ID. */
static gboolean
filter_cb (gpointer item,
           gpointer user_data)
{
  WbRegionRow     *self = WB_REGION_ROW (user_data);
  const WbRegion  *region = NULL;
  g_autofree char *name = NULL;

  if (self->cloud != NULL)
    region = wb_cloud_find_region (self->cloud, gtk_string_object_get_string (item));
  if (region == NULL)
    return FALSE;

  name = g_utf8_casefold (region->name, -1);

  return strstr (name, self->term) != NULL;
}

static void
item_setup_cb (GtkSignalListItemFactory *factory,
               GtkListItem              *item,
               WbRegionRow              *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (NULL);
  GtkWidget *check = gtk_image_new_from_icon_name ("object-select-symbolic");

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), label);
  gtk_accessible_update_state (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  gtk_box_append (GTK_BOX (box), check);
  gtk_list_item_set_child (item, box);
}

static void
update_check_cb (GtkListItem *item,
                 GParamSpec  *pspec,
                 WbRegionRow *self)
{
  const char *id = gtk_string_object_get_string (gtk_list_item_get_item (item));
  GtkWidget  *check = gtk_widget_get_last_child (gtk_list_item_get_child (item));

  gtk_widget_set_opacity (check, g_str_equal (id, self->id) ? 1 : 0);
}

static void
item_bind_cb (GtkSignalListItemFactory *factory,
              GtkListItem              *item,
              WbRegionRow              *self)
{
  const char     *id = gtk_string_object_get_string (gtk_list_item_get_item (item));
  GtkWidget      *label = gtk_widget_get_first_child (gtk_list_item_get_child (item));
  const WbRegion *region = NULL;

  if (self->cloud != NULL)
    region = wb_cloud_find_region (self->cloud, id);

  gtk_label_set_label (GTK_LABEL (label), region != NULL ? region->name : id);
  g_signal_connect_object (self, "notify::id", G_CALLBACK (update_check_cb), item,
                           G_CONNECT_SWAPPED);
  update_check_cb (item, NULL, self);
}

static void
item_unbind_cb (GtkSignalListItemFactory *factory,
                GtkListItem              *item,
                WbRegionRow              *self)
{
  g_signal_handlers_disconnect_by_func (self, update_check_cb, item);
}

static void
update_label (WbRegionRow *self)
{
  const WbRegion  *region = NULL;
  g_autofree char *accessible = NULL;

  if (self->cloud != NULL)
    region = wb_cloud_find_region (self->cloud, self->id);

  if (region != NULL)
    /* Translators: a region’s name */
    accessible = g_strdup_printf (_ ("Region: %s"), region->name);
  gtk_label_set_label (self->label, region != NULL ? region->name : _ ("Choose…"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  accessible != NULL ? accessible : _ ("Choose region…"),
                                  -1);
}

static void
choose (WbRegionRow *self,
        guint        position)
{
  GtkStringObject *item = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  if (item == NULL)
    return;

  wb_region_row_set_id (self, gtk_string_object_get_string (item));
  g_object_unref (item);
  gtk_popover_popdown (self->popover);
}

static void
popover_shown_cb (WbRegionRow *self)
{
  gtk_editable_set_text (self->search_entry, "");
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->selection)); i++)
    {
      g_autoptr (GtkStringObject) item = g_list_model_get_item (G_LIST_MODEL (self->selection), i);

      if (g_str_equal (gtk_string_object_get_string (item), self->id))
        gtk_single_selection_set_selected (self->selection, i);
    }

  if (gtk_widget_get_visible (GTK_WIDGET (self->search_entry)))
    gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->list_view));
}

static void
search_changed_cb (WbRegionRow *self)
{
  g_free (self->term);
  self->term = g_utf8_casefold (gtk_editable_get_text (self->search_entry), -1);
  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
}

static void
search_activated_cb (WbRegionRow *self)
{
  choose (self, gtk_single_selection_get_selected (self->selection));
}

static void
search_stopped_cb (WbRegionRow *self)
{
  gtk_popover_popdown (self->popover);
}

static void
list_activated_cb (WbRegionRow *self,
                   guint        position)
{
  choose (self, position);
}

static void
wb_region_row_get_property (GObject    *object,
                            guint       property_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  WbRegionRow *self = WB_REGION_ROW (object);

  switch (property_id)
    {
    case PROP_ID:
      g_value_set_string (value, self->id);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
wb_region_row_set_property (GObject      *object,
                            guint         property_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  WbRegionRow *self = WB_REGION_ROW (object);

  switch (property_id)
    {
    case PROP_ID:
      wb_region_row_set_id (self, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
wb_region_row_dispose (GObject *object)
{
  WbRegionRow *self = WB_REGION_ROW (object);

  if (self->filter != NULL)
    gtk_custom_filter_set_filter_func (self->filter, NULL, NULL, NULL);
  g_clear_object (&self->ids);
  g_clear_object (&self->filter);
  g_clear_object (&self->selection);

  G_OBJECT_CLASS (wb_region_row_parent_class)->dispose (object);
}

static void
wb_region_row_finalize (GObject *object)
{
  WbRegionRow *self = WB_REGION_ROW (object);

  g_free (self->id);
  g_free (self->term);

  G_OBJECT_CLASS (wb_region_row_parent_class)->finalize (object);
}

static void
wb_region_row_class_init (WbRegionRowClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = wb_region_row_get_property;
  object_class->set_property = wb_region_row_set_property;
  object_class->dispose = wb_region_row_dispose;
  object_class->finalize = wb_region_row_finalize;

  properties[PROP_ID] =
    g_param_spec_string ("id", NULL, NULL, "",
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/waybill/Waybill/region-row.ui");
  gtk_widget_class_bind_template_child (widget_class, WbRegionRow, button);
  gtk_widget_class_bind_template_child (widget_class, WbRegionRow, label);
  gtk_widget_class_bind_template_child (widget_class, WbRegionRow, popover);
  gtk_widget_class_bind_template_child (widget_class, WbRegionRow, search_entry);
  gtk_widget_class_bind_template_child (widget_class, WbRegionRow, list_view);
  gtk_widget_class_bind_template_callback (widget_class, popover_shown_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_stopped_cb);
  gtk_widget_class_bind_template_callback (widget_class, list_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, item_setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, item_bind_cb);
  gtk_widget_class_bind_template_callback (widget_class, item_unbind_cb);
}

static void
wb_region_row_init (WbRegionRow *self)
{
  GtkFilterListModel *filtered;

  self->id = g_strdup ("");
  self->term = g_strdup ("");
  gtk_widget_init_template (GTK_WIDGET (self));

  self->ids = gtk_string_list_new (NULL);
  self->filter = gtk_custom_filter_new (filter_cb, self, NULL);
  filtered = gtk_filter_list_model_new (G_LIST_MODEL (g_object_ref (self->ids)),
                                        GTK_FILTER (g_object_ref (self->filter)));
  self->selection = gtk_single_selection_new (G_LIST_MODEL (filtered));
  gtk_list_view_set_model (self->list_view, GTK_SELECTION_MODEL (self->selection));
  update_label (self);
}

/**
 * wb_region_row_set_cloud:
 * @self: the row
 * @cloud: (nullable): the cloud whose regions to offer; must outlive the row
 *
 * A region that is not among them is dropped.
 */
void
wb_region_row_set_cloud (WbRegionRow   *self,
                         const WbCloud *cloud)
{
  guint n_regions = cloud != NULL ? cloud->regions->len : 0;

  g_return_if_fail (WB_IS_REGION_ROW (self));

  self->cloud = cloud;
  gtk_string_list_splice (self->ids, 0, g_list_model_get_n_items (G_LIST_MODEL (self->ids)), NULL);
  for (guint i = 0; i < n_regions; i++)
    gtk_string_list_append (self->ids, ((WbRegion *) g_ptr_array_index (cloud->regions, i))->id);
  gtk_widget_set_visible (GTK_WIDGET (self->search_entry), n_regions >= MANY_REGIONS);

  if (cloud == NULL || wb_cloud_find_region (cloud, self->id) == NULL)
    wb_region_row_set_id (self, "");
  update_label (self);
}

void
wb_region_row_set_id (WbRegionRow *self,
                      const char  *id)
{
  g_return_if_fail (WB_IS_REGION_ROW (self));

  if (g_str_equal (self->id, id != NULL ? id : ""))
    return;

  g_free (self->id);
  self->id = g_strdup (id != NULL ? id : "");
  update_label (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ID]);
}

/* Empty while none is chosen. */
const char *
wb_region_row_get_id (WbRegionRow *self)
{
  g_return_val_if_fail (WB_IS_REGION_ROW (self), NULL);

  return self->id;
}
