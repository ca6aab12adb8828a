/* screen.c: a window under all conditions that people have, its picture, and what is wrong with it
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "screens/screen.h"

#include <glib/gstdio.h>

#include "screens/pixels.h"
#include "ui/window/account-switcher.h"

/* Text that is smaller than 24 px, and symbols (WCAG 2, 1.4.3 and 1.4.11). */
#define LEAST_TEXT_CONTRAST 4.5
#define LEAST_SYMBOL_CONTRAST 3.0
/* Pictures to measure are as much larger. */
#define ZOOM 3
#define USUAL_DPI 96

typedef struct
{
  const char *name;
  int         width;
  int         height;
  int         percent; /* of the usual size of text */
  gboolean    dark;
  gboolean    measured; /* its colours */
  gboolean    crowded;  /* three buttons in the title bar: GNOME has the one to close a window */
} Condition;

static const Condition conditions[] = {
  { "wide", 1280, 800, 100, FALSE, FALSE, FALSE },
  { "usual", 1000, 700, 100, FALSE, TRUE, FALSE },
  { "dark", 1000, 700, 100, TRUE, TRUE, FALSE },
  { "half", 800, 600, 100, FALSE, FALSE, FALSE },
  { "small", 640, 480, 100, FALSE, FALSE, FALSE },
  { "phone", 360, 640, 100, FALSE, FALSE, FALSE },
  { "crowded", 360, 640, 100, TRUE, FALSE, TRUE }, /* and dark, for who looks at it */
  { "least", SCREEN_LEAST_WIDTH, SCREEN_LEAST_HEIGHT, 100, FALSE, FALSE, FALSE },
  { "large-text", 1000, 700, 200, FALSE, FALSE, FALSE },
  { "large-text-phone", 360, 640, 200, FALSE, FALSE, FALSE },
};

typedef struct
{
  const char *name; /* of the picture */
  GtkWidget  *window;
  Pixels     *enlarged; /* (owned) (nullable): to measure */
  gboolean    kept;     /* whether its picture is: it is asked for, or something is wrong with it */
} Screen;

G_GNUC_PRINTF (3, 4)
static void
complain (Screen     *self,
          GtkWidget  *widget,
          const char *format,
          ...)
{
  g_autofree char *what = NULL;
  va_list          args;

  va_start (args, format);
  what = g_strdup_vprintf (format, args);
  va_end (args);
  g_test_message ("%s: %s: %s", self->name, G_OBJECT_TYPE_NAME (widget), what);
  g_test_fail ();
  self->kept = TRUE;
}

/* GTK's own, which cuts its text as it likes. */
static gboolean
is_excepted (GtkWidget *widget)
{
  return gtk_widget_get_ancestor (widget, GTK_TYPE_TEXT) != NULL;
}

/* What a button does is to be read in full, and a mark. The name of an account may end in dots. */
static gboolean
is_on_button (GtkWidget *label)
{
  return (gtk_widget_get_ancestor (label, GTK_TYPE_BUTTON) != NULL
          || gtk_widget_get_ancestor (label, GTK_TYPE_CHECK_BUTTON) != NULL)
         && (gtk_widget_get_ancestor (label, WB_TYPE_ACCOUNT_SWITCHER) == NULL
             || gtk_widget_has_css_class (label, "mark"));
}

/* What is scrolled may be beside its window, but nothing else. */
static void
check_place (Screen    *self,
             GtkWidget *label)
{
  graphene_rect_t bounds;

  if (gtk_widget_get_ancestor (label, GTK_TYPE_SCROLLED_WINDOW) != NULL
      || !gtk_widget_compute_bounds (label, self->window, &bounds))
    return;

  if (bounds.origin.x < 0
      || bounds.origin.x + bounds.size.width > gtk_widget_get_width (self->window))
    complain (self, label, "“%s” is at %.0f, %.0f px wide, in a window of %d",
              gtk_label_get_text (GTK_LABEL (label)), bounds.origin.x, bounds.size.width,
              gtk_widget_get_width (self->window));
}

static void
check_label (Screen   *self,
             GtkLabel *label)
{
  PangoLayout *layout = gtk_label_get_layout (label);
  int          width;
  int          height;

  if (is_excepted (GTK_WIDGET (label)))
    return;
  check_place (self, GTK_WIDGET (label));
  if (is_on_button (GTK_WIDGET (label)) && pango_layout_is_ellipsized (layout))
    complain (self, GTK_WIDGET (label), "“%s” ends in dots on its button",
              gtk_label_get_text (label));
  if (gtk_label_get_ellipsize (label) != PANGO_ELLIPSIZE_NONE)
    return;

  pango_layout_get_pixel_size (layout, &width, &height);
  if (width > gtk_widget_get_width (GTK_WIDGET (label)))
    complain (self, GTK_WIDGET (label), "“%s” is %d px wide and has %d", gtk_label_get_text (label),
              width, gtk_widget_get_width (GTK_WIDGET (label)));
  if (height > gtk_widget_get_height (GTK_WIDGET (label)))
    complain (self, GTK_WIDGET (label), "“%s” is %d px high and has %d", gtk_label_get_text (label),
              height, gtk_widget_get_height (GTK_WIDGET (label)));
}

static void
check_inscription (Screen         *self,
                   GtkInscription *inscription)
{
  const char *text = gtk_inscription_get_text (inscription);
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (inscription), text);
  int width;

  if (gtk_inscription_get_text_overflow (inscription) != GTK_INSCRIPTION_OVERFLOW_CLIP)
    return;

  pango_layout_get_pixel_size (layout, &width, NULL);
  if (width > gtk_widget_get_width (GTK_WIDGET (inscription)))
    complain (self, GTK_WIDGET (inscription), "“%s” is %d px wide and has %d", text, width,
              gtk_widget_get_width (GTK_WIDGET (inscription)));
}

/* Whether all of a widget is on the picture: nothing that it is in cuts a part away. */
static gboolean
get_whole (Screen          *self,
           GtkWidget       *widget,
           graphene_rect_t *bounds)
{
  for (GtkWidget *parent = gtk_widget_get_parent (widget);
       parent != NULL;
       parent = gtk_widget_get_parent (parent))
    {
      graphene_rect_t rect = GRAPHENE_RECT_INIT (0, 0, gtk_widget_get_width (parent),
                                                 gtk_widget_get_height (parent));

      if (!gtk_widget_compute_bounds (widget, parent, bounds)
          || !graphene_rect_contains_rect (&rect, bounds))
        return FALSE;
      if (parent == self->window)
        {
          pixels_locate (widget, self->window, bounds);
          return TRUE;
        }
    }

  return FALSE;
}

static gboolean
is_symbol (GtkWidget *widget)
{
  const char *name = GTK_IS_IMAGE (widget) ? gtk_image_get_icon_name (GTK_IMAGE (widget)) : NULL;

  return name != NULL && g_str_has_suffix (name, "-symbolic")
         && gtk_widget_get_ancestor (widget, GTK_TYPE_BUTTON) != NULL;
}

static void
check_contrast (Screen     *self,
                GtkWidget  *widget,
                const char *text,
                double      least)
{
  graphene_rect_t bounds;
  double          contrast;

  if (self->enlarged == NULL || !gtk_widget_is_sensitive (widget) || text == NULL || *text == '\0'
      || !get_whole (self, widget, &bounds))
    return;

  graphene_rect_scale (&bounds, ZOOM, ZOOM, &bounds);
  contrast = pixels_contrast (self->enlarged, &bounds);
  if (contrast < least)
    {
      g_auto (GStrv) classes = gtk_widget_get_css_classes (widget);
      g_autofree char *css = g_strjoinv (".", classes);

      complain (self, widget, "“%s” (%s) has a contrast of %.2f", text, css, contrast);
    }
}

static void
check_widget (Screen    *self,
              GtkWidget *widget)
{
  if (!gtk_widget_get_mapped (widget))
    return;

  if (GTK_IS_LABEL (widget))
    {
      check_label (self, GTK_LABEL (widget));
      check_contrast (self, widget, gtk_label_get_text (GTK_LABEL (widget)), LEAST_TEXT_CONTRAST);
    }
  else if (GTK_IS_INSCRIPTION (widget))
    {
      check_inscription (self, GTK_INSCRIPTION (widget));
      check_contrast (self, widget, gtk_inscription_get_text (GTK_INSCRIPTION (widget)),
                      LEAST_TEXT_CONTRAST);
    }
  else if (is_symbol (widget))
    check_contrast (self, widget, gtk_image_get_icon_name (GTK_IMAGE (widget)),
                    LEAST_SYMBOL_CONTRAST);

  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      /* A popover is a picture of its own. */
      if (!GTK_IS_NATIVE (child))
        check_widget (self, child);
    }
}

/* The widgets that make a window as large as it must be, from outside to inside. */
static char *
dup_cause (GtkWidget     *window,
           GtkOrientation orientation,
           int            for_size,
           int            most)
{
  GString   *names = g_string_new (NULL);
  GtkWidget *widget = window;

  while (widget != NULL)
    {
      GtkWidget *largest = NULL;
      int        largest_size = most / 3;

      g_string_append_printf (names, " %s", G_OBJECT_TYPE_NAME (widget));
      for (GtkWidget *child = gtk_widget_get_first_child (widget);
           child != NULL;
           child = gtk_widget_get_next_sibling (child))
        {
          int size;

          if (!gtk_widget_get_mapped (child) || GTK_IS_NATIVE (child))
            continue;

          gtk_widget_measure (child, orientation, for_size, &size, NULL, NULL, NULL);
          if (size > largest_size)
            {
              largest = child;
              largest_size = size;
            }
        }
      if (largest != NULL)
        g_string_append_printf (names, " %d", largest_size);
      widget = largest;
    }

  return g_string_free (names, FALSE);
}

static void
check_size (Screen          *self,
            const Condition *condition)
{
  GtkWidget *content = gtk_widget_get_first_child (self->window); /* without its frame */
  int        width;
  int        height;

  gtk_widget_measure (content, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  if (width > SCREEN_LEAST_WIDTH)
    {
      g_autofree char *cause =
        dup_cause (self->window, GTK_ORIENTATION_HORIZONTAL, -1, SCREEN_LEAST_WIDTH);

      complain (self, self->window, "is never less than %d px wide:%s", width, cause);
    }

  width = MAX (width, condition->width);
  gtk_widget_measure (content, GTK_ORIENTATION_VERTICAL, width, &height, NULL, NULL, NULL);
  if (height > SCREEN_LEAST_HEIGHT && condition->percent == 100)
    {
      g_autofree char *cause =
        dup_cause (self->window, GTK_ORIENTATION_VERTICAL, width, SCREEN_LEAST_HEIGHT);

      complain (self, self->window, "is never less than %d px high:%s", height, cause);
    }
}

static void
set_condition (const Condition *condition)
{
  int dpi = USUAL_DPI * condition->percent / 100;

  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", dpi * PANGO_SCALE,
                "gtk-decoration-layout",
                condition->crowded ? ":minimize,maximize,close" : ":close", NULL);
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      condition->dark ? ADW_COLOR_SCHEME_FORCE_DARK
                                                      : ADW_COLOR_SCHEME_FORCE_LIGHT);
}

/* Other windows than the main one have a size of their own. */
static void
resize (GtkWindow       *window,
        const Condition *condition,
        int              usual_width,
        int              usual_height)
{
  int width = condition->width;
  int height = condition->height;

  if (!WB_IS_WINDOW (window))
    {
      width = MIN (width, usual_width);
      height = MIN (height, usual_height);
    }
  gtk_window_set_default_size (window, width, height);
}

static void
save_picture (Screen *self)
{
  g_autofree char *folder = g_build_filename (g_getenv ("G_TEST_BUILDDIR"), "screens", NULL);
  g_autofree char *file_name = g_strconcat (self->name, ".png", NULL);
  g_autofree char *path = g_build_filename (folder, file_name, NULL);
  g_autoptr (Pixels) picture = pixels_take (self->window, 1);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0755), ==, 0);
  g_assert_true (gdk_texture_save_to_png (picture->texture, path));
}

/* What takes the focus itself, and a row whose entry does; of other rows it may be a part. */
static gboolean
is_control (GtkWidget *widget)
{
  return (ADW_IS_ENTRY_ROW (widget)
          || ((GTK_IS_BUTTON (widget) || GTK_IS_LIST_BOX_ROW (widget))
              && gtk_widget_get_focusable (widget)))
         && gtk_widget_is_sensitive (widget);
}

/* A ring has four times the width and height of its control in pixels, as it is two wide; but a row
 * shares its edges with others. */
static void
check_ring (Screen    *self,
            GtkWidget *widget,
            Pixels    *without)
{
  g_autoptr (Pixels) with = NULL;
  graphene_rect_t bounds;
  guint           n_different;

  if (!get_whole (self, widget, &bounds) || !gtk_widget_grab_focus (widget))
    return;

  /* As if it had come by a key. */
  gtk_window_set_focus_visible (GTK_WINDOW (self->window), TRUE);

  ui_wait_for_frames (self->window, 2);
  with = pixels_take (self->window, 1);
  graphene_rect_inset (&bounds, -4, -4);
  n_different = pixels_difference (without, with, &bounds, LEAST_SYMBOL_CONTRAST);
  if (n_different < 0.8 * (bounds.size.width + bounds.size.height))
    {
      g_autofree char *text = ui_dup_texts (widget, FALSE);

      complain (self, widget, "“%s” shows its focus by %u pixels", g_strdelimit (text, "\n", ' '),
                n_different);
    }
  gtk_window_set_focus (GTK_WINDOW (self->window), NULL);
  ui_wait_for_frames (self->window, 2);
}

static void
check_rings (Screen    *self,
             GtkWidget *widget,
             Pixels    *without)
{
  if (!gtk_widget_get_mapped (widget))
    return;

  if (is_control (widget))
    check_ring (self, widget, without);

  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (!GTK_IS_NATIVE (child))
        check_rings (self, child, without);
    }
}

void
screen_check_focus (gpointer window)
{
  for (guint i = 0; i < G_N_ELEMENTS (conditions); i++)
    {
      Screen self = { conditions[i].name, window, NULL, FALSE };
      g_autoptr (Pixels) without = NULL;

      if (!conditions[i].measured)
        continue;

      set_condition (&conditions[i]);
      gtk_window_set_focus (window, NULL);
      ui_wait_for_frames (window, 4);
      without = pixels_take (window, 1);
      check_rings (&self, window, without);
    }

  set_condition (&conditions[1]);
}

/* Newer GTK, and some window managers, close a popover whose window gets smaller. */
static void
show_again (gpointer shown)
{
  if (!GTK_IS_POPOVER (shown) || gtk_widget_get_mapped (shown))
    return;

  gtk_popover_popup (shown);
  ui_wait_until (gtk_widget_get_mapped (shown));
  ui_wait_for_frames (shown, 4);
}

/* In each size and style, with the size that the window has at first. */
static void
visit_all (gpointer      window,
           gpointer      shown,
           const char   *name,
           ScreenPrepare prepare,
           gboolean      checked)
{
  const char *variant = g_getenv ("SCREENS_VARIANT");
  int         usual_width;
  int         usual_height;

  gtk_window_get_default_size (window, &usual_width, &usual_height);
  for (guint i = 0; i < G_N_ELEMENTS (conditions); i++)
    {
      const Condition *condition = &conditions[i];
      g_autofree char *picture =
        g_strdup_printf ("%s-%s%s%s", name, condition->name, variant != NULL ? "-" : "",
                         variant != NULL ? variant : "");
      Screen self = { picture, shown, NULL, g_getenv ("SCREENS_KEPT") != NULL };

      set_condition (condition);
      resize (window, condition, usual_width, usual_height);
      ui_wait_for_frames (window, 4);
      show_again (shown);
      if (prepare != NULL)
        {
          prepare (window);
          ui_wait_for_frames (window, 4);
        }
      if (condition->measured)
        self.enlarged = pixels_take (shown, ZOOM);
      if (checked)
        check_widget (&self, shown);
      if (checked && shown == window)
        check_size (&self, condition);
      if (self.kept)
        save_picture (&self);
      g_clear_pointer (&self.enlarged, pixels_free);
    }

  set_condition (&conditions[1]);
}

void
screen_check_all (gpointer      window,
                  gpointer      shown,
                  const char   *name,
                  ScreenPrepare prepare)
{
  visit_all (window, shown, name, prepare, TRUE);
}

void
screen_take_all (gpointer    window,
                 const char *name)
{
  visit_all (window, window, name, NULL, FALSE);
}
