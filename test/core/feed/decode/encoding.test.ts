import { describe, expect, test } from "vitest";
import { parseSnapshot } from "../../../../functions/core/feed/parse.ts";
import { skippedIf } from "../../../support/skipped.ts";

/** Bytes of texts in encodings that Node can't write, found by decoding every byte and pair of bytes. */
function encoder(encoding: string): (text: string) => Buffer {
  const bytes = new Map<string, readonly number[]>();
  const decoder = new TextDecoder(encoding, { fatal: true });
  const note = (...candidate: number[]): void => {
    try {
      const text = decoder.decode(Uint8Array.from(candidate));
      if (Array.from(text).length === 1 && !bytes.has(text)) bytes.set(text, candidate);
    } catch {
      // No character.
    }
  };
  for (let one = 0; one < 256; one++) note(one);
  if (!/^(?:windows|iso-8859|koi8)/.test(encoding))
    for (let one = 0x81; one < 256; one++) for (let two = 0x30; two < 256; two++) note(one, two);
  return (text) =>
    Buffer.from(
      Array.from(text).flatMap((character) => {
        const found = bytes.get(character);
        if (found === undefined) throw new Error(`${character} is not in ${encoding}`);
        return [...found];
      }),
    );
}

const texts: readonly (readonly [encoding: string, label: string, title: string, body: string])[] = [
  [
    "gbk",
    "gb2312",
    "轮渡恢复运行",
    "本报讯：市政府今天宣布，港口的轮渡从下周一起恢复运行。记者从交通部门了解到，新的时间表已经公布。",
  ],
  [
    "gb18030",
    "GB18030",
    "轮渡恢复运行",
    "本报讯：市政府今天宣布，港口的轮渡从下周一起恢复运行。这是经过两年的准备之后作出的决定。",
  ],
  [
    "big5",
    "Big5",
    "渡輪恢復行駛",
    "本報訊：市政府今天宣布，港口的渡輪從下週一起恢復行駛。記者從交通部門了解，新的時間表已經公布。",
  ],
  [
    "shift_jis",
    "Shift_JIS",
    "フェリーが再開",
    "港のフェリーは来週の月曜日から運航を再開すると市が発表しました。新しい時刻表も公開されています。",
  ],
  [
    "euc-jp",
    "EUC-JP",
    "フェリーが再開",
    "港のフェリーは来週の月曜日から運航を再開すると市が発表しました。新しい時刻表も公開されています。",
  ],
  [
    "euc-kr",
    "EUC-KR",
    "연락선 운항 재개",
    "시 정부는 항구의 연락선이 다음 주 월요일부터 운항을 재개한다고 오늘 발표했다.",
  ],
  [
    "windows-1251",
    "windows-1251",
    "Паром снова ходит",
    "Городские власти сообщили, что паром снова начнёт ходить с понедельника.",
  ],
  [
    "koi8-r",
    "KOI8-R",
    "Паром снова ходит",
    "Городские власти сообщили, что паром снова начнет ходить с понедельника.",
  ],
  [
    "windows-1252",
    "ISO-8859-1",
    "Fähre fährt – “endlich”",
    "Die Fähre fährt ab Montag wieder, teilte die Behörde für Häfen mit. Müller: „Schön!“",
  ],
  [
    "windows-1250",
    "windows-1250",
    "Prom znów pływa",
    "Władze miasta ogłosiły, że prom znów będzie pływał od poniedziałku. Żegluga już się cieszy.",
  ],
  [
    "iso-8859-2",
    "iso-8859-2",
    "Przewóz wznowiony",
    "Władze miasta ogłosiły, że prom znów będzie pływał. Żegluga już się cieszy, źródła mówią.",
  ],
  ["iso-8859-15", "ISO-8859-15", "Prix du ferry : 5 €", "Le bac reprend à l’été".replace("’", "'")],
  [
    "windows-1253",
    "windows-1253",
    "Το πλοίο επιστρέφει",
    "Οι αρχές της πόλης ανακοίνωσαν ότι το πλοίο επιστρέφει τη Δευτέρα.",
  ],
];
const feed = (title: string, body: string, declaration: string): string =>
  `${declaration}<rss version="2.0"><channel><title>H</title><item><title>${title}</title><link>https://h.example/1</link><description>${body}</description></item></channel></rss>`;

describe.each(texts)("%s", (encoding, label, title, body) => {
  const encode = encoder(encoding);

  test("is read as declared", async () => {
    const parsed = await parseSnapshot(
      encode(feed(title, body, `<?xml version="1.0" encoding='${label}'?>`)),
    );
    expect(parsed.entries[0]).toMatchObject({ title, description: body });
    expect(parsed.encoding).toBe(encoding);
    expect(parsed.warnings).toEqual([]);
  });

  test("is read as declared by the transport", async () => {
    const parsed = await parseSnapshot(encode(feed(title, body, "")), {
      contentType: `text/xml; charset=${label}`,
    });
    expect(parsed.entries[0]?.title).toBe(title);
  });

  test("UTF-8 bytes overrule the declaration, with a warning", async () => {
    const parsed = await parseSnapshot(
      Buffer.from(feed(title, body, `<?xml version="1.0" encoding="${label}"?>`)),
    );
    expect(parsed.entries[0]).toMatchObject({ title, description: body });
    expect(parsed.encoding).toBe("utf-8");
    expect(parsed.warnings.map(({ code }) => code)).toEqual(["encoding-overruled"]);
  });

  test(
    "is detected from its bytes if UTF-8 is declared",
    skippedIf(/^iso-8859|windows-1250/.test(encoding), "its bytes alone do not name the encoding"),
    async () => {
      const parsed = await parseSnapshot(encode(feed(title, body, `<?xml version="1.0" encoding="UTF-8"?>`)));
      expect(parsed.entries[0]).toMatchObject({ title, description: body });
      expect(parsed.warnings.map(({ code }) => code)).toEqual(["encoding-overruled"]);
    },
  );

  test("is detected after the first block if that is all ASCII", async () => {
    const ascii = "<item><title>plain</title><description>nothing but ASCII here</description></item>".repeat(
      2000,
    );
    const text = feed(title, body, `<?xml version="1.0" encoding="${label}"?>`).replace(
      "<item>",
      `${ascii}<item>`,
    );
    const parsed = await parseSnapshot(encode(text));
    expect(parsed.entries.at(-1)).toMatchObject({ title, description: body });
    expect(parsed.entries).toHaveLength(2001);
  });
});

test.each([
  ["koi8-r", "windows-1251"],
  ["windows-1251", "iso-8859-1"],
  ["gbk", "iso-8859-1"],
  ["big5", "gb2312"],
  ["gbk", "big5"],
  ["shift_jis", "euc-jp"],
  ["euc-kr", "windows-1252"],
])("%s that is declared as %s is detected from its bytes", async (encoding, label) => {
  const [, , title = "", body = ""] = texts.find(([name]) => name === encoding) ?? [];
  const parsed = await parseSnapshot(
    encoder(encoding)(feed(title, body, `<?xml version="1.0" encoding="${label}"?>`)),
  );
  expect(parsed.entries[0]).toMatchObject({ title, description: body });
  expect(parsed.warnings.map(({ code }) => code)).toEqual(["encoding-overruled"]);
});

test("a trail byte that looks like markup is not markup", async () => {
  const encode = encoder("gbk");
  // Characters whose second byte is ] or another ASCII mark.
  const risky = Array.from({ length: 60 }, (_, at) =>
    new TextDecoder("gbk").decode(Uint8Array.of(0x90 + at, 0x5d)),
  )
    .filter((text) => text.length === 1)
    .join("");
  const parsed = await parseSnapshot(
    encode(feed("标题", `<![CDATA[${risky}]>${risky}]]>`, '<?xml version="1.0" encoding="gbk"?>')),
  );
  expect(parsed.entries[0]?.description).toBe(`${risky}]>${risky}`);
});

test("a few invalid bytes in UTF-8 are read as windows-1252, with a warning", async () => {
  const bytes = Buffer.concat([Buffer.from(feed("Café – müde", "x", "")), Buffer.alloc(0)]);
  const stray = Buffer.from(bytes.toString("latin1").replace(">x<", ">na\xefve \x93q\x94<"), "latin1");
  const parsed = await parseSnapshot(stray);
  expect(parsed.entries[0]).toMatchObject({ title: "Café – müde", description: "naïve “q”" });
  expect(parsed.warnings.map(({ code }) => code)).toEqual(["encoding-repaired"]);
});

test("a meta element far after the first kilobyte is used", async () => {
  const page = `<html><head><title>H</title><style>${" ".repeat(3000)}</style><meta http-equiv="Content-Type" content="text/html; charset=windows-1251"></head><body><article><h2><a href="https://h.example/1">Паром</a></h2></article></body></html>`;
  const parsed = await parseSnapshot(encoder("windows-1251")(page));
  expect(parsed.entries[0]?.title).toBe("Паром");
});

test("an unknown encoding causes a warning, and the bytes decide", async () => {
  const parsed = await parseSnapshot(
    Buffer.from(feed("Fähre", "x", '<?xml version="1.0" encoding="klingon-8"?>')),
  );
  expect(parsed.entries[0]?.title).toBe("Fähre");
  expect(parsed.warnings.map(({ code }) => code)).toEqual(["encoding-unknown"]);
});

test.each([0, 1, 2])("a Chinese Markdown body is valid UTF-8 at every block boundary (%d)", async (shift) => {
  const text = `[标题](https://x.example/1)\n---\n\n${"a".repeat(shift)}${"会谈将继续下去。".repeat(200)}\n`;
  const { warnings, encoding } = await parseSnapshot(Buffer.from(text));
  expect(encoding).toBe("utf-8");
  expect(warnings).toEqual([]);
});

describe("texts that are cut within a character", () => {
  const ends = {
    gbk: "gb2312",
    big5: "Big5",
    shift_jis: "Shift_JIS",
    "euc-jp": "EUC-JP",
    "euc-kr": "EUC-KR",
  };
  test.each(Object.entries(ends))("%s is read as declared", async (encoding, label) => {
    const [, , title = "", body = ""] = texts.find(([name]) => name === encoding) ?? [];
    const encode = encoder(encoding);
    const halves = [title, body].map((text) => encode(text).subarray(0, -1));
    for (const declaration of [`<?xml version="1.0" encoding="${label}"?>`, ""]) {
      const [before = "", between = "", after = ""] = feed("|", "|", declaration).split("|");
      const parsed = await parseSnapshot(
        Buffer.concat([
          Buffer.from(before),
          halves[0] ?? Buffer.alloc(0),
          Buffer.from(between),
          halves[1] ?? Buffer.alloc(0),
          Buffer.from(after),
        ]),
      );
      expect(parsed.entries[0]?.title.startsWith(title.slice(0, -1))).toBe(true);
      expect(parsed.entries[0]?.description?.startsWith(body.slice(0, -1))).toBe(true);
      expect(parsed.warnings).toEqual([]);
    }
  });
});

describe("a text without a declaration is detected by the letters of its language", () => {
  test.each([
    [
      "windows-1250",
      "Őszi vásár nyílik",
      "A hűtőház felújítása után újra megnyílik a piac, közölte a városháza.",
    ],
    ["windows-1250", "Két nő és egy fő", "x"],
    ["iso-8859-2", "Ľudia žiadajú zmenu", "Vláda schválila nový zákon. Ďalšie kroky budú známe v pondelok."],
    ["iso-8859-2", "Příští týden začíná škola", "Centrální banka zvýšila sazby, říká šéf."],
    ["iso-8859-2", "Škola će se graditi", "Općina je objavila da će se škola graditi već ove godine."],
    ["windows-1252", "São Paulo: não há opções", "É isso: a ação e a reação dos cidadãos."],
    ["windows-1252", "© 2024 Müller", "x"],
    ["windows-1252", "É isso", "x"],
    ["windows-1252", "Õhtu on öö ja käes", "x"],
    ["windows-1252", "Ísland á þing", "x"],
    ["windows-1254", "Çağrı ışığı", "Güçlü görünüm sürüyor, piyasalar olumlu karşıladı."],
  ])("%s: %s", async (encoding, title, body) => {
    const parsed = await parseSnapshot(encoder(encoding)(feed(title, body, "")));
    expect(parsed.entries[0]).toMatchObject({ title, description: body });
  });
});
