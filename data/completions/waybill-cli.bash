# waybill-cli.bash: completion for bash
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash

# What a person has typed of a word, without its quotes. Nothing of it is run.
_waybill_cli_plain() {
  local word=$1

  if [[ $word == \'* ]]; then
    word=${word#\'}
    word=${word%\'}
  elif [[ $word == \"* ]]; then
    word=${word#\"}
    word=${word%\"}
    word=${word//\\\"/\"}
    word=${word//\\\\/\\}
  else
    # shellcheck disable=SC2162 # backslashes are to go
    IFS= read -d '' word <<<"$word" || :
    word=${word%$'\n'}
  fi
  # shellcheck disable=SC2088 # the shell has not replaced it yet
  [[ $1 == '~/'* ]] && word=$HOME/${word#'~/'}
  printf '%s' "$word"
}

# Readline cuts words at colons, which names may have: these are put together again, up to the cursor.
_waybill_cli_join() {
  local line=$COMP_LINE word i

  words=()
  for ((i = 0; i <= COMP_CWORD; i++)); do
    word=${COMP_WORDS[i]}
    if ((i > 1)) && [[ $line != [[:blank:]]* ]] &&
      [[ $word == :* || ${words[-1]} == *: ]]; then
      words[-1]+=$word
    else
      words+=("$word")
    fi
    line=${line#"${line%%[![:blank:]]*}"}
    line=${line#"$word"}
  done
}

# Offers the lines of standard input, quoted as the word that is being typed, without what readline
# takes for other words.
_waybill_cli_offer() {
  local typed=$cur plain line kept=''
  plain=$(_waybill_cli_plain "$cur")
  [[ $typed == *:* && $typed != [\'\"]* ]] && kept=${typed%"${typed##*:}"}

  while IFS= read -r line; do
    [[ -n $line && $line == "$plain"* ]] || continue
    case $typed in
      \'*|\"*) COMPREPLY+=("$line") ;;
      *) COMPREPLY+=("$(printf '%q' "$line")") ;;
    esac
  done
  COMPREPLY=("${COMPREPLY[@]#"$kept"}")
}

# Files that match a pattern, and folders.
_waybill_cli_files() {
  compopt -o filenames 2>/dev/null
  mapfile -t COMPREPLY < <({ compgen -f -X "!$1" -- "$cur"; compgen -d -- "$cur"; } | sort -u)
}

_waybill_cli_help() {
  LC_ALL=C.UTF-8 LANGUAGE='' "$program" help "$@" 2>/dev/null
}

_waybill_cli_commands() {
  _waybill_cli_help | sed -n '/^Commands:/,/^$/s/^  \([a-z-]*\) .*/\1/p'
}

_waybill_cli_accounts() {
  "$program" accounts 2>/dev/null | cut -f 1
}

_waybill_cli_records() {
  "$program" history 2>/dev/null | cut -f 10
  echo all
}

# The IDs and the names of the workspaces of the account that was typed, or of the only one.
_waybill_cli_workspaces() {
  local account=() i

  for ((i = 2; i < ${#words[@]} - 1; i++)); do
    [[ ${words[i]} == --account ]] || continue
    [[ ${words[i + 1]} == = ]] && ((i++))
    account=("$(_waybill_cli_plain "${words[i + 1]}")")
  done
  "$program" accounts show "${account[@]}" 2>/dev/null |
    sed -n 's/^workspace\t//p' | tr '\t' '\n'
}

_waybill_cli() {
  local words=() cur option program command positions=() i

  COMPREPLY=()
  _waybill_cli_join
  cur=${words[-1]} option=${words[-2]} program=${words[0]} command=${words[1]}
  # Readline cuts words at equals signs.
  if [[ $cur == = ]]; then
    cur=''
  elif [[ $option == = ]]; then
    option=${words[-3]}
  fi

  if ((${#words[@]} == 2)); then
    _waybill_cli_offer < <(_waybill_cli_commands; printf '%s\n' --help --version)
    return
  fi

  case $option in
    --account) _waybill_cli_offer < <(_waybill_cli_accounts); return ;;
    --workspace) _waybill_cli_offer < <(_waybill_cli_workspaces); return ;;
    --remove) _waybill_cli_offer < <(_waybill_cli_records); return ;;
    --auth) _waybill_cli_offer < <(printf '%s\n' password key token); return ;;
    --source) _waybill_cli_offer < <(printf '%s\n' export list management auto); return ;;
    --columns) _waybill_cli_offer < <(printf '%s\n' path name type address size); return ;;
    -o|--output) _waybill_cli_files '*.zip'; return ;;
    --output-dir) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -d -- "$cur"); return ;;
    --ca-file|--secrets-file) _waybill_cli_files '*'; return ;;
  esac
  if [[ $cur == -* ]]; then
    _waybill_cli_offer < <(_waybill_cli_help "$command" | grep -o -e '--[a-z-]*' | sort -u)
    return
  fi

  for ((i = 2; i < ${#words[@]} - 1; i++)); do
    [[ ${words[i]} == -?* ]] || positions+=("${words[i]}")
  done
  case $command,${#positions[@]} in
    help,0) _waybill_cli_offer < <(_waybill_cli_commands) ;;
    accounts,0) _waybill_cli_offer < <(printf '%s\n' list show) ;;
    accounts,1) _waybill_cli_offer < <(_waybill_cli_accounts) ;;
    list,0|show,0|compare,[01]|redact,[01]) _waybill_cli_files '*.zip' ;;
    show,1)
      _waybill_cli_offer < <(
        "$program" list --names -- "$(_waybill_cli_plain "${positions[0]}")" 2>/dev/null
      )
      ;;
  esac
}

complete -F _waybill_cli waybill-cli
