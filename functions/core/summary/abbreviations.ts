const words = (text: string): ReadonlySet<string> => new Set(text.split(" "));

/** Abbreviations that never end a sentence, lower case, without their last full stop. */
const everywhere =
  "dr prof mr mrs ms st no nr vol fig figs ed eds cf vs ca approx dept est gen col lt sgt capt adm maj rev hon gov sen rep pres jr sr bros al inc corp ltd co llc plc";

/** The same by language. */
const neverLast: Readonly<Record<string, ReadonlySet<string>>> = {
  en: words(
    `${everywhere} e.g i.e mt ft messrs mmes esq jan feb mar apr aug sept sep oct nov dec nos p pp op ca a.k.a`,
  ),
  de: words(
    `${everywhere} bzw ca d.h z.b z u.a u.ä usw evtl ggf inkl exkl sog vgl zzgl abs art bd dipl ing hr fr frl jh mio mrd tel str geb gest lt max min nat ph phil rer med jur jan febr mär apr jun jul aug sept okt nov dez i.d.r v.a o.ä s.o s.u u.u e.v a.d v.chr n.chr co st dgl etc s`,
  ),
  fr: words(
    `${everywhere} m mm mme mlle mlles mmes me mgr ste av bd env janv févr avr juil sept oct nov déc c.-à-d p.ex ex art chap p n° éd dir vol`,
  ),
  es: words(
    `${everywhere} sr sra srta sres dra d dª dña ud uds vd lic ing arq av avda c núm art pág págs p.ej ej tel fdo excmo ilmo ee aprox s a.c d.c`,
  ),
  pt: words(
    `${everywhere} sr sra srta dra exmo exma av r núm art pág págs p.ex ex tel eng arq prof profa d sto sta aprox a.c d.c`,
  ),
  it: words(
    `${everywhere} sig sig.ra sigg dott dott.ssa ing avv arch on geom rag prof prof.ssa art pag pagg p.es es ecc s ss tel a.c d.c n`,
  ),
  ru: words(
    "г гг в вв см ср т.е т.к т.н т.д т.п им ул пл пр просп д кв стр рис табл руб коп тыс млн млрд трлн проф акад доц д-р г-н г-жа др тел обл р-н янв февр апр авг сент окт нояб дек напр св о ок",
  ),
  ar: words("د أ م ص ج ق هـ ت ط أ.د"),
  hi: words("डॉ डा श्री श्रीमती प्रो कु मो पं रु एम एस के ए बी सी डी आर पी वी जी एन टी"),
  he: words("ד פרופ גב"),
};

/** Languages that write ordinal numbers with a full stop (`3. Oktober`). */
export const ordinalLanguages = words("de da nb nn no fi is et cs sk hu pl sl hr bs sr lv lt");

const common = words(everywhere);

/** Abbreviations that may also end a sentence: they do before a word that usually starts one. */
export const mayEnd = words("st no co inc corp ltd llc plc jr sr al etc usw ecc ed m s d c r в г гг о");

/** Whether a full stop after this word, in lower case, is part of the word. `language`: a BCP 47 primary subtag. */
export function neverEnds(word: string, language: string | undefined): boolean {
  return (neverLast[language ?? ""] ?? common).has(word);
}

/** Words that often start a sentence and rarely a name: before one of them, a full stop after an acronym ends the sentence. */
export const openers = words(
  "the a an this that these those it its he she they we you i his her their our there here in on at for from with by as if when while after before since but and or so then however meanwhile what who how why no not all some many most both each one two more now yet " +
    "der die das den dem ein eine er sie es wir ich ihr im in am auf bei mit nach von vor zu für aus doch aber und auch als wenn wer was wie so dann dies diese dieser dieses damit dabei danach dort nun seit " +
    "le la les l un une des il elle ils elles ce cette ces on nous vous je dans en sur pour avec par mais et ou donc selon après depuis si " +
    "el los las una uno su sus este esta estos estas en con por para según pero y no se lo más también " +
    "o os as um uma ele ela eles elas isso este esta na no nas nos com para mas e em " +
    "il lo gli i uno un' del della nel nella con ma e anche si " +
    "в на по с из к за от до и но а он она они оно это этот эта эти как что если когда после для при также мы вы я"
      .split(" ")
      .filter((word) => word.length > 1)
      .join(" "),
);
