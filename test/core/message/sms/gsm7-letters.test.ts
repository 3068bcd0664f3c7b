import * as fc from "../../../support/properties.ts";
import { describe, expect, test } from "vitest";
import { foldToGsm7 } from "../../../../functions/core/message/sms/gsm7-letters.ts";
import { isGsm7 } from "../../../../functions/core/message/sms/gsm7.ts";
import { accentsOptional } from "../../../../functions/core/message/sms/spellings.ts";
import { withoutDecoration } from "../../../../functions/core/message/sms/decoration.ts";

describe("letters without accents", () => {
  test.each([
    ["pl", "Zażółć gęślą jaźń, ŁÓDŹ", "Zazolc gesla jazn, LODZ"],
    ["cs", "Příliš žluťoučký kůň úpěl", "Prilis zlutoucky kun upel"],
    ["sk", "Ľúbezný, dĺžeň, ôsmy", "Lubezny, dlzen, osmy"],
    ["es", "La 3.ª edición, el 1º", "La 3.a edicion, el 1o"],
    ["es", "El año pasado: ¿qué pasó, señor Ramírez?", "El año pasado: ¿qué paso, señor Ramirez?"],
    ["pt-BR", "Três ações não são à toa", "Tres acoes nao sao à toa"],
    ["fr", "Forêt brûlée, garçon, Noël; L'Œuvre, cœur", "Foret brulée, garcon, Noel; L'OEuvre, coeur"],
    ["it", "È LUNEDÌ: perché la città", "E' LUNEDI': perché la città"],
    ["de", "Größe, Äpfel, STRAẞE, Ödön Ó", "Größe, Äpfel, STRASSE, Ödön O"],
    ["da", "Ærø, Ålborg, smørrebrød, ǻ", "Ærø, Ålborg, smørrebrød, å"],
    ["sv", "Räksmörgås på Öland", "Räksmörgås på Öland"],
    ["hu", "árvíztűrő tükörfúrógép", "arvizt\u00FCr\u00F6 t\u00FCkörfurogép"],
    ["ro", "Știință și țară, în română", "Stiinta si tara, in romana"],
    ["hr", "Đaković, vođa, šećer, ĐAKOVO", "Djakovic, vodja, secer, DJAKOVO"],
    ["is", "Þór, ÞAÐ, maður", "Thor, THAD, madur"],
    ["fi", "šakki, Žukov", "shakki, Zhukov"],
    ["lt", "Ąžuolų gatvė", "Azuolu gatve"],
    ["lv", "Rīgā ļoti šķībs", "Riga loti skibs"],
    ["nl", "Ĳsland, coördinatie, reünie", "IJsland, coördinatie, reünie"],
    ["eo", "ĉiuj ŝanĝoj, aŭto", "chiuj shanghoj, auto"],
    ["en-GB", "Lech Wałęsa, Nicolás, Erdoğan, Kılıç", "Lech Walesa, Nicolas, Erdogan, Kilic"],
  ])("%s: %s", (language, text, folded) => {
    expect(foldToGsm7(text, language).text).toBe(folded);
    expect(isGsm7(folded)).toBe(true);
  });

  test.each([
    ["tr", "sıkışınca"],
    ["vi", "tiếng Việt"],
    ["et", "kõne, šokk"],
    ["az", "gözəl ışıq"],
    ["mt", "ħajt, żgħir"],
    ["ga", "Seán, féar"],
    [undefined, "Łódź"],
  ])("stay in %s, where words would change or are unknown", (language, text) => {
    expect(foldToGsm7(text, language)).toEqual({ text, from: Infinity });
  });

  test("of other scripts stay in every language", () => {
    const text = "Привет, Ёлка, Ελλάδα, Άρθρο, 海湾, がぎ, العربية, हिन्दी, ё";
    for (const language of accentsOptional) expect(foldToGsm7(text, language).text).toBe(text);
  });

  test("keep every letter that GSM-7 has, and say where the first one was replaced", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...Array.from("añßøåäöüéèÇ łčžŐ海😀")), maxLength: 30 }),
        fc.constantFrom(...accentsOptional),
        (text, language) => {
          const { text: folded, from } = foldToGsm7(text, language);
          const start = Math.min(from, folded.length);
          expect(folded.slice(0, start)).toBe(text.slice(0, start));
          expect(isGsm7(text) && folded !== text).toBe(false);
        },
      ),
    );
  });
});

describe("emoji as decoration", () => {
  test.each([
    ["🎉 The bridge is open 👍🏽🇫🇷", "The bridge is open"],
    ["❤️❤️ Thanks ☎️", "Thanks"],
    ["I ❤️ the harbour", "I ❤️ the harbour"],
    ["🚨🚨", "🚨🚨"],
    ["© 2024 Gazette™", "© 2024 Gazette™"],
    ["#1 in 2024 #", "#1 in 2024 #"],
  ])("%s", (text, plain) => {
    expect(withoutDecoration(text).text).toBe(plain);
  });
});
