import { describe, expect, it } from "vitest";
import { joinLines } from "../../../functions/core/summary/line-joins.ts";
import { summarise } from "../../../functions/core/summary/summarise.ts";

const summary = (html: string, title = "") => summarise({ title, html, limit: 300 });
const breaks = [
  ["<br>", "<br>"],
  ["<br/> and a newline", "<br/>\n"],
  ["a newline", "\n"],
  ["a newline and indentation", "\n    "],
  ["CRLF", "\r\n"],
] as const;

/** `|` is the line break. */
const sentences: Readonly<Record<string, string>> = {
  "English, a lower-case line": "The mill wheel turns again|since the miller's daughter repaired it.",
  "English, a line that begins with a name":
    "The council has asked the owner of the old mill to speak to|Mayor Ambler before the end of the month.",
  "English, a line that begins with a figure":
    "The new footbridge over the stream will carry at most|40 people.",
  "English, an abbreviation before the break":
    "The prize for the best loaf of the year went to Dr.|Oatley of Millbrook.",
  "English, a name after a line that was joined":
    "The bus leaves every hour from the|Old Weir and takes the long road along|Lake Street, where it stops twice.",
  "English, a figure after a word":
    "The rules apply to mills with more wheels than one, to weirs above|3 m and to ponds.",
  "German, nouns at the beginning of lines":
    "Die Feuerwehr hat am Sonntag einen Schwan aus dem|Mühlkanal gerettet, der sich in einem|Netz verfangen hatte.",
  French: "La bibliothèque du village ferme ses portes|pour trois semaines à cause des travaux.",
  Spanish: "El molino del pueblo vuelve a moler trigo|desde que la hija del molinero lo reparó.",
  Russian: "Старая мельница снова работает после того,|как дочь мельника её починила.",
  Greek: "Ο παλιός μύλος λειτουργεί ξανά|από την περασμένη Τρίτη.",
  "Korean, short lines": "마을 회관은|12월 3일부터|7일까지 휴관합니다.",
  Korean: "마을 도서관은 난방 공사 때문에|다음 달 초까지 문을 닫습니다, 이용에 참고하시기 바랍니다.",
  Arabic: "أعلنت البلدية إغلاق الجسر القديم أمام المشاة،|ابتداء من يوم الاثنين المقبل.",
  "Arabic without a comma":
    "أعلنت البلدية أن الجسر القديم مغلق أمام المشاة|حتى نهاية الشهر المقبل بسبب أعمال الصيانة.",
  Hebrew: "המועצה הודיעה כי הגשר הישן יהיה סגור|להולכי רגל עד סוף החודש.",
  "Hindi without a comma": "नगर पालिका ने पुराने पुल को पैदल यात्रियों|के लिए सोमवार से बंद कर दिया है।",
  Thai: "เทศบาลประกาศปิดสะพานเก่าสำหรับคนเดินเท้า|ตั้งแต่วันจันทร์เป็นต้นไปเพื่อซ่อมแซม",
  Hindi: "नगर पालिका ने पुराने पुल को बंद कर दिया है,|लोग नए पुल का उपयोग करें।",
};

const cjk: Readonly<Record<string, string>> = {
  "Chinese, after commas": "因水管需要更换，|村委会决定从星期三上午起|暂停供水，请大家提前准备。",
  "Chinese, wrapped":
    "县气象台今天上午发布消息，受北方冷空气南下影响，未来三|天气温将下降八度左右，请注意防寒保|暖，减少外出。",
  "traditional Chinese": "由於圖書館進行維修，|開放時間改為上午九時至|下午三時，敬請留意。",
  "Japanese, short lines": "工事のため、|二十日から|二十五日まで通行止めです。",
  Japanese: "台風の接近にともない、|町民プールは十日から|十二日まで休業します。",
};

describe.each(breaks)("a sentence over lines that %s separates", (_, separator) => {
  it.each(Object.entries(sentences))("is one sentence: %s", (__, text) => {
    expect(summary(text.replaceAll("|", separator))).toBe(text.replaceAll("|", " "));
    expect(summary(`<p>${text.replaceAll("|", separator)}</p>`)).toBe(text.replaceAll("|", " "));
  });

  it.each(Object.entries(cjk))("is one sentence without spaces: %s", (__, text) => {
    expect(summary(text.replaceAll("|", separator))).toBe(text.replaceAll("|", ""));
    expect(summary(`<p>${text.replaceAll("|", separator)}</p>`)).toBe(text.replaceAll("|", ""));
  });
});

describe("a sentence over blocks", () => {
  it.each(["div", "p"])("with each line in a <%s> is one sentence", (name) => {
    const html = ["The mill wheel turns again,", "as the miller has promised,", "from Friday on."]
      .map((line) => `<${name}>${line}</${name}>`)
      .join("\n");
    expect(summary(html)).toBe("The mill wheel turns again, as the miller has promised, from Friday on.");
  });
});

describe("text wrapped at a column", () => {
  it("flows for any start of its lines", () => {
    const text =
      "Version 3.2 of the sluice control is out. It corrects the water level\n" +
      "of Upper Millbrook, which was read ten centimetres too high, and lets\n" +
      "Keepers open one gate at a time. Owners of version 3.1 should install\n" +
      "it before the next flood.";
    expect(summary(text)).toBe(text.replaceAll("\n", " "));
  });

  it("has separate paragraphs, and the list after a colon is shown", () => {
    const text =
      "The sluice control learns to count the fish that pass it, by the sound\n" +
      "that they make.\n\nThanks to all who helped:\n- Ada Weir\n- Bo Lock\n";
    expect(summary(text)).toBe(
      "The sluice control learns to count the fish that pass it, by the sound that they make. Thanks to all who helped: Ada Weir, Bo Lock",
    );
  });
});

describe("lines that are not part of one sentence", () => {
  it.each([
    ["a list of headlines", ["Mill wheel turns again after years", "Swan rescued from canal on Sunday"]],
    ["labels", ["Where: Town hall", "When: Friday"]],
    ["Chinese labels", ["时间：星期三上午", "地点：村委会"]],
    ["an address", ["Old Mill", "Weir Lane 4", "Millbrook"]],
    ["bullets", ["- the wheel", "- the race"]],
    ["trailers of a commit", ["Counts fish by their sound", "Signed-off-by: A. Weir <a@weir.example>"]],
    ["a heading and its text", ["Swimming", "The pool opens at nine."]],
    ["a Chinese heading and its text", ["停水通知", "因水管需要更换，村委会决定星期三上午暂停供水。"]],
    ["verses", ["白日依山尽", "黄河入海流"]],
    [
      "a heading and a sentence of its length",
      ["Road works in the upper valley and on the ridge", "From noon on, buses take the road by the lake."],
    ],
    ["a link", ["All about the mill", "https://mill.example/about"]],
  ])("stay separate: %s", (_, lines) => {
    expect(joinLines(lines)).toHaveLength(lines.length);
  });

  it("are items after a colon", () => {
    expect(summary("Opening hours:<br>Monday 9-12<br>Tuesday 14-18<br>")).toBe(
      "Opening hours: Monday 9-12, Tuesday 14-18",
    );
  });

  it("stay separate with bullets", () => {
    expect(
      summary("Version 2.1 of the gate's control<br>- closes the gate at night<br>- counts from noon on"),
    ).toBe("Version 2.1 of the gate's control; closes the gate at night; counts from noon on");
  });

  it("get no full stop", () => {
    const html =
      "<p>The mill opens its doors on Saturday for everybody<br>Guided tours at ten and at two o'clock in the yard</p>";
    expect(summary(html)).toBe(
      "The mill opens its doors on Saturday for everybody; Guided tours at ten and at two o'clock in the yard",
    );
  });
});

describe("line breaks of the source", () => {
  it("are no spaces between Chinese characters", () => {
    const html = "<p>\n  村里的\n  <b>水磨</b>\n  又转起来了，\n  孩子们都跑去看。\n</p>";
    expect(summary(html)).toBe("村里的水磨又转起来了，孩子们都跑去看。");
  });

  it("are spaces next to Latin letters", () => {
    expect(summary("<p>新版\n3.2\n已经发布，修正了水位的读数，请尽快安装。</p>")).toBe(
      "新版 3.2 已经发布，修正了水位的读数，请尽快安装。",
    );
  });
});
