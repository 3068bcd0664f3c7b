# Completion of feedbell.
_feedbell_from() {
  local line current="$COMP_CWORD"
  COMPREPLY=()
  while IFS= read -r line; do
    if [[ $line == :files ]]; then
      compopt -o default 2>/dev/null && return
      while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -f -- "${COMP_WORDS[current]}")
      return
    fi
    COMPREPLY+=("${line%%$'\t'*}")
  done < <(__CALL__ "${COMP_WORDS[@]:$1:current-$1+1}" 2>/dev/null)
  if [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == */ ]]; then compopt -o nospace 2>/dev/null; fi
}
_feedbell() { _feedbell_from 1; }
_feedbell_npx() {
  if [[ $COMP_CWORD -gt 1 && ${COMP_WORDS[1]} == feedbell ]]; then
    _feedbell_from 2
  elif [[ $COMP_CWORD -eq 1 && feedbell == "${COMP_WORDS[1]}"* ]]; then
    COMPREPLY=(feedbell)
  else
    compopt -o default 2>/dev/null
  fi
}
complete -F _feedbell feedbell
complete -p npx >/dev/null 2>&1 || complete -F _feedbell_npx npx
