/* header-bar.c: a header bar whose buttons stand below it where they have no room
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/widgets/header-bar.h"

#include "ui/widgets/char-width.h"
#include "ui/widgets/fold.h"

/* Between the children of a bar, in the theme. */
#define SPACING_PX 6
/* The row and the title return into the bar a little later than they left it, so that no width has
 * both. */
#define MARGIN_PX 24
/* Of a longer title: two or three words. It is the window's, too, so that what can be chosen comes
 * first. */
#define LEAST_TITLE_CHARS 16

typedef struct
{
  GtkWidget *widget; /* (owned) */
  gboolean   at_end;
} Part;

struct _WbHeaderBar
{
  GtkWidget parent_instance;

  GtkWidget *box;      /* (owned): the bar and the row */
  GtkWidget *bar;      /* (unowned) */
  GtkWidget *row;      /* (unowned): below the bar, where the bar is too narrow */
  GtkWidget *title;    /* (unowned) */
  GtkWidget *slot;     /* (unowned): of the title; hidden where that has no room */
  int        title_px; /* what the title has room for */
  GArray    *parts;    /* (owned) (element-type Part): those that have labels */
  guint      tick_id;  /* of a frame that is to move the parts, or the title */
};

enum
{
  PROP_TITLE_WIDGET = 1,
  PROP_SHOW_TITLE_BUTTONS,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

static void init_buildable (GtkBuildableIface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (WbHeaderBar, wb_header_bar, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE, init_buildable))

static GtkBuildableIface *parent_buildable;

static void
clear_part (gpointer part)
{
  g_clear_object (&((Part *) part)->widget);
}

static gboolean
is_folded (WbHeaderBar *self)
{
  return gtk_widget_get_visible (self->row);
}

static int
get_minimum_px (GtkWidget *widget)
{
  int minimum;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);

  return minimum;
}

static int
get_natural_px (GtkWidget *widget)
{
  int natural;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);

  return natural;
}

/* With all parts in the bar. */
static int
get_needed_px (WbHeaderBar *self)
{
  int needed = get_minimum_px (self->bar);

  for (guint i = 0; is_folded (self) && i < self->parts->len; i++)
    {
      GtkWidget *widget = g_array_index (self->parts, Part, i).widget;

      if (gtk_widget_get_visible (widget))
        needed += get_minimum_px (widget) + SPACING_PX;
    }

  return needed;
}

/* Of the widest that cannot be divided. */
static int
get_least_px (WbHeaderBar *self)
{
  int bare = get_minimum_px (self->bar);
  int widest = 0;

  for (guint i = 0; i < self->parts->len; i++)
    {
      GtkWidget *widget = g_array_index (self->parts, Part, i).widget;
      int        minimum = gtk_widget_get_visible (widget) ? get_minimum_px (widget) : 0;

      widest = MAX (widest, minimum + 2 * SPACING_PX);
      if (!is_folded (self) && gtk_widget_get_visible (widget))
        bare -= minimum + SPACING_PX;
    }

  return MAX (bare, widest);
}

static void
pack (WbHeaderBar *self,
      Part        *part)
{
  if (part->at_end)
    adw_header_bar_pack_end (ADW_HEADER_BAR (self->bar), part->widget);
  else
    adw_header_bar_pack_start (ADW_HEADER_BAR (self->bar), part->widget);
}

/* The focus, and what Return does, stay where they are. */
static void
set_folded (WbHeaderBar *self,
            gboolean     folded)
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
  GtkWidget *standard = gtk_window_get_default_widget (window);
  GtkWidget *focus = gtk_window_get_focus (window);

  for (guint i = 0; i < self->parts->len; i++)
    {
      Part *part = &g_array_index (self->parts, Part, i);

      if (folded)
        {
          adw_header_bar_remove (ADW_HEADER_BAR (self->bar), part->widget);
          gtk_widget_set_parent (part->widget, self->row);
        }
      else
        {
          gtk_widget_unparent (part->widget);
          pack (self, part);
        }
    }
  gtk_widget_set_visible (self->row, folded);
  if (folded)
    gtk_widget_add_css_class (self->box, "folded");
  else
    gtk_widget_remove_css_class (self->box, "folded");
  gtk_window_set_default_widget (window, standard);
  if (focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self)))
    gtk_widget_grab_focus (focus);
}

static gboolean
should_fold (WbHeaderBar *self,
             int          width)
{
  int margin = is_folded (self) ? MARGIN_PX : 0;

  return get_needed_px (self) + margin > width;
}

static GtkWidget *
get_title (WbHeaderBar *self)
{
  return adw_bin_get_child (ADW_BIN (self->slot));
}

/* In the middle, beside all of the other texts in the bar, which the bar itself would shorten
 * first. A squeezer asks for no room. */
static int
get_title_room_px (WbHeaderBar *self,
                   int          width)
{
  int room = width - get_minimum_px (self->bar);
  int side = 0;

  for (guint i = 0; !is_folded (self) && i < self->parts->len; i++)
    {
      GtkWidget *widget = g_array_index (self->parts, Part, i).widget;
      int        missing = get_natural_px (widget) - get_minimum_px (widget);

      room -= missing;
      if (missing > 0)
        side = MAX (side, get_natural_px (gtk_widget_get_parent (widget)) + 2 * SPACING_PX);
    }
  if (side > 0)
    room = MIN (room, width - 2 * side);

  return MAX (room, 0);
}

static gboolean
has_title_room (WbHeaderBar *self,
                int          width)
{
  int least = wb_char_width_get_px (GTK_WIDGET (self), LEAST_TITLE_CHARS);
  int wanted = MIN (get_natural_px (get_title (self)), least);
  int margin = gtk_widget_get_visible (self->slot) ? 0 : MARGIN_PX;

  return wanted + margin <= get_title_room_px (self, width);
}

static void
fit_title (WbHeaderBar *self,
           int          width)
{
  gtk_widget_set_visible (self->slot, has_title_room (self, width));
  self->title_px = get_title_room_px (self, width);
  gtk_widget_queue_resize (self->slot);
}

static void
measure_title (GtkWidget     *slot,
               GtkOrientation orientation,
               int            for_size,
               int           *minimum,
               int           *natural,
               int           *minimum_baseline,
               int           *natural_baseline)
{
  WbHeaderBar *self = WB_HEADER_BAR (gtk_widget_get_ancestor (slot, WB_TYPE_HEADER_BAR));

  gtk_widget_measure (get_title (self), orientation, for_size, minimum, natural, minimum_baseline,
                      natural_baseline);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *natural = CLAMP (self->title_px, *minimum, *natural);
}

static void
allocate_title (GtkWidget *slot,
                int        width,
                int        height,
                int        baseline)
{
  gtk_widget_allocate (adw_bin_get_child (ADW_BIN (slot)), width, height, baseline, NULL);
}

static gboolean
move_cb (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       user_data)
{
  WbHeaderBar *self = WB_HEADER_BAR (widget);
  int          width = gtk_widget_get_width (widget);

  self->tick_id = 0;
  if (should_fold (self, width) != is_folded (self))
    set_folded (self, !is_folded (self));
  fit_title (self, width);

  return G_SOURCE_REMOVE;
}

static GtkSizeRequestMode
wb_header_bar_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
wb_header_bar_measure (GtkWidget     *widget,
                       GtkOrientation orientation,
                       int            for_size,
                       int           *minimum,
                       int           *natural,
                       int           *minimum_baseline,
                       int           *natural_baseline)
{
  WbHeaderBar *self = WB_HEADER_BAR (widget);
  int          least = get_minimum_px (self->box);

  if (orientation == GTK_ORIENTATION_VERTICAL)
    {
      gtk_widget_measure (self->box, orientation, for_size < 0 ? -1 : MAX (for_size, least),
                          minimum, natural, NULL, NULL);
      return;
    }

  gtk_widget_measure (self->box, orientation, -1, NULL, natural, NULL, NULL);
  /* How much of the title is shown depends on the width, and not the other way round. */
  *natural += get_natural_px (get_title (self));
  if (gtk_widget_get_visible (self->slot))
    *natural -= get_natural_px (self->slot);
  *minimum = MIN (get_least_px (self), *natural);
}

static void
wb_header_bar_size_allocate (GtkWidget *widget,
                             int        width,
                             int        height,
                             int        baseline)
{
  WbHeaderBar *self = WB_HEADER_BAR (widget);
  gboolean     move = should_fold (self, width) != is_folded (self)
                  || has_title_room (self, width) != gtk_widget_get_visible (self->slot)
                  || get_title_room_px (self, width) != self->title_px;

  if (move && self->tick_id == 0)
    self->tick_id = gtk_widget_add_tick_callback (widget, move_cb, NULL, NULL);
  /* For one frame it is too wide. */
  gtk_widget_allocate (self->box, MAX (width, get_minimum_px (self->box)), height, baseline,
                       NULL);
}

static gboolean
has_label (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget))
    return TRUE;

  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (has_label (child))
        return TRUE;
    }

  return FALSE;
}

static void
wb_header_bar_add_child (GtkBuildable *buildable,
                         GtkBuilder   *builder,
                         GObject      *child,
                         const char   *type)
{
  WbHeaderBar *self = WB_HEADER_BAR (buildable);
  Part         part = { NULL, g_strcmp0 (type, "end") == 0 };

  if (type == NULL)
    {
      parent_buildable->add_child (buildable, builder, child, type);
      return;
    }

  part.widget = g_object_ref (GTK_WIDGET (child));
  pack (self, &part);
  if (has_label (part.widget))
    g_array_append_val (self->parts, part);
  else
    clear_part (&part);
}

static void
wb_header_bar_root (GtkWidget *widget)
{
  WbHeaderBar *self = WB_HEADER_BAR (widget);

  GTK_WIDGET_CLASS (wb_header_bar_parent_class)->root (widget);

  if (get_title (self) == NULL)
    {
      GtkWidget *title = adw_window_title_new ("", NULL);

      adw_bin_set_child (ADW_BIN (self->slot), title);
      g_object_bind_property (gtk_widget_get_root (widget), "title", title, "title",
                              G_BINDING_SYNC_CREATE);
    }
}

static void
wb_header_bar_set_property (GObject      *object,
                            guint         property_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  WbHeaderBar *self = WB_HEADER_BAR (object);

  switch (property_id)
    {
    case PROP_TITLE_WIDGET:
      adw_bin_set_child (ADW_BIN (self->slot), g_value_get_object (value));
      break;
    case PROP_SHOW_TITLE_BUTTONS:
      g_object_set (self->bar, "show-start-title-buttons", g_value_get_boolean (value),
                    "show-end-title-buttons", g_value_get_boolean (value), NULL);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
wb_header_bar_dispose (GObject *object)
{
  WbHeaderBar *self = WB_HEADER_BAR (object);

  if (self->tick_id != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick_id);
  self->tick_id = 0;
  g_clear_pointer (&self->parts, g_array_unref);
  g_clear_pointer (&self->box, gtk_widget_unparent);

  G_OBJECT_CLASS (wb_header_bar_parent_class)->dispose (object);
}

static void
init_buildable (GtkBuildableIface *iface)
{
  parent_buildable = g_type_interface_peek_parent (iface);
  iface->add_child = wb_header_bar_add_child;
}

static void
wb_header_bar_class_init (WbHeaderBarClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = wb_header_bar_set_property;
  object_class->dispose = wb_header_bar_dispose;
  widget_class->get_request_mode = wb_header_bar_get_request_mode;
  widget_class->measure = wb_header_bar_measure;
  widget_class->size_allocate = wb_header_bar_size_allocate;
  widget_class->root = wb_header_bar_root;

  properties[PROP_TITLE_WIDGET] =
    g_param_spec_object ("title-widget", NULL, NULL, GTK_TYPE_WIDGET,
                         G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_SHOW_TITLE_BUTTONS] =
    g_param_spec_boolean ("show-title-buttons", NULL, NULL, TRUE,
                          G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
wb_header_bar_init (WbHeaderBar *self)
{
  self->parts = g_array_new (FALSE, FALSE, sizeof (Part));
  g_array_set_clear_func (self->parts, clear_part);

  self->bar = adw_header_bar_new ();
  self->title = adw_squeezer_new ();
  adw_squeezer_set_allow_none (ADW_SQUEEZER (self->title), TRUE);
  self->slot = adw_bin_new ();
  gtk_widget_set_layout_manager (self->slot,
                                 gtk_custom_layout_new (NULL, measure_title, allocate_title));
  self->title_px = G_MAXINT;
  adw_squeezer_add (ADW_SQUEEZER (self->title), self->slot);
  adw_squeezer_set_switch_threshold_policy (ADW_SQUEEZER (self->title),
                                            ADW_FOLD_THRESHOLD_POLICY_MINIMUM);
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (self->bar), self->title);
  self->row = g_object_new (WB_TYPE_FOLD, "visible", FALSE, NULL);
  gtk_widget_add_css_class (self->row, "header-row");

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (self->box), self->bar);
  gtk_box_append (GTK_BOX (self->box), self->row);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}
