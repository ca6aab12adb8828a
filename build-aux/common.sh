# common.sh: what build-aux/run and build-aux/test share: the packages they need, and the set-up
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash

# Debian's names. Each dependency() in a meson.build has its package here; the style suite looks.
build_packages=(
  build-essential
  meson
  ninja-build
  pkgconf
  gettext
  desktop-file-utils # meson's post-install step
  gtk-update-icon-cache
  libglib2.0-dev
  libxml2-utils # strips spaces from resources
  libgtk-4-dev
  libadwaita-1-dev
  libgtksourceview-5-dev
  libsoup-3.0-dev
  libjson-glib-dev
  libarchive-dev
  libsecret-1-dev
  libgcrypt20-dev
  libsqlite3-dev
  libyaml-dev
  libx11-dev
  zlib1g-dev
)

# The window and the command line need these beyond their libraries.
run_packages=(
  adwaita-icon-theme
  ca-certificates
  fonts-cantarell
  gsettings-desktop-schemas
  librsvg2-common # symbolic icons
)

test_packages=(
  7zip # opens an encrypted copy
  appstream
  at-spi2-core
  clang-format
  dbus-daemon
  dbus-x11
  fish # with zsh, what the Tab key offers
  flatpak-builder # reads the manifest
  fonts-dejavu-core
  fonts-noto-cjk # one of the samples is in Chinese
  fuse3 # file systems of the tests' own
  gnome-keyring
  libfuse3-dev
  locales # the sources of languages
  python3
  python3-gi
  python3-pyatspi
  python3-yaml
  shellcheck
  x11-apps # xwd
  x11-utils # xprop
  xdotool
  xfwm4 # draws windows with shadows
  xvfb
  zsh
)

# The peers suite tries the program against these.
peer_packages=(
  copyq # a clipboard manager
  gnome-keyring
  gunicorn
  libnss-wrapper # a host's name for microsocks
  microsocks
  mutter # the pictures under Wayland
  python3-keystone
  squid-openssl
)

# For build-aux/fuzz alone.
fuzz_packages=(
  clang
)

# For build-aux/lint alone.
lint_packages=(
  clang
  clang-tidy
  cppcheck
)

# For build-aux/memcheck alone.
memcheck_packages=(
  valgrind
)

# For build-aux/coverage alone.
coverage_packages=(
  gcovr
)

# For build-aux/bench alone: what Waybill is measured against, and a display for its window.
bench_packages=(
  coreutils
  curl
  dbus-daemon
  dbus-x11
  findutils
  fonts-dejavu-core
  python3
  unzip
  util-linux # unshare
  xdotool
  xvfb
  zip
)

# For tests/flatpak/run alone.
flatpak_packages=(
  bubblewrap
  dbus-daemon
  dbus-x11
  elfutils
  flatpak
  flatpak-builder
  fonts-cantarell
  gnome-keyring
  gnupg
  imagemagick
  libglib2.0-bin
  libsecret-tools
  mmdebstrap
  ostree
  python3-gi
  python3-pyatspi
  python3-yaml
  xauth
  xdg-desktop-portal
  xdg-desktop-portal-gtk
  xdotool
  xfwm4
  x11-apps # xwd
  x11-utils # xprop
  xvfb
)

# For systems whose package names we do not know.
needed_modules=(
  'glib-2.0 >= 2.74'
  'gio-unix-2.0 >= 2.74'
  'gtk4 >= 4.8'
  'libadwaita-1 >= 1.2'
  'gtksourceview-5 >= 5.6'
  'libsoup-3.0 >= 3.2'
  'json-glib-1.0 >= 1.6'
  'libarchive >= 3.6'
  'zlib >= 1.2'
  'sqlite3 >= 3.37'
  'yaml-0.1 >= 0.2'
  'libsecret-1 >= 0.20'
  'libgcrypt >= 1.9'
  'x11 >= 1.6'
)
build_programs=(cc meson ninja pkg-config msgfmt xmllint glib-compile-resources glib-compile-schemas
  update-desktop-database)
test_programs=(appstreamcli clang-format dbus-run-session desktop-file-validate python3 shellcheck
  xdotool xfwm4 xprop xwd Xvfb)

say () {
  printf '%s: %s\n' "${0##*/}" "$*" >&2
}

die () {
  say "$@"
  exit 1
}

# Debian 12 or newer; testing and unstable have no VERSION_ID.
is_debian () {
  local ID='' VERSION_ID=''

  [[ -r /etc/os-release ]] || return 1
  # shellcheck source=/dev/null
  . /etc/os-release
  [[ $ID == debian && ${VERSION_ID:-99} -ge 12 ]] && command -v apt-get > /dev/null
}

# as_root COMMAND…
as_root () {
  if (( EUID == 0 )); then
    "$@"
  elif command -v sudo > /dev/null; then
    sudo -- "$@"
  else
    return 1
  fi
}

# Installs those of the named packages that are not there.
install_packages () {
  local installed missing=() name

  installed=$'\n'$(dpkg-query -W -f='${db:Status-Status} ${Package}\n' | sed -n 's/^installed //p')$'\n'
  for name in "$@"; do
    [[ $installed == *$'\n'"$name"$'\n'* ]] || missing+=("$name")
  done
  (( ${#missing[@]} )) || return 0

  say "installing ${missing[*]}"
  local apt=(env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=300)
  if ! { as_root "${apt[@]}" update && as_root "${apt[@]}" install --no-install-recommends "${missing[@]}"; } >&2
  then
    die "these packages could not be installed; install them as root and try again: ${missing[*]}"
  fi
}

# Names what is missing of the named programs and of the modules, and stops.
require_programs () {
  local missing=() name module

  for name in "$@"; do
    command -v "$name" > /dev/null || missing+=("$name")
  done
  for module in "${needed_modules[@]}"; do
    pkg-config --exists "$module" 2> /dev/null || missing+=("$module")
  done
  (( ${#missing[@]} )) || return 0

  say 'this system lacks (programs, and modules by their pkg-config name):'
  printf '  %s\n' "${missing[@]}" >&2
  die 'install them and try again'
}

# prepare_to_build: for build-aux/run
prepare_to_build () {
  if is_debian; then
    install_packages "${build_packages[@]}" "${run_packages[@]}"
  else
    require_programs "${build_programs[@]}"
  fi
}

# prepare_to_test: for build-aux/test
prepare_to_test () {
  if is_debian; then
    install_packages "${build_packages[@]}" "${run_packages[@]}" "${test_packages[@]}"
  else
    require_programs "${build_programs[@]}" "${test_programs[@]}"
  fi
}

# prepare_peers: for build-aux/test --peers; elsewhere than on Debian the tests that lack one are
# skipped
prepare_peers () {
  if is_debian; then
    install_packages "${peer_packages[@]}"
  fi
}

# prepare_to_flatpak: for tests/flatpak/run; without what it takes, says why and fails
prepare_to_flatpak () {
  is_debian || { say 'the runtime is made of Debian packages, so this needs Debian 12 or newer'; return 1; }
  (install_packages "${flatpak_packages[@]}") || return 1

  # The document portal works in this one folder only, and only once.
  if (( EUID )) && { [[ ! -O /run/user/$EUID ]] || mountpoint --quiet "/run/user/$EUID/doc"; }; then
    say "the session's portals need /run/user/$EUID to themselves; run this as root, or from a console"
    return 1
  fi
}

# configure FOLDER [MESON-OPTION…]: does so the first time
configure () {
  [[ -e $1/build.ninja ]] || meson setup "$@"
}

# build_in FOLDER [MESON-OPTION…]: configures it the first time, and builds the program
build_in () {
  configure "$@" && ninja -C "$1"
}

# build_tests_in FOLDER [MESON-OPTION…]: the same, and builds all the tests
build_tests_in () {
  build_in "$@" && ninja -C "$1" meson-test-prereq
}

# prepare_to_fuzz: for build-aux/fuzz
prepare_to_fuzz () {
  if is_debian; then
    install_packages "${build_packages[@]}" "${fuzz_packages[@]}"
  else
    require_programs "${build_programs[@]}" clang
  fi
}

# prepare_to_lint: for build-aux/lint
prepare_to_lint () {
  if is_debian; then
    install_packages "${build_packages[@]}" "${lint_packages[@]}"
  else
    require_programs "${build_programs[@]}" clang clang-tidy cppcheck
  fi
}

# prepare_to_memcheck: for build-aux/memcheck
prepare_to_memcheck () {
  if is_debian; then
    install_packages "${build_packages[@]}" "${test_packages[@]}" "${memcheck_packages[@]}"
  else
    require_programs "${build_programs[@]}" valgrind
  fi
}

# prepare_to_measure: for build-aux/coverage
prepare_to_measure () {
  if is_debian; then
    install_packages "${build_packages[@]}" "${test_packages[@]}" "${coverage_packages[@]}"
  else
    require_programs "${build_programs[@]}" gcovr
  fi
}

# prepare_to_bench: for build-aux/bench
prepare_to_bench () {
  if is_debian; then
    install_packages "${build_packages[@]}" "${run_packages[@]}" "${bench_packages[@]}"
  else
    require_programs "${build_programs[@]}" curl dbus-run-session python3 unzip xargs xdotool Xvfb zip
  fi
}
