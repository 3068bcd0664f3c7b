#compdef feedbell
# Completion of feedbell.
_feedbell_from() {
  local line value
  local -a words_before folders folder_lines values value_lines
  (( CURRENT > $1 )) && words_before=("${(@Q)words[$1,CURRENT-1]}")
  for line in "${(@f)$(__CALL__ "${words_before[@]}" "$PREFIX" 2>/dev/null)}"; do
    if [[ $line == :files ]]; then
      compset -P '--*='
      _files
      return
    fi
    value="${line%%$'\t'*}"
    [[ -n $value ]] || continue
    if [[ $value == */ ]]; then
      folders+=("$value")
      folder_lines+=("$value  ${line#*$'\t'}")
    else
      values+=("$value")
      value_lines+=("$value  ${line#*$'\t'}")
    fi
  done
  (( ${#values} )) && compadd -l -d value_lines -- "${values[@]}"
  (( ${#folders} )) && compadd -S '' -l -d folder_lines -- "${folders[@]}"
}
_feedbell() { _feedbell_from 2 }
_feedbell_npx() {
  if [[ $CURRENT -gt 2 && $words[2] == feedbell ]]; then
    _feedbell_from 3
  elif [[ $CURRENT -eq 2 ]]; then
    compadd -- feedbell
    _files
  else
    _files
  fi
}
if (( ! $+functions[compdef] )); then
  autoload -Uz compinit
  compinit
fi
compdef _feedbell feedbell
(( $+_comps[npx] )) || compdef _feedbell_npx npx
