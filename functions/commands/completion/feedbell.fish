# Completion of feedbell.
function __feedbell_complete
  set -l words (commandline -opc)
  set -e words[1..$argv[1]]
  set -l current (commandline -ct)
  set -l lines (__CALL__ $words "$current" 2>/dev/null)
  if test "$lines[1]" = :files
    set -l option (string match -r -- '^--[^=]+=' "$current")
    for file in (__fish_complete_path (string replace -- "$option" '' "$current"))
      echo "$option$file"
    end
  else
    printf '%s\n' $lines
  end
end
complete -c feedbell -f -a '(__feedbell_complete 1)'
complete -c npx -n 'string match -q feedbell -- (commandline -opc)[2]' -f -a '(__feedbell_complete 2)'
