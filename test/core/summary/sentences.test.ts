import * as fc from "../../support/properties.ts";
import { describe, expect, it } from "vitest";
import { splitSentences, wholeSentences } from "../../../functions/core/summary/sentences.ts";

/** Each row is a text as its sentences. */
const tables: Readonly<Record<string, readonly (readonly string[])[]>> = {
  en: [
    ["Dr. Ames met Mr. Lowell on Jan. 5.", "They agreed."],
    ["The U.S. Senate voted on the bill.", "It passed."],
    ["She returned to the U.S.", "The visit had lasted a week."],
    ["Prices rose 3.5 percent to $1.2 million.", "Nobody knows why."],
    ["Node.js 24.1 is out.", "See example.org/notes.html for more."],
    ["J. R. R. Tolkien wrote it, e.g. in Oxford.", "He said so."],
    ['"Is it over?" she asked.', '"Not yet!" he said.'],
    ['He said: "We are done."', "Nobody answered."],
    ["Wait... what happened?", "Nothing."],
    ["It opens at 9 a.m. and closes at 5 p.m.", "The museum is free."],
    ["Acme Inc. Chief Executive Ann Lee left Lowell Corp.", "The shares fell."],
    ["Yahoo! announced a deal.", "Investors shrugged."],
    ["A study (Smith et al. 2020) found it.[3]", "Others doubt it."],
    ["We visited St. Louis and Mt. Hood.", "Both were quiet."],
    ["“It works.”", "She smiled."],
    ["“It works. I tried it.”", "She smiled."],
    ['"It works. I tried it," she said.', "He smiled."],
    ["No. 5 was the best, not No. 7.", "The jury agreed."],
    ["The iPhone sold well.", "iPad sales fell."],
    ["See p. 12 of the report.", "It is long."],
  ],
  de: [
    ["Am 3. Oktober feiert Deutschland.", "Die Läden bleiben zu."],
    ["Der 1. FC Köln verlor im 2. Spiel.", "Das Tor fiel spät."],
    ["Ludwig XIV. regierte lange.", "Er starb 1715.", "Danach kam Ludwig XV."],
    ["Das gilt z. B. für Obst, Gemüse usw. und mehr.", "Nicht für Fleisch."],
    ["Er ist u. a. Autor und, z. B. Samstags, Koch.", "Siehe S. 12 im Heft."],
    ["Prof. Dr. Weber sprach um 18.30 Uhr.", "Ca. 200 Leute kamen."],
    ["„Wir sind bereit.“", "So sagte es die Ministerin."],
    ["Die Firma wurde 1998 gegründet.", "Heute hat sie 3.500 Mitarbeiter."],
  ],
  fr: [
    ["« Il faut partir. »", "M. Dupont se leva."],
    ["« Vraiment ? » demanda Mme Petit.", "Personne ne répondit."],
    ["Le prix est de 3,50 € chez J.-P. Martin.", "C’est cher !", "Trop cher ?", "Peut-être."],
    ["Voir p. ex. l’art. 12 du code.", "Il est clair."],
  ],
  es: [
    ["El presidente de EE. UU. viajó a Madrid.", "Llegó el martes."],
    ["¿Qué pasó?", "¡Nadie lo sabe!", "El Sr. Gómez calló."],
    ["La Sra. Ruiz vive en la Av. Libertad.", "No está lejos."],
  ],
  pt: [["O Sr. Silva e a Dra. Costa chegaram.", "Não disseram nada."]],
  it: [["Il dott. Rossi e la prof.ssa Bianchi arrivano.", "Non parlano."]],
  ru: [
    ["А. С. Пушкин родился в 1799 г. в Москве.", "Он был поэтом."],
    ["Население — 3 млн. человек, т. е. больше.", "Это много."],
    ["«Мы готовы!»", "Так ответил И. Иванов."],
  ],
  "zh-Hans": [
    ["第一句。", "第二句！", "第三句？"],
    ["他说：“我们走吧。现在就走。”", "大家都同意。"],
    ["价格为3.5元，见example.com。", "完了。"],
    ["《你好。世界》出版了。", "销量不错……", "真的！"],
    ["发布 Vue 3.5。", "支持 Node.js 24。"],
  ],
  ja: [
    ["モーニング娘。の新曲が出た。", "好評だ。"],
    ["モーニング娘。が出演した。", "会場は満員だった。"],
    ["「行きます。」と彼は言った。", "皆が笑った。"],
    ["「行きます。」", "彼は言った。"],
    ["本当ですか？", "はい！", "そうです。"],
    ["（注意。危険です。）", "近づかないでください。"],
  ],
  ko: [
    ["정부는 5일 발표했다.", "시장은 3.2% 올랐다."],
    ["그는 “간다.”라고 말했다.", "모두 웃었다."],
    ["정말입니까?", "네!", "그렇습니다."],
  ],
  ar: [
    ["وصل د. أحمد إلى القاهرة.", "هل سيعود؟", "لا أحد يعلم."],
    ["بلغت النسبة 3.5 في المئة.", "وهذا كثير!"],
  ],
  he: [["הוא הגיע אתמול.", "האם יישאר?", "איש אינו יודע."]],
  hi: [["डॉ. सिंह दिल्ली आए।", "क्या वे रुकेंगे?", "कोई नहीं जानता।"]],
  th: [["รัฐบาลประกาศวันนี้ว่า จะลดภาษี ประชาชนยินดี"]],
  ur: [["وہ کل آیا۔", "کیا وہ رکے گا؟", "کوئی نہیں جانتا۔"]],
};

const glue = (language: string) => (/^(?:zh|ja)/.test(language) ? "" : " ");

describe.each(Object.entries(tables))("sentences in %s", (language, rows) => {
  it.each(rows.map((row) => ({ row })))("$row", ({ row }) => {
    expect(splitSentences(row.join(glue(language)), language.split("-")[0])).toEqual(row);
  });
});

describe("whole sentences within a limit", () => {
  it.each([
    ["One. Two. Three.", 9, "en", "One. Two."],
    ["One. Two. Three.", 8, "en", "One."],
    ["It took 4.8 Mio. Euro. Done.", 20, "de-AT", ""],
    ["第一句。第二句。", 5, "zh-Hans", "第一句。"],
    ["No mark at all", 40, "en", ""],
  ])("of %j, %i, %s are %j", (text, limit, language, expected) => {
    expect(text.slice(0, wholeSentences(text, limit, language))).toBe(expected);
  });
});

describe("any text", () => {
  it("equals its sentences joined, except for white space", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom(
            "A",
            "b.",
            "。",
            "「",
            "」",
            "“",
            "”",
            " ",
            "3.",
            "U.S.",
            "« ",
            " »",
            "…",
            "?!",
            "؟",
            "हम।",
            "Dr.",
            "😀",
            "e\u0301",
          ),
          { maxLength: 40 },
        ),
        fc.constantFrom(undefined, "en", "de", "ja", "zh"),
        (parts, language) => {
          const text = parts.join("");
          const comparable = (value: string) => value.replace(/\s+/gu, "");
          expect(comparable(splitSentences(text, language).join(""))).toBe(comparable(text));
        },
      ),
    );
  });
});
