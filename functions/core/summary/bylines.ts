/** Lowercase words inside a name: `Ursula von der Leyen`. */
export const nameParticles = new Set(
  "de da do dos del della der den van von vom zu la le el al bin ben the".split(" "),
);
/** Lowercase words between two names. */
const joints = new Set(
  "and und et y e en i och og with avec mit con com for für pour para per in of at from à em on".split(" "),
);
const nameWord = /^(?:\p{Lu}[\p{L}\p{M}\p{N}.'’-]{0,30}|\d[\d.:]{0,15})$/u;
const separator = /[|/·•–—]/gu;
const role =
  /,(?: \p{L}{2,12}){0,3} (?:writer|reporter|correspondent|editor|staff|contributor|columnist|dpa|taz|afp)$/u;

const opening =
  /^(?:By|BY|by|Von|VON|von|Par|PAR|par|Por|POR|por|Di|DI|di|De|Da|Door|Av|Af|Przez) (?=\p{Lu})(?!(?:THE|The|A|An) )/u;

const made = "[Rr]ecorded|[Ee]dited|[Pp]roduced|[Hh]osted|[Mm]ixed|[Ww]ritten|[Pp]resented";
const production = new RegExp(`^(?:${made})(?: by)?(?:(?:,| and|, and) (?:${made})){0,3} by `, "u");

const pictures =
  /^(?:(?:cover|header|featured?|hero|lead|top) )?(?:images?|photos?|photographs?|pictures?|illustrations?|art(?:work)?) (?:by|via|courtesy of) /iu;

const madeBy = new RegExp(`,? and (?:${made}) by `, "gu");

/** Whether a text consists of names, joined by commas, bars or words such as `and`; a single full stop may follow. */
function areNames(text: string): boolean {
  const listed = text.replace(/\.$/u, "").replace(role, "").replace(madeBy, ", ").replace(separator, " , ");
  const words = listed
    .replaceAll(",", " , ")
    .split(" ")
    .filter((word) => word !== "");
  let last = "";
  for (const word of words) {
    const isJoint = word === "," || (joints.has(word) && !nameParticles.has(word));
    if (
      isJoint
        ? last === "" || (word === "," && last === ",")
        : !nameWord.test(word) && !nameParticles.has(word)
    )
      return false;
    last = word;
  }
  return nameWord.test(last);
}

const posted = /^(?:Posted|Written) by \p{Lu}[^.!?:;]{1,70}\.?$/u;

const han: readonly RegExp[] = [
  /^[^。！？]{0,24}[|｜/／] ?(?:记者|記者|编辑|編輯|文|作者|撰文|责编|責編)[^。！？]{0,24}$/u,
  /^(?:本报|本報|实习|實習|特约|特約)?(?:记者|記者|通讯员|編輯|编辑) ?[\p{Script=Han}·、 ]{2,24}(?:[/／｜|][\p{Script=Han} ]{2,12})?$/u,
];

/** UTF-16 code units of a byline at most. */
const maxLength = 160;

/** Whether a text only names its authors, editors or photographers. */
export function isByline(text: string): boolean {
  if (text.length > maxLength) return false;
  if (posted.test(text) || han.some((byline) => byline.test(text))) return true;
  const verb = opening.exec(text) ?? production.exec(text) ?? pictures.exec(text);
  return verb !== null && areNames(text.slice(verb[0].length));
}
