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

# Offers the lines of standard input, quoted as the word that is being typed.
_waybill_cli_offer() {
  local typed=$cur plain line
  plain=$(_waybill_cli_plain "$cur")

  while IFS= read -r line; do
    [[ -n $line && $line == "$plain"* ]] || continue
    case $typed in
      \'*|\"*) COMPREPLY+=("$line") ;;
      *) COMPREPLY+=("$(printf '%q' "$line")") ;;
    esac
  done
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

# The IDs and the names of the workspaces of the account that was typed, or of the only one.
_waybill_cli_workspaces() {
  local account=() i

  for ((i = 2; i < COMP_CWORD; i++)); do
    [[ ${COMP_WORDS[i]} == --account ]] || continue
    [[ ${COMP_WORDS[i + 1]} == = ]] && ((i++))
    account=("$(_waybill_cli_plain "${COMP_WORDS[i + 1]}")")
  done
  "$program" accounts show "${account[@]}" 2>/dev/null |
    sed -n 's/^workspace\t//p' | tr '\t' '\n'
}

_waybill_cli() {
  local cur=${COMP_WORDS[COMP_CWORD]} option=${COMP_WORDS[COMP_CWORD - 1]}
  local program=${COMP_WORDS[0]} command=${COMP_WORDS[1]}
  local positions=() i

  COMPREPLY=()
  # Readline cuts words at equals signs.
  if [[ $cur == = ]]; then
    cur=''
  elif [[ $option == = ]]; then
    option=${COMP_WORDS[COMP_CWORD - 2]}
  fi

  if ((COMP_CWORD == 1)); then
    _waybill_cli_offer < <(_waybill_cli_commands; printf '%s\n' --help --version)
    return
  fi

  case $option in
    --account) _waybill_cli_offer < <(_waybill_cli_accounts); return ;;
    --workspace) _waybill_cli_offer < <(_waybill_cli_workspaces); return ;;
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

  for ((i = 2; i < COMP_CWORD; i++)); do
    [[ ${COMP_WORDS[i]} == -?* ]] || positions+=("${COMP_WORDS[i]}")
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
