/* ring.c: goes round a window by Tab, and back by Shift+Tab
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ring.h"

#include <graphene.h>

#include "ui-test.h"
#include "ui/details/secret-row.h"
#include "ui/widgets/field-row.h"

/* A ring with more stops than any window has does not close. */
#define MAX_STOPS 100
/* Linked buttons share their border. */
#define LINK_WIDTH 1

static char *
describe (GtkWidget *widget)
{
  GString        *text = g_string_new (G_OBJECT_TYPE_NAME (widget));
  const char     *tooltip = gtk_widget_get_tooltip_text (widget);
  GtkWidget      *parent = gtk_widget_get_parent (widget);
  graphene_rect_t bounds;

  if (GTK_IS_LABEL (widget))
    g_string_append_printf (text, " “%s”", gtk_label_get_text (GTK_LABEL (widget)));
  if (GTK_IS_BUTTON (widget) && gtk_button_get_label (GTK_BUTTON (widget)) != NULL)
    g_string_append_printf (text, " “%s”", gtk_button_get_label (GTK_BUTTON (widget)));
  if (ADW_IS_PREFERENCES_ROW (widget))
    g_string_append_printf (text, " “%s”",
                            adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)));
  if (tooltip != NULL)
    g_string_append_printf (text, " (%s)", tooltip);
  if (parent != NULL)
    g_string_append_printf (text, " in %s", G_OBJECT_TYPE_NAME (parent));

  if (gtk_widget_compute_bounds (widget, GTK_WIDGET (gtk_widget_get_root (widget)), &bounds))
    g_string_append_printf (text, ", %.0f×%.0f at %.0f, %.0f", bounds.size.width,
                            bounds.size.height, bounds.origin.x, bounds.origin.y);

  return g_string_free (text, FALSE);
}

static char *
describe_all (GPtrArray *widgets)
{
  GString *text = g_string_new ("");

  for (guint i = 0; i < widgets->len; i++)
    {
      g_autofree char *line = describe (g_ptr_array_index (widgets, i));

      g_string_append_printf (text, "\n  %u. %s", i + 1, line);
    }

  return g_string_free (text, FALSE);
}

/* The rows of such a list are one stop: arrow keys go from row to row. */
static gboolean
is_list (GtkWidget *widget)
{
  return GTK_IS_LIST_VIEW (widget)
         || g_str_equal (G_OBJECT_TYPE_NAME (widget), "GtkColumnListView")
         || (GTK_IS_LIST_BOX (widget)
             && gtk_widget_has_css_class (widget, "navigation-sidebar"));
}

static GtkWidget *
get_stop (GtkWidget *focus)
{
  for (GtkWidget *widget = focus; widget != NULL; widget = gtk_widget_get_parent (widget))
    {
      if (is_list (widget))
        return widget;
    }

  return focus;
}

static gboolean
is_usable (GtkWidget *widget)
{
  return gtk_widget_get_mapped (widget) && gtk_widget_is_sensitive (widget)
         && gtk_widget_get_can_focus (widget);
}

static gboolean
has_control (GtkWidget *widget)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (is_usable (child) && (gtk_widget_get_focusable (child) || has_control (child)))
        return TRUE;
    }

  return FALSE;
}

/* Right goes to the buttons of such a row. */
static gboolean
is_one_stop (GtkWidget *widget)
{
  return WB_IS_FIELD_ROW (widget) || WB_IS_SECRET_ROW (widget);
}

/* What holds controls is passed through, unless it can be activated itself. */
static gboolean
is_control (GtkWidget *widget)
{
  if (is_list (widget))
    return has_control (widget);
  if (is_one_stop (widget))
    return TRUE;
  /* Its rows are, unless none of them can be chosen. */
  if (GTK_IS_LIST_BOX (widget))
    return FALSE;

  return gtk_widget_get_focusable (widget)
         && (!has_control (widget)
             || (GTK_IS_LIST_BOX_ROW (widget) && !GTK_IS_EDITABLE (widget)
                 && gtk_list_box_row_get_activatable (GTK_LIST_BOX_ROW (widget))));
}

static void
collect_controls (GtkWidget *widget,
                  GPtrArray *controls)
{
  if (!is_usable (widget))
    return;

  if (is_control (widget))
    g_ptr_array_add (controls, widget);
  if (is_list (widget) || is_one_stop (widget))
    return;

  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect_controls (child, controls);
}

static gboolean
pressed_cb (GtkEventControllerKey *controller,
            guint                  keyval,
            guint                  keycode,
            GdkModifierType        modifiers,
            gpointer               user_data)
{
  guint *n_pressed = user_data;

  if (keyval != GDK_KEY_Shift_L && keyval != GDK_KEY_Control_L && keyval != GDK_KEY_Alt_L)
    (*n_pressed)++;

  return GDK_EVENT_PROPAGATE;
}

static GtkEventController *
count_presses (gpointer widget,
               guint   *n_pressed)
{
  GtkEventController *controller = gtk_event_controller_key_new ();

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  g_signal_connect (controller, "key-pressed", G_CALLBACK (pressed_cb), n_pressed);
  gtk_widget_add_controller (widget, controller);

  return controller;
}

/* The press, not the release: what has it then may be gone. A popover has keys of its own. */
void
ring_press (gpointer    window,
            const char *key)
{
  GtkWidget *focus = gtk_root_get_focus (window);
  GtkNative *native = focus != NULL ? gtk_widget_get_native (focus) : NULL;
  g_autoptr (GtkWidget) popover = NULL;
  g_autoptr (GtkWidget) kept = g_object_ref (window);
  GtkEventController *controllers[2] = { NULL, NULL };
  guint               n_pressed = 0;

  if (GTK_IS_POPOVER (native))
    popover = GTK_WIDGET (g_object_ref (native));
  controllers[0] = count_presses (kept, &n_pressed);
  if (popover != NULL)
    controllers[1] = count_presses (popover, &n_pressed);
  ui_press (window, key);
  ui_wait_until (n_pressed > 0);

  gtk_widget_remove_controller (kept, controllers[0]);
  if (popover != NULL)
    gtk_widget_remove_controller (popover, controllers[1]);
}

static GPtrArray *
follow (gpointer    window,
        const char *key)
{
  GPtrArray *stops = g_ptr_array_new ();
  GtkWidget *first = get_stop (gtk_root_get_focus (window));
  GtkWidget *stop = first;

  g_assert_nonnull (first);
  do
    {
      g_ptr_array_add (stops, stop);
      ring_press (window, key);
      stop = get_stop (gtk_root_get_focus (window));
      if (stop == NULL || stops->len > MAX_STOPS
          || (stop != first && stop == g_ptr_array_index (stops, stops->len - 1)))
        {
          g_autofree char *met = describe_all (stops);

          g_error ("%s does not come back:%s", key, met);
        }
    }
  while (stop != first);

  return stops;
}

/* What is scrolled is where it can be seen, for what is beside it. */
static GtkWidget *
get_place (GtkWidget *widget,
           GtkWidget *other)
{
  GtkWidget *place = widget;

  for (GtkWidget *parent = widget;
       parent != NULL && !gtk_widget_is_ancestor (other, parent);
       parent = gtk_widget_get_parent (parent))
    {
      if (GTK_IS_SCROLLED_WINDOW (parent))
        place = parent;
    }

  return place;
}

/* GTK 4.24 goes through a horizontal box from left to right in every language. */
static gboolean
is_toolkits_own (GtkWidget *before,
                 GtkWidget *after)
{
  GtkWidget *both = gtk_widget_get_ancestor (before, GTK_TYPE_BOX);

  while (both != NULL && !gtk_widget_is_ancestor (after, both))
    both = gtk_widget_get_ancestor (gtk_widget_get_parent (both), GTK_TYPE_BOX);

  return gtk_check_version (4, 24, 0) == NULL && both != NULL
         && gtk_orientable_get_orientation (GTK_ORIENTABLE (both)) == GTK_ORIENTATION_HORIZONTAL;
}

/* To the right of the other one, in it, or below it; for a language that is written from right to
 * left, to its left. */
static gboolean
follows (GtkWidget *window,
         GtkWidget *before,
         GtkWidget *after)
{
  graphene_rect_t a;
  graphene_rect_t b;
  gboolean        beside;

  g_assert_true (gtk_widget_compute_bounds (get_place (before, after), window, &a));
  g_assert_true (gtk_widget_compute_bounds (get_place (after, before), window, &b));
  if (gtk_widget_is_ancestor (after, before))
    return TRUE;

  if (gtk_widget_get_direction (window) == GTK_TEXT_DIR_RTL && !is_toolkits_own (before, after))
    beside = b.origin.x + b.size.width <= a.origin.x + LINK_WIDTH;
  else
    beside = a.origin.x + a.size.width <= b.origin.x + LINK_WIDTH;

  return beside || a.origin.y + a.size.height <= b.origin.y;
}

static void
assert_all_are_met (GPtrArray *controls,
                    GPtrArray *stops)
{
  g_autoptr (GPtrArray) missed = g_ptr_array_new ();

  for (guint i = 0; i < controls->len; i++)
    {
      if (!g_ptr_array_find (stops, g_ptr_array_index (controls, i), NULL))
        g_ptr_array_add (missed, g_ptr_array_index (controls, i));
    }
  if (missed->len > 0)
    {
      g_autofree char *text = describe_all (missed);
      g_autofree char *met = describe_all (stops);

      g_error ("not met:%s\nmet:%s", text, met);
    }
}

/* The ring closes from the last control to the first one, and nowhere else goes up or back. */
static void
assert_in_order (GtkWidget *window,
                 GPtrArray *stops)
{
  guint n_leaps = 0;

  for (guint i = 0; i < stops->len; i++)
    {
      GtkWidget *before = g_ptr_array_index (stops, i);
      GtkWidget *after = g_ptr_array_index (stops, (i + 1) % stops->len);

      if (!follows (window, before, after))
        n_leaps++;
    }
  if (n_leaps > 1)
    {
      g_autofree char *met = describe_all (stops);

      g_error ("not in reading order, %u leaps:%s", n_leaps, met);
    }
}

void
ring_go_round (gpointer window)
{
  g_autoptr (GPtrArray) controls = g_ptr_array_new ();
  g_autoptr (GPtrArray) stops = NULL;
  g_autoptr (GPtrArray) back = NULL;
  GtkWidget *first;

  /* It is laid out in the first frame. */
  ui_wait_for_frames (window, 3);
  first = gtk_root_get_focus (window);
  stops = follow (window, "Tab");
  g_assert_true (get_stop (gtk_root_get_focus (window)) == get_stop (first));
  back = follow (window, "shift+Tab");
  collect_controls (window, controls);
  if (g_test_verbose ())
    {
      g_autofree char *met = describe_all (stops);

      g_test_message ("%s", met);
    }

  assert_all_are_met (controls, stops);
  assert_in_order (window, stops);
  g_assert_cmpuint (back->len, ==, stops->len);
  for (guint i = 1; i < stops->len; i++)
    g_assert_true (g_ptr_array_index (stops, i) == g_ptr_array_index (back, back->len - i));
}
