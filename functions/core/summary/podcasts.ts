/** What podcasts say of their hosts and sponsors; each expression linear. */
export const podcastNotes: readonly RegExp[] = [
  /^(?:podcast )?(?:hosted|powered|published) (?:on|by) (?:acast|megaphone|simplecast|spreaker|podbean|buzzsprout|libsyn|transistor|art19|audioboom|captivate|fireside|ausha|omny|redcircle|anchor|spotify)/iu,
  // See acast.com/privacy for more information. Visit megaphone.fm/adchoices
  /^(?:see|visit|voir|visitez|siehe|ver|visita|vedi|besuche[nt]?) (?:https?:\/\/)?[^\s/]{3,60}\/\S*(?:privacy|adchoices|opt-?out|listener)/iu,
  /^learn more about your ad(?:vertising)?[- ]choices/iu,
  /^(?:our )?(?:gdpr )?privacy policy (?:was updated|and|at)\b|^privacy (?:&|and) opt-?out/iu,
  /^(?:advertising inquiries|support (?:this|the|our) (?:podcast|show)|send in a voice message|become a (?:member|patron|supporter))(?:[:.]? ?(?:https?:|at |on |and )| ?[:.]?$)/iu,
  /^(?:this|today['’]s) (?:episode|podcast|show|newsletter|issue|video)(?: of .{1,60})? (?:is|was|has been) (?:sponsored|supported|presented|brought to you) by/iu,
  /^brought to you by \p{L}[^.!?]{1,80}[.!]?$/iu,
];
