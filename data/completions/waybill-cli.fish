# waybill-cli.fish: completion for fish
# SPDX-License-Identifier: GPL-3.0-or-later

function __waybill_cli_help
    env LC_ALL=C.UTF-8 LANGUAGE= waybill-cli help $argv 2>/dev/null
end

function __waybill_cli_commands
    __waybill_cli_help | sed -n '/^Commands:/,/^$/s/^  \([a-z-]*\)  *\(.*\)/\1\t\2/p'
end

function __waybill_cli_words
    commandline -opc
end

# What was typed before the word at the cursor, without options; the program's name comes first.
function __waybill_cli_positions
    __waybill_cli_words | string match -v -r '^-.'
end

# Whether the command is one of these, and so many words follow it.
function __waybill_cli_at
    set -l words (__waybill_cli_positions)
    test (count $words) -eq (math $argv[1] + 2); and contains -- $words[2] $argv[2..-1]
end

function __waybill_cli_accounts
    waybill-cli accounts 2>/dev/null | cut -f 1
end

# The IDs and the names of the workspaces of the account that was typed, or of the only one.
function __waybill_cli_workspaces
    set -l words (__waybill_cli_words)
    set -l account
    for i in (seq (count $words))
        switch $words[$i]
            case --account
                set account $words[(math $i + 1)]
            case '--account=*'
                set account (string replace -- --account= '' $words[$i])
        end
    end
    waybill-cli accounts show $account 2>/dev/null | string match -r -g '^workspace\t(.*)' | string split \t
end

function __waybill_cli_paths
    waybill-cli list --names -- (__waybill_cli_positions)[3] 2>/dev/null
end

function __waybill_cli_options
    set -l words (__waybill_cli_words)
    test (count $words) -gt 1; and __waybill_cli_help $words[2] | grep -o -e '--[a-z-]*' | sort -u
end

complete -c waybill-cli -f
complete -c waybill-cli -n 'test (count (__waybill_cli_words)) -eq 1' -a '(__waybill_cli_commands)'
complete -c waybill-cli -n 'test (count (__waybill_cli_words)) -eq 1' -a '--help --version'
complete -c waybill-cli -n 'string match -q -- "-*" (commandline -ct)' -a '(__waybill_cli_options)'
complete -c waybill-cli -l account -x -a '(__waybill_cli_accounts)'
complete -c waybill-cli -l workspace -x -a '(__waybill_cli_workspaces)'
complete -c waybill-cli -l remove -x -a '(waybill-cli history 2>/dev/null | cut -f 10) all'
complete -c waybill-cli -l auth -x -a 'password key token'
complete -c waybill-cli -l source -x -a 'export list management auto'
complete -c waybill-cli -l columns -x -a 'path name type address size'
complete -c waybill-cli -s o -l output -r -F
complete -c waybill-cli -l output-dir -x -a '(__fish_complete_directories)'
complete -c waybill-cli -l ca-file -r -F
complete -c waybill-cli -l secrets-file -r -F
complete -c waybill-cli -n '__waybill_cli_at 0 help' -a '(__waybill_cli_commands)'
complete -c waybill-cli -n '__waybill_cli_at 0 accounts' -a 'list show'
complete -c waybill-cli -n '__waybill_cli_at 1 accounts' -a '(__waybill_cli_accounts)'
complete -c waybill-cli -n '__waybill_cli_at 0 list show compare redact' -F
complete -c waybill-cli -n '__waybill_cli_at 1 compare redact' -F
complete -c waybill-cli -n '__waybill_cli_at 1 show' -a '(__waybill_cli_paths)'
