import { pictureAgency } from "./agencies.ts";
import { matchesAny } from "./matches-any.ts";
import { pictureLabels } from "./label-phrases.ts";
import { anyOf } from "./phrase-table.ts";

/** UTF-16 code units up to which a block that ends in a picture's credit is a caption. */
const maxLength = { latin: 500, han: 160 } as const;
const tailLength = 140;

const name = "[\\p{L}\\p{M}.'’-]{1,24}";
const names = `${name}(?: ${name}){0,4}`;
const close = "[)）\\]】]?[.。]?$";
const label = anyOf(pictureLabels);
const before = '(?<=^|[\\p{Sentence_Terminal}…”"»)）\\]|–—-] ?|[(（\\[【] ?)';
const han = "\\p{Script=Han}";
const taken = "(?:[摄攝]|摄影|攝影|供图|供圖)";

/** Endings of a picture's caption. */
const isCredit = matchesAny([
  // … (AP Photo/Jane Doe) ; … (Photo by Jane Doe/Getty Images) ; … [Foto: dpa]
  new RegExp(
    `[(（\\[【](?:${label}|${pictureAgency})(?: ?[:：/／|©=＝]| by | courtesy )[^()（）\\[\\]]{0,100}[)）\\]】][.。]?$`,
    "iu",
  ),
  // … Foto: Jana Muster/dpa
  new RegExp(
    `${before}(?:${label}) ?(?:[:：©=＝／|]|(?<=\\p{Lo} ?)/) ?[^.。!?！？:]{2,80}(?:\\.[^.。!?！？\\s]{2,20})?${close}`,
    "iu",
  ),
  // … Photo by Jane Doe / Example
  new RegExp(
    `${before}(?:Photo(?:graph)?s?|Images?|Pictures?|Illustration|Fotos?|Foto) (?:by|von|de|di|par) (?=\\p{Lu})${names}(?: ?[/|,] ?${names})?${close}`,
    "u",
  ),
  new RegExp(`[©ⓒ] ?(?=[\\p{Lu}\\p{Lo}\\d]|dpa|picture|imago|epd)[^.。]{2,60}${close}`, "u"),
  // …。新华社记者 张三 摄 ; …（圖／記者王小明攝） ; …（受访者供图）
  new RegExp(
    `(?:(?:记者|記者)[${han}·、 ]{1,16}|[\\s。）)][${han}·]{2,4}(?:[、 ][${han}·]{2,4}){0,3}[ /／]|[（(／/] ?[${han}·、 ]{2,20}[/／]?|[。，\\s][${han}]{2,10}(?=供))${taken}${close}`,
    "u",
  ),
  new RegExp(
    `[（(【[](?:[${han}·]{0,8}(?:资料|資料|档案|檔案|视频|影片|新闻|新聞|網路|网络)[图圖照]片?|[图圖](?![书書][馆館])[${han}]{0,4}|[${han}A-Za-z·／/ ]{0,24}(?:照片|图片|圖片|截图|截圖|翻攝|翻摄|[社网網报報]发|發布))[^）)】\\]]{0,30}[）)】\\]][。.]?$`,
    "u",
  ),
  // …＝23日午前、東京都千代田区で（共同）
  /(?<=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}）」])[＝=](?=[^。]{0,40}(?:\d|[０-９]|[（(]|撮影|提供|共同|時事|ロイター|ＡＰ|AP|AFP|で$))[^。＝=<>】]{2,40}$/u,
  // … /사진=뉴시스 ; … [사진=예시일보]
  /(?:사진|자료|제공|그래픽) ?[=:|] ?[^.]{2,30}[)\]]?$/u,
]);

/** Credits of a name and an agency. */
const isAgencyCredit = matchesAny([
  // … EFE/Juan Modelo ; … (Reuters/Jane Doe)
  new RegExp(`(?:${before}|(?<=[\\p{L}\\p{N}] )(?=[^.]*$)|© ?)${pictureAgency} ?/ ?${names}${close}`, "u"),
  // … (Jane Doe/AP) ; … Jane Doe / Getty Images ; … (Jane Doe via AP)
  new RegExp(`${before}${names}(?:, [^,/()]{2,40})? ?(?:/|via) ?${pictureAgency}${close}`, "u"),
]);
const agencyHint = /\/|via/u;

/** Every credit holds one of these; a fast check before the slower search. */
const hint = /[/／|:：©ⓒ=＝摄攝供]|[)）\]】][.。]?$| (?:by|via|von|de|di|par) /u;

/** First words of captions only, such as those of the BBC's sites. */
const openings =
  /^(?:[▲△▼](?!\s?\p{Script=Hangul})|[图圖][为為](?!何)|[上下左右][图圖][为為：:]|[图圖][说說注][：:]|(?:image|media|figure|photo|video) (?:caption|source|credit)s?,|pie de foto,|fuente de la imagen,|légende image,|crédit photo,|legenda da foto,|crédito,|подпись к фото,|автор фото,|图像加注文字[，,]|图像来源[，,]|圖像加註文字[，,]|圖像來源[，,]|التعليق على الصورة،|صدر الصورة،|इमेज कैप्शन,|इमेज स्रोत,)/iu;

/** Whether a block is a picture's caption, by the credit at its end or by its first words. */
export function isCaption(text: string): boolean {
  if (text.length > maxLength[hanLetter.test(text) ? "han" : "latin"]) return false;
  if (openings.test(text)) return true;
  const tail = text.slice(-tailLength);
  return hint.test(tail) && (isCredit(tail) || (agencyHint.test(tail) && isAgencyCredit(tail)));
}

const hanLetter = /[\p{Script=Han}\p{Script=Hiragana}]/u;
