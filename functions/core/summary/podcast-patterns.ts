/** Notes of podcasts, videos and newsletters about hosts and sponsors. Each expression takes linear time. */
export const podcastPatterns: readonly RegExp[] = [
  /^(?:podcast )?(?:hosted|powered|published) (?:on|by) (?:acast|megaphone|simplecast|spreaker|podbean|buzzsprout|libsyn|transistor|art19|audioboom|captivate|fireside|ausha|omny|redcircle|anchor|spotify)/iu,
  // See acast.com/privacy for more information. Visit megaphone.fm/adchoices
  /^(?:see|visit|voir|visitez|siehe|ver|visita|vedi|besuche[nt]?) (?:https?:\/\/)?[^\s/]{3,60}\/\S*(?:privacy|adchoices|opt-?out|listener)/iu,
  /^learn more about your ad(?:vertising)?[- ]choices/iu,
  /^(?:our )?(?:gdpr )?privacy policy (?:was updated|and|at)\b|^privacy (?:&|and) opt-?out/iu,
  /^(?:advertising inquiries|support (?:this|the|our) (?:podcast|show)|send in a voice message|become a (?:member|patron|supporter))(?:[:.]? ?(?:https?:|at |on |and )| ?[:.]?$)/iu,
  /^(?:this|today['’]s|this week['’]s) (?:episode|podcast|show|newsletter|issue|video)(?: of .{1,60})? (?:is|was|has been) (?:sponsored|supported|presented|brought to you) by/iu,
  /^(?:Sponsored|Supported|Presented) by \p{Lu}[^.!?,]{1,50}[.!]?$/u,
  /^(?:many )?(?:thanks|thank you) to (?:our|today['’]s|this week['’]s) sponsors?\b/iu,
  /^(?:a )?(?:word|message) from our sponsors?\b/iu,
  /^dies(?:e|er|es) (?:folge|episode|ausgabe|newsletter|podcast|video) (?:wird|wurde|ist)(?: ihnen| euch)? (?:präsentiert|gesponsert|unterstützt)/iu,
  /^cet(?:te)? (?:épisode|émission|vidéo|article|newsletter) (?:est|vous est) (?:sponsorisée?|présentée?|soutenue?|offerte?)/iu,
  /^est[ea] (?:episodio|programa|video|vídeo|boletín|episódio|edição) (?:está|es|é) (?:patrocinad|presentad|apresentad)/iu,
  /^(?:本期|本节目|本節目|本集|本次)(?:节目|節目|视频|視頻|内容|內容|文章)?由.{1,30}(?:赞助|贊助|冠名)/u,
  /^(?:この番組|本記事|この記事|この動画)は.{1,40}(?:提供|協賛|スポンサー)/u,
  // Artwork by Ada Weir (photography) and Bo Lock.
  /^(?:(?:original|cover|episode|podcast|theme|intro|title) )?(?:(?:episode|theme) )?(?:art|artwork|music|logo|cover) (?:is |was )?by (?=\p{Lu})[^.!?]{2,120}[.!]?$/iu,
  /^(?:listen|subscribe|available|find|follow|hear)\b.{0,160}\bwherever you (?:get|find|download|listen to) (?:your |all your )?podcasts\b/iu,
  /^(?:jetzt|hör|abonnier|zu hören).{0,120}(?:überall|dort),? wo es podcasts gibt\b/iu,
  /^(?:écoutez|abonnez|disponible|retrouvez).{0,120}(?:plateformes? de podcasts?|vos podcasts)\b/iu,
  /^(?:escucha|suscríbete|disponible|ouça|disponível|ascolta|disponibile).{0,120}(?:plataformas? de (?:podcasts?|audio|áudio)|tus podcasts|seus podcasts|piattaforme (?:di )?podcast)\b/iu,
  /^brought to you by \p{L}[^.!?]{1,80}[.!]?$/iu,
];

const supportSite = /patreon|ko-fi|buymeacoffee|buy me a coffee|liberapay/iu;
const reader =
  /(?:^|[^\p{L}\p{N}])(?:our|my|us|me|we|you|your|patrons?|support|join|become|https?)(?![\p{L}\p{N}])/iu;

/** UTF-16 code units of a request for support at most. */
const maxSupport = 160;

/** Whether a text asks its readers for support: `Join us on Patreon`. */
export const isSupportNote = (text: string): boolean =>
  text.length <= maxSupport && supportSite.test(text) && reader.test(text);
