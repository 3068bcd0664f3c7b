const hackerNews = "(?:article url|comments url|points|# ?comments): ?\\S+";

/** Boilerplate that a list of phrases cannot describe. Each expression takes linear time. */
export const boilerplatePatterns: readonly RegExp[] = [
  // A note about the sources, in brackets.
  /^[（(【[](?:本文|记者|記者|编辑|編輯|责编|作者|来源|來源|完|路透|法新|美联|美聯|中央社|綜合|综合|译者|譯者|实习|with files|reporting|additional reporting|source|quelle|avec|con información|com informações|с использованием)[^）)】\]]{0,120}[）)】\]][。.]?$/iu,
  /^※/u,
  /^(?:Additional reporting|ADDITIONAL REPORTING|Reporting|Writing|With files|With reporting) (?:by|from) \p{Lu}/u,
  /^some information (?:for|in) this (?:report|story|article)\b/iu,
  /^the associated press (?:receives|is supported|and .{2,60} receive).{0,40}support/iu,
  /^(?:the )?AP is solely responsible for all content|^find AP[’']s standards for working with/iu,
  // Press releases.
  /^SOURCE:? (?=.*\p{Ll})\p{Lu}[^.!?]{1,80}\.?$/u,
  /^original-content von/iu,
  /^follow .{1,60} (?:on|at) (?:twitter|x|instagram|facebook|mastodon|bluesky|linkedin|threads|tiktok|youtube)\b/iu,
  /^(?:folgen sie|suivez|sigue a|siga|segui) .{1,60} (?:auf|sur|en|no|su) (?:twitter|x|instagram|facebook|mastodon|bluesky|linkedin|threads|tiktok|youtube)\b/iu,
  /^(?:(?:pre-)?order|buy|watch|listen|read|get|book|register|apply|download|tickets|more|details|find out more|learn more)(?: \p{L}+){0,3} here[.!]$/iu,
  /^special thanks to .{2,60} for (?:this|the) (?:image|photo|picture|illustration)s?\b/iu,
  /^add .{1,40} as (?:a|your) preferred source\b/iu,
  /^this audio (?:is|was) (?:auto|automatically|ai)[- ]?generated/iu,
  /^(?:please )?let us know if you have (?:any )?feedback/iu,
  // Newsletters: `Get the latest news delivered to your inbox.`
  /^(?:get|have|receive|want|enter|sign up|subscribe|join|stay|enjoy|never miss|don['’]t miss|the (?:latest|best|top)|our|all the)\b.{0,120}(?:to|in|into) your (?:inbox|mailbox|e-?mail)\b/iu,
  /^(?:erhalten sie|erhalte|jetzt|lassen sie).{0,120}(?:in (?:ihr|dein|ihrem|deinem) (?:e-mail-)?postfach|per e-mail)\b/iu,
  /^(?:recevez|reciba|recibe|receba|ricevi).{0,120}(?:boîte (?:mail|de réception)|tu correo|su correo|bandeja de entrada|(?:no )?seu e-?mail|casella|via e-?mail|per e-?mail)\b/iu,
  // Why the reader gets a newsletter.
  /^(?:you (?:receive|received|are receiving|get|are getting)|you['’]re (?:receiving|getting)|this (?:e-?mail|message|newsletter) (?:was|is|has been) sent)\b.{0,100}\b(?:because|subscri|mailing list|newsletter|signed up|opted in)/iu,
  /^(?:sie (?:erhalten|bekommen)|du (?:erhältst|bekommst)) dies.{0,80}(?:weil|da (?:sie|du)|newsletter|angemeldet|abonn)/iu,
  /^vous (?:recevez|avez reçu) ce.{0,80}(?:car|parce|newsletter|inscri|abonn)/iu,
  /^(?:recibes|recibe|has recibido|ha recibido|estás recibiendo|está recibiendo) est.{0,80}(?:porque|suscri)/iu,
  /^(?:você )?(?:recebe|recebes|recebeu|está recebendo|está a receber) est.{0,80}(?:porque|inscr|assin|subscr)/iu,
  /^(?:ricevi|hai ricevuto|stai ricevendo) quest.{0,80}(?:perché|iscri)/iu,
  /^вы (?:получили|получаете) эт.{0,80}(?:потому|так как|подпис)/iu,
  /^[您你](?:之所以)?[会會]?收到(?:此|这封|這封|本)(?:邮件|郵件|电子报|電子報|信|通讯|通訊)/u,
  /^(?:この|本)(?:メール|メルマガ|ニュースレター)は.{0,60}(?:配信|お送り|登録|購読)/u,
  /^(?:본|이) (?:메일|이메일|뉴스레터).{0,60}(?:발송|구독)/u,
  /^(?:listen|subscribe|available|follow|watch)(?: (?:now|free|for free|to us))? (?:on|via|in) (?:apple podcasts?|spotify|itunes|youtube|google podcasts|overcast|amazon music|deezer|stitcher)\b/iu,
  /^subscribe ?(?:[!:►▶→👉-]|$)/iu,
  // Breaks for advertisements.
  /^(?:(?:story|article) continues? (?:below|after)|continue reading below|scroll (?:down )?to continue|advertisement ?[-—:]).{0,40}$/iu,
  // Reading time.
  /^\d{1,3} ?(?:min(?:ute)?s?|minuten?|minutos?|minuti|мин(?:ут[аы]?)?|分钟|分鐘|分)(?: (?:read|reading|to read|lesezeit|de lecture|de lectura|de leitura|di lettura|чтения))?\.?$/iu,
  // Subtitles.
  /^caption status\b|^the closed captions featured on/iu,
  // Affiliate links.
  /^as an amazon associate|^(?:this|our) (?:post|article|page|site|story|newsletter|review)s? (?:may )?contains? affiliate links/iu,
  // Journals.
  /^(?:PMID|PMCID|DOI): ?[^\s|]+ ?(?:\| ?(?:PMID|PMCID|DOI): ?[^\s|]+ ?)*$/iu,
  // Release notes.
  /^@?\S{1,60} made their first contribution in /iu,
  /^full changelog: ?\S+$/iu,
  // Reddit, and Hacker News by hnrss.
  /^submitted by \/?u\/\S+(?: to \/?r\/\S+)?(?: \[link\])?(?: \[comments\])?$/iu,
  /^\[link\](?: \[comments\])?$|^\[comments\]$/iu,
  new RegExp(`^${hackerNews}(?: ${hackerNews})?(?: ${hackerNews})?(?: ${hackerNews})?$`, "iu"),
  // Rights.
  /^(?:©|\(c\)|ⓒ|copyright(?:[:,]? ?(?:©|\(c\)|\d{4}|by |notice)|$)|all rights reserved|alle rechte vorbehalten|tous droits réservés|todos los derechos reservados|todos os direitos reservados|tutti i diritti riservati|все права защищены|版权所有|版權所有|版权声明|版權聲明|著作権(?:は|について|表示|[:：])|저작권자|جميع الحقوق محفوظة|כל הזכויות שמורות|सर्वाधिकार|สงวนลิขสิทธิ์)/iu,
  /^(?:\d+ (?:min(?:ute)?s? read|comments?|views?|shares?|likes?|min\.? (?:lesezeit|de lecture|de lectura|de leitura|di lettura))|(?:reading time|lesezeit|temps de lecture|tiempo de lectura|tempo de leitura|tempo di lettura|время чтения|阅读时间|预计阅读)[:： ].{0,20})\.?$/iu,
  /^(?:阅读|閱讀)?(?:本文|全文)?(?:阅读|閱讀)?(?:大概|大约|大約|預計|预计|约|約)?(?:需要?|仅需|僅需) ?(?:阅读|閱讀)? ?\d+ ?分[钟鐘]/u,
  // Commits: instructions for builds, and Git's trailers.
  /^\[(?:ci skip|skip ci|no ci)\]$/iu,
  /^(?:\p{Lu}\p{Ll}+(?:-[\p{Ll}]+)*-[Bb]y|Change-Id|Bug|Fixes|Closes|Refs|See-Also|Cc|CC|Link): \S/u,
  /^\(cherry picked from commit [0-9a-f]{7,40}\)$/iu,
  // A table in a Markdown text.
  /^\|.*\|$/u,
  // Punctuation only.
  /^[^\p{L}\p{N}]+$/u,
];

/** Words in the middle of a text, and the expression for the whole text: without the words, it is not tried. */
const hinted: readonly (readonly [hint: RegExp, pattern: RegExp])[] = [
  [/contributed/i, /^.{3,120}\bcontributed (?:to this (?:report|story|article)|reporting)\b.{0,40}$/iu],
  // Journals: where and when a paper was published.
  [/published online/i, /^[^.;]{2,80}, published online:? .{4,40}; ?(?:https?:\/\/|doi)/iu],
  [/doi:/i, /^.{2,120}\. \d{4}(?: \p{L}{3}(?: \d{1,2})?)?[;:].{1,80}doi: ?10\./iu],
];

/** Whether a text names its contributors, or says where and when a paper was published. */
export const isContribution = (text: string): boolean =>
  hinted.some(([hint, pattern]) => hint.test(text) && pattern.test(text));

const linkLines: readonly RegExp[] = [
  /^[^.!?。！？]{1,50}[:：►▶→👉➡] ?<?https?:\/\/\S+$/u,
  /^(?:check out|watch|visit|follow|see|subscribe|support|listen|buy|get|join|shop|download|read|sign up|register)\b[^.!?]{0,80} https?:\/\/\S+$/iu,
];

/** Whether a text is a label or a call to action with an address: `Watch here: https://…`. */
export const isLinkLine = (text: string): boolean =>
  text.includes("://") && linkLines.some((line) => line.test(text));
