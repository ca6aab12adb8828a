/* input.c: keys and clicks as a person gives them, from outside the program
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <gdk/x11/gdkx.h>

#include "ui-test.h"

#define MUTTER "org.gnome.Mutter.RemoteDesktop"

static void
run_xdotool (const char *format,
             ...)
{
  g_autofree char *arguments = NULL;
  g_autofree char *command = NULL;
  g_autoptr (GError) error = NULL;
  va_list args;
  int     status;

  va_start (args, format);
  arguments = g_strdup_vprintf (format, args);
  va_end (args);
  command = g_strdup_printf ("xdotool %s", arguments);
  g_spawn_command_line_sync (command, NULL, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_true (g_spawn_check_wait_status (status, NULL));
}

static gulong
get_xid (gpointer window)
{
  return gdk_x11_surface_get_xid (gtk_native_get_surface (GTK_NATIVE (window)));
}

/* A key as xdotool takes it. The names of the function keys stand in the keymap twice, and newer
 * xdotool takes the one with Alt; by number there is only one. One digit is its character. */
static char *
dup_key (const char *name)
{
  GdkDisplay   *display = gdk_display_get_default ();
  GdkKeymapKey *keys = NULL;
  int           n_keys = 0;
  char         *key = NULL;

  if (*name == 'F')
    gdk_display_map_keyval (display, gdk_keyval_from_name (name), &keys, &n_keys);
  for (int i = 0; i < n_keys && key == NULL; i++)
    {
      if (keys[i].level == 0 && keys[i].keycode >= 10)
        key = g_strdup_printf ("%u", keys[i].keycode);
    }
  g_free (keys);

  return key != NULL ? key : g_strdup (name);
}

static void
press_under_x11 (char **names)
{
  g_autofree char *numbers = NULL;

  for (guint i = 0; names[i] != NULL; i++)
    {
      char *key = dup_key (names[i]);

      g_free (names[i]);
      names[i] = key;
    }
  numbers = g_strjoinv ("+", names);
  run_xdotool ("key %s", numbers);
}

static GVariant *
call_mutter (const char *path,
             const char *type,
             const char *method,
             GVariant   *arguments)
{
  g_autoptr (GDBusConnection) bus = NULL;
  g_autoptr (GError) error = NULL;
  GVariant *reply;

  bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &error);
  g_assert_no_error (error);
  reply = g_dbus_connection_call_sync (bus, MUTTER, path, type, method, arguments, NULL,
                                       G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);

  return reply;
}

static void
send_key (const char *path,
          guint       keyval,
          gboolean    down)
{
  g_variant_unref (call_mutter (path, MUTTER ".Session", "NotifyKeyboardKeysym",
                                g_variant_new ("(ub)", keyval, down)));
}

/* Until the program ends. To windows it is plugged in with its first key. */
static const char *
get_keyboard (void)
{
  static char *path;

  if (path == NULL)
    {
      g_autoptr (GVariant) session =
        call_mutter ("/org/gnome/Mutter/RemoteDesktop", MUTTER, "CreateSession", NULL);

      g_variant_get (session, "(o)", &path);
      g_variant_unref (call_mutter (path, MUTTER ".Session", "Start", NULL));
      send_key (path, GDK_KEY_Shift_L, TRUE);
      send_key (path, GDK_KEY_Shift_L, FALSE);
    }

  return path;
}

static guint
get_keyval (const char *name)
{
  static const struct
  {
    const char *name;
    guint       keyval;
  } modifiers[] = {
    { "shift", GDK_KEY_Shift_L },
    { "ctrl", GDK_KEY_Control_L },
    { "alt", GDK_KEY_Alt_L },
  };

  for (guint i = 0; i < G_N_ELEMENTS (modifiers); i++)
    {
      if (g_ascii_strcasecmp (name, modifiers[i].name) == 0)
        return modifiers[i].keyval;
    }

  return gdk_keyval_from_name (name);
}

static void
press_under_wayland (char **names)
{
  const char *keyboard = get_keyboard ();
  guint       n_names = g_strv_length (names);

  for (guint i = 0; i < n_names; i++)
    send_key (keyboard, get_keyval (names[i]), TRUE);
  for (guint i = n_names; i > 0; i--)
    send_key (keyboard, get_keyval (names[i - 1]), FALSE);
}

void
ui_press (gpointer    window,
          const char *keys)
{
  g_auto (GStrv) names = g_strsplit (keys, "+", -1);
  gboolean x11 = GDK_IS_X11_DISPLAY (gtk_widget_get_display (window));

  /* Under X11 there is no window manager, so the focus is given by hand. */
  if (!x11)
    get_keyboard ();
  else if (!gtk_window_is_active (GTK_WINDOW (window)))
    run_xdotool ("windowfocus %lu", get_xid (window));
  ui_wait_until (gtk_window_is_active (GTK_WINDOW (window)));

  if (x11)
    press_under_x11 (names);
  else
    press_under_wayland (names);
}

/* Near the widget's corner, and under X11 only. */
static void
click (GtkWidget *widget,
       int        button)
{
  GtkNative *native = gtk_widget_get_native (widget);
  double     surface_x;
  double     surface_y;
  double     x;
  double     y;

  gtk_native_get_surface_transform (native, &surface_x, &surface_y);
  g_assert_true (gtk_widget_translate_coordinates (widget, GTK_WIDGET (native), 4, 4, &x, &y));
  run_xdotool ("mousemove --window %lu %d %d click %d", get_xid (native), (int) (x + surface_x),
               (int) (y + surface_y), button);
}

void
ui_left_click (gpointer widget)
{
  click (widget, 1);
}

void
ui_right_click (gpointer widget)
{
  click (widget, 3);
}
