import * as fc from "../../../support/properties.ts";
import { describe, expect, it } from "vitest";
import { detectLanguage } from "../../../../functions/core/summary/language/detect-language.ts";
import { simplified, traditional } from "../../../../functions/core/summary/language/scripts.ts";
import { shortTitles } from "../../../support/short-titles.ts";

const samples: readonly (readonly [string, string])[] = [
  ["en", "The council has approved a plan to rebuild the bridge that was closed after the storm."],
  ["de", "Der Stadtrat hat einen Plan gebilligt, mit dem die Brücke nach dem Sturm wieder aufgebaut wird."],
  ["fr", "Le conseil a approuvé un projet pour reconstruire le pont qui a été fermé après la tempête."],
  ["es", "El concejo aprobó un plan para reconstruir el puente que fue cerrado después de la tormenta."],
  [
    "pt",
    "O conselho aprovou um plano para reconstruir a ponte que foi fechada depois da tempestade, mas não há data.",
  ],
  [
    "it",
    "Il consiglio ha approvato un piano per ricostruire il ponte che era stato chiuso dopo la tempesta.",
  ],
  ["nl", "De raad heeft een plan goedgekeurd om de brug die na de storm werd gesloten weer op te bouwen."],
  ["sv", "Rådet har godkänt en plan för att bygga upp bron som stängdes efter stormen och inte har öppnats."],
  [
    "pl",
    "Rada zatwierdziła plan odbudowy mostu, który został zamknięty po burzy, ale nie jest to jeszcze pewne.",
  ],
  ["tr", "Meclis, fırtınadan sonra kapatılan köprünün yeniden yapılması için bir plan ve bütçe onayladı."],
  ["ru", "Совет одобрил план восстановления моста, который был закрыт после бури."],
  ["uk", "Рада схвалила план відбудови мосту, який було закрито після бурі."],
  ["zh-Hans", "市议会批准了重建大桥的计划，这座桥在暴风雨后关闭。"],
  ["zh-Hant", "市議會批准了重建大橋的計畫，這座橋在暴風雨後關閉。"],
  ["ja", "市議会は、嵐のあとで閉鎖された橋を再建する計画を承認した。"],
  ["ko", "시의회는 폭풍 이후 폐쇄된 다리를 다시 짓는 계획을 승인했다."],
  ["ar", "وافق المجلس على خطة لإعادة بناء الجسر الذي أغلق بعد العاصفة."],
  ["fa", "شورا طرحی را برای بازسازی پلی که پس از توفان بسته شد تصویب کرد و گفت چه می‌کند."],
  ["he", "המועצה אישרה תוכנית לבנייה מחדש של הגשר שנסגר לאחר הסערה."],
  ["hi", "परिषद ने तूफान के बाद बंद हुए पुल को फिर से बनाने की योजना को मंजूरी दी।"],
  ["th", "สภาอนุมัติแผนสร้างสะพานที่ปิดหลังพายุขึ้นใหม่"],
  ["el", "Το συμβούλιο ενέκρινε σχέδιο για την ανοικοδόμηση της γέφυρας."],
];

describe("a text without a declaration", () => {
  it.each(samples)("is detected as %s", (language, text) => {
    expect(detectLanguage(text)).toBe(language);
  });

  it.each(["", "42", "https://example.com/the/and/of", "😀😀", "Feedbell 2.0"])(
    "is left open where %j does not tell",
    (text) => {
      expect(detectLanguage(text)).toBeUndefined();
    },
  );

  it("is not mistaken for another language because of a few foreign names", () => {
    expect(
      detectLanguage("Kubernetes 1.30 与 Istio 的 Gateway API：服务网格的新版本发布，支持 ambient 模式。"),
    ).toBe("zh-Hans");
    expect(detectLanguage("トヨタが Toyota Mobility Tokyo を設立した。")).toBe("ja");
    expect(detectLanguage("The word Zeitgeist is used in English and has been for years; 世界 is not.")).toBe(
      "en",
    );
  });
});

describe("a short title without a declaration", () => {
  const titles = Object.entries(shortTitles).flatMap(([language, list]) =>
    list.map((title) => ({ title, language, found: detectLanguage(title) })),
  );

  it("is never mistaken for another language", () => {
    expect(titles.filter(({ language, found }) => found !== undefined && found !== language)).toEqual([]);
  });

  it("is mostly detected", () => {
    const right = titles.filter(({ language, found }) => found === language);
    expect(right.length / titles.length).toBeGreaterThan(0.8);
  });

  it.each([
    ["acronyms", "EU agrees EU budget, SE Asia looks away"],
    ["acronyms in compounds", "EU-Gipfel, EU-Streit, EU-Ende"],
    ["names", "Los Angeles, Los Alamos hit by fire"],
    ["names at the beginning", "Der Spiegel and Die Zeit report losses"],
    ["letters", "Plan O, plan E, plan E"],
  ])("is undefined if only %s look like another language", (_, title) => {
    expect(detectLanguage(title)).toBeUndefined();
  });

  it("is detected in capitals", () => {
    expect(detectLanguage("WHAT WE KNOW ABOUT THE FIRE IN THE HARBOUR")).toBe("en");
    expect(detectLanguage("What We Know About The Fire")).toBe("en");
    expect(detectLanguage("Why Harbours Can Be Costly if They Flood")).toBe("en");
  });
});

describe("a declaration", () => {
  it.each(samples)("of %s is accepted if the script agrees", (language, text) => {
    expect(detectLanguage(text, language)).toBe(language);
  });

  it.each([
    ["en-us", "en-US"],
    ["en_GB", "en-GB"],
    [" EN ", "en"],
    ["de", "de"],
  ])("%j becomes %s", (declared, tag) => {
    expect(detectLanguage("A short text", declared)).toBe(tag);
  });

  it.each(["", "english", "x-default", "und", "zz", "not a tag", "1", "__proto__"])(
    "%j counts as none",
    (declared) => {
      expect(detectLanguage(samples[0]![1], declared)).toBe("en");
    },
  );

  it("is ignored if the script differs", () => {
    expect(detectLanguage(samples[12]![1], "en-US")).toBe("zh-Hans");
    expect(detectLanguage(samples[13]![1], "zh-CN")).toBe("zh-Hant");
    expect(detectLanguage(samples[14]![1], "zh")).toBe("ja");
    expect(detectLanguage(samples[10]![1], "en")).toBe("ru");
    expect(detectLanguage(samples[0]![1], "ar")).toBe("en");
  });

  it("is accepted in every script of its language", () => {
    expect(detectLanguage(samples[12]![1], "zh")).toBe("zh");
    expect(detectLanguage(samples[13]![1], "zh")).toBe("zh");
    expect(detectLanguage("Skupština je usvojila plan da se obnovi most", "sr")).toBe("sr");
    expect(detectLanguage("日本経済新聞社説", "ja")).toBe("ja");
  });

  it("is accepted without a text", () => {
    expect(detectLanguage("2026", "fr-CA")).toBe("fr-CA");
  });
});

describe("tables and results", () => {
  it("pair each simplified character with its traditional form", () => {
    const [left, right] = [Array.from(simplified), Array.from(traditional)];
    expect(left).toHaveLength(right.length);
    expect(left.filter((character, index) => character === right[index])).toEqual([]);
  });

  it("are a canonical tag or undefined, without errors", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "binary" }),
        fc.option(fc.string(), { nil: undefined }),
        (text, declared) => {
          const tag = detectLanguage(text, declared);
          expect(tag === undefined || Intl.getCanonicalLocales(tag)[0] === tag).toBe(true);
        },
      ),
    );
  });
});
