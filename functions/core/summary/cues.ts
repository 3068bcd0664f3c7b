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
        "this|that|these|those|it|its|he|she|they|him|them|his|her|hers|their|theirs|such|but|and|so|or|nor|however|moreover|furthermore|also|then|therefore|thus|hence|consequently|additionally|similarly|likewise|besides|otherwise|nevertheless|nonetheless|(?:as an|for) example|for instance|for (?:this|that) reason|yet|still|instead|meanwhile|another|again|afterwards?|both|neither|which|because",
        "as (?:such|a result|mentioned|noted|you can see)|in (?:other words|addition|contrast|fact|short|turn|particular|response|(?:this|that|these|those|both|such) \\p{L}+)|at (?:the same time|this point|that point)|on the other hand|of course|to (?:that end|this end|do (?:so|that|this|it))|overall|all in all|now|since then|after that|by then|by contrast|not only that|all (?:of )?(?:this|that|these|those)|(?:one|some|many|most|each|none|both|several) of (?:this|these|those|them)|the (?:former|latter|result)|the (?:first|second|third|other|last|next) (?:one|is|was|of these)|(?:first|second|third|finally|lastly|next|then|now|indeed|unfortunately|sadly|luckily|here),",
        "here['’]s (?:how|what|why) (?:it|they|this|that|we|you)|(?:while|when|after|before|once|if|since|because|although|though|as|during|with|for|from|at|by|on|to|of|about|beyond|despite|through|given|under|until|like|without) (?:this|that|these|those|such|it|its)",
        "er|sie|es|dies|diese|dieser|dieses|diesen|diesem|jene|jener|deren|dessen|ihr|ihre|sein|seine|aber|doch|und|denn|dann|daher|deshalb|deswegen|darum|außerdem|zudem|auch|dabei|damit|dazu|dadurch|darauf|dafür|dagegen|dennoch|trotzdem|allerdings|jedoch|hingegen|stattdessen|zum beispiel|so",
        "il|elle|ils|elles|ce|cela|ceci|cette|cet|ces|celui-ci|celle-ci|son|sa|ses|leur|leurs|mais|et|or|car|donc|ainsi|puis|ensuite|enfin|cependant|toutefois|pourtant|néanmoins|aussi|en outre|de plus|par exemple|en effet|c['’]est",
        "él|ella|ellos|ellas|esto|esta|estos|estas|este|ese|esa|eso|su|sus|pero|y|además|también|así|sin embargo|por eso|por ejemplo|por lo tanto|luego|entonces|aunque",
        "ele|ela|eles|elas|isso|isto|esse|essa|esta|este|seu|sua|mas|e|além disso|também|assim|porém|no entanto|portanto|por isso|por exemplo|então",
        "egli|lui|lei|loro|essa|esso|questo|questa|questi|queste|ciò|suo|sua|ma|e|inoltre|anche|così|tuttavia|però|quindi|dunque|infatti|per esempio|ad esempio",
        "он|она|они|оно|его|её|ее|их|это|этот|эта|эти|этого|такой|такие|но|и|а|также|тоже|кроме того|однако|поэтому|затем|потом|тогда|при этом|например|зато|впрочем",
        "그(?:는|의|들은|러나|리고|래서|녀는)|이(?:는|에|러한|를|로)|하지만|그런데|또한|또|따라서|한편|반면|예를 들어|وهو|وهي|وهم|لكن|ولكن|كما|وقد|لذلك|هذا|هذه|אבל|הוא|היא|הם|הן|זה|זאת|לכן|כמו כן|यह|ये|वह|वे|इस|इन|उन|लेकिन|और|इसलिए|हालांकि",
      ].join("|") +
      ")(?![\\p{L}\\p{N}\\p{M}'’])",
    "iu",
  ),
  solid:
    /^["“‘「『（(]*(?:其|这|這|那|它|他|她|此|该|該|但|然而|因此|因而|所以|而|同时|同時|与此同时|與此同時|另外|另一|此外|除此|例如|比如|譬如|不过|不過|可是|却|卻|并且|並且|并不|並不|于是|於是|从而|從而|由此|为此|為此|对此|對此|如此|接下来|接下來|接着|接著|然后|然後|随后|隨後|其次|首先，|最后，|最後，|特别地|特別地|具体|具體|换句话|換句話|换言之|換言之|也就是|总之|總之|可见|可見|当然|當然|事实上|事實上|实际上|實際上|结果|結果，|下图|下圖|上图|上圖|图|圖|以上|上述|上面|如上|如下|前者|后者|後者|两者|兩者|二者|所有这些|所有這些|很不幸|不幸的是|幸运的是|これ|それ|その|この|こう|そう|しかし|また|そして|だが|ただ|さらに|一方|でも|なお|つまり|そこで|すると|例えば|たとえば|同(?:社|氏|省|市|県|庁|署)|彼)/u,
};

/** The sentence begins with the text itself: `This post …`, `In diesem Artikel …`. Such words do not refer back. */
const namesItself = {
  spaced: new RegExp(
    `${starts}(?:` +
      [
        "(?:in |with )?this (?:\\p{L}{1,12} )?(?:post|article|series|blog|guide|tutorial|report|piece|interview|installment|talk|edition|episode|essay|paper|issue|newsletter|video)",
        "(?:in )?diese[mrs]? (?:beitrag|artikel|post|text|interview|leitfaden|folge|ausgabe)",
        "(?:dans )?cet(?:te)? (?:article|billet|épisode|entretien|interview|édition)",
        "(?:en )?est[ea] (?:artículo|entrada|entrevista|post|guía|edición|episodio)|(?:n)?est[ea] (?:artigo|post|texto|entrevista|guia|edição|episódio)",
        "(?:in )?quest[oa] (?:articolo|post|episodio|guida|intervista)",
        "(?:в )?эт(?:ой|а|от|ом) (?:статье|статья|заметке|публикации|посте|пост|материале|материал|интервью)",
        "이 (?:글|기사|포스트)|في هذ(?:ا المقال|ه المقالة|ا التقرير)|इस (?:लेख|पोस्ट|रिपोर्ट)",
      ].join("|") +
      ")(?![\\p{L}\\p{N}\\p{M}])",
    "iu",
  ),
  solid:
    /^["“‘「『（(]*(?:在)?(?:[这這](?:篇|一系列|个系列|個系列|份(?:报告|報告)|次(?:分享|演讲|演講))|该(?:文|系列|教程)|此(?:文|系列)|この(?:記事|連載|コラム|投稿))/u,
};

const languages = new Set("ar de en es fr he hi it ja ko pt ru yue zh".split(" "));

/** Whether the cues of a language (BCP 47 primary subtag) are known. */
export const hasCues = (language: string | undefined): boolean =>
  language !== undefined && languages.has(language);

/** English words for what came before, among the first words and further on. */
const pronounEarly =
  /^[^.!?]{0,32} (?:above|below|he|she|they|his|her|their|him|them|those|do so)(?![\p{L}\p{N}\p{M}'’])/iu;
const referenceInside =
  /^[^.!?]{0,160} (?:these|this (?:new|same|kind|type|way|approach|idea|concept|question|problem|issue|process|method|practice|change|decision|service|tool|project|team|group|work|experience)|that (?:same|conversation|discussion|question|kind|type))(?![\p{L}\p{N}\p{M}'’])/iu;

type Cue = "announces" | "refersBack";

/** Whether a sentence has a cue. `han`: it is in Chinese or Japanese characters. */
export function hasCue(cue: Cue, sentence: string, han: boolean): boolean {
  const script = han ? "solid" : "spaced";
  if (cue === "announces") return announces[script].test(sentence);
  const refers =
    refersBack[script].test(sentence) ||
    (!han && (pronounEarly.test(sentence) || referenceInside.test(sentence)));
  return refers && !namesItself[script].test(sentence);
}
