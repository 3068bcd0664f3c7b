const starts = "^[\"'“”‘’«„‚(（「『¿¡]*";

/**
 * The sentence announces what the text is about: `In this post, we show ...`. One expression for languages with spaces
 * between words, one for those without.
 */
const announces = {
  spaced: new RegExp(
    "(?:^|[\\s\"'“‘„«(¿¡—–-])(?:" +
      [
        "in this (?:post|article|series|blog|guide|tutorial|report|piece|interview|installment|talk|edition|episode|essay|paper|issue|newsletter|video)",
        "this (?:post|article|guide|tutorial|report|paper|essay|release|version|update|episode) ",
        "in today['’]s|here['’]s (?:how|what|why|a)|here are",
        "(?:we|i)(?:['’](?:re|m|ll|ve)| (?:are|am|will|have)) (?:excited|happy|pleased|proud|glad|sharing|publishing|launching|going to|announcing|releasing|introducing|thrilled)",
        "(?:we|i) (?:recently|sat down|talked|spoke|asked|caught up|learned|set out|present|introduce|propose|show|describe|explain|explore)",
        "in diesem (?:beitrag|artikel|post|text|interview)|dieser (?:beitrag|artikel)|wir (?:stellen|zeigen|erklären|haben .{2,30} gesprochen)",
        "dans cet? (?:article|billet|épisode|entretien)|cet article|nous (?:présentons|expliquons|annonçons)",
        "en est[ea] (?:artículo|entrada|entrevista|post|guía)|est[ea] artículo|presentamos|explicamos",
        "nest[ea] (?:artigo|post|texto|entrevista|guia)|este artigo|apresentamos|explicamos",
        "in questo (?:articolo|post|episodio)|in questa (?:guida|intervista)|questo articolo|presentiamo|spieghiamo",
        "в этой (?:статье|заметке|публикации)|в этом (?:посте|материале|интервью)|мы (?:расскажем|объясняем|рассказываем|представляем)",
        "في هذ(?:ا المقال|ه المقالة|ا التقرير)|במאמר זה|בכתבה זו|בפוסט הזה|इस (?:लेख|पोस्ट|रिपोर्ट) में|이 (?:글|기사|포스트)(?:에서|은|는)",
      ].join("|") +
      ")",
    "iu",
  ),
  solid:
    /本文|本篇|[这這]篇(?:文章|博客|報導|报道)|本(?:教程|系列|报告|報告|指南|研究|書|书|記事|稿|連載)|(?:文章|作者)(?:将|將|从|從|介绍|介紹|讲|分析|详细)|(?:我|我们|我們)(?:将|將|会|會|来|來)(?:介绍|介紹|讲|分析|讨论|討論|分享|看)|この(?:記事|連載|コラム)|今回(?:は|の)|ご紹介|紹介します|ในบทความนี้|บทความนี้/u,
};

/** The sentence refers to the one before it, so a summary should not start with it: `However, it ...`. */
const refersBack = {
  spaced: new RegExp(
    `${starts}(?:` +
      [
        "this|that|these|those|it|its|he|she|they|his|her|their|such|but|and|so|or|however|moreover|furthermore|also|then|therefore|thus|additionally|(?:as an|for) example|for instance|yet|still|instead|meanwhile|another",
        "er|sie|es|dies|diese|dieser|dieses|aber|doch|und|denn|dann|daher|deshalb|außerdem|zudem|auch|dabei|damit|dazu",
        "il|elle|ils|elles|ce|cela|cette|ces|mais|et|donc|ainsi|puis|ensuite|cependant|toutefois|aussi|en outre",
        "él|ella|ellos|esto|esta|estos|este|pero|y|además|también|así|sin embargo|por eso|luego",
        "ele|ela|eles|isso|esta|este|mas|e|além disso|também|assim|porém|no entanto",
        "egli|lui|lei|loro|questo|questa|ma|e|inoltre|anche|così|tuttavia|però",
        "он|она|они|оно|это|этот|эта|эти|но|и|а|также|кроме того|однако|поэтому|затем|при этом",
        "그(?:는|러나|리고|녀는)|이(?:는|에|러한)|하지만|그런데|또한|따라서|وهو|وهي|لكن|كما|وقد|אבל|הוא|היא|הם|זה|לכן|यह|वह|इस|लेकिन|और",
      ].join("|") +
      ")(?![\\p{L}\\p{N}\\p{M}'’])",
    "iu",
  ),
  solid:
    /^["“‘「『（(]*(?:其|这|這|那|它|他|她|此|但|然而|因此|所以|而|同时|同時|另外|此外|例如|比如|不过|不過|并且|並且|于是|於是|接下来|接下來|其次|下图|下圖|上图|图|圖|以上|上述|これ|それ|その|この|しかし|また|そして|だが|ただ|さらに|一方|でも)/u,
};

type Cue = "announces" | "refersBack";

const cues = { announces, refersBack } as const;

/** Whether a sentence has a cue. `han`: it is in Chinese or Japanese characters. */
export function hasCue(cue: Cue, sentence: string, han: boolean): boolean {
  return cues[cue][han ? "solid" : "spaced"].test(sentence);
}
