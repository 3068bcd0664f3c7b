import { describe, expect, test } from "vitest";
import { isGsm7, partsOf } from "../../../../functions/core/message/sms/gsm7.ts";
import { composeAlert, composeDigest, smsPrefix } from "../../../../functions/core/message/index.ts";
import * as fc from "../../../support/properties.ts";
import { alert, audience } from "../../../support/arbitrary-messages.ts";
import { bridge, digestOf, ferry, gazette, london, tideGate } from "../../../support/sample-messages.ts";

const asked = (parts: number) => ({
  ...london,
  sms: { ...london.sms, parts: { alert: parts, digest: parts }, stopNote: "fits" as const },
});

describe("the line that says how to stop", () => {
  test("ends an SMS that has room for it", () => {
    const { sms } = composeAlert({ ...tideGate, summary: "Short." }, asked(2));
    expect(sms.text.split("\n").at(-1)).toBe("Reply STOP to end");
    const [digest] = composeDigest(
      { shown: [ferry], more: 0, before: 0, source: gazette },
      digestOf(asked(3)),
    );
    expect(digest?.sms.text).toContain("Reply STOP to end");
  });

  test("is written in the audience's language, if the encoding stays the same", () => {
    const chinese = { ...asked(3), locale: "zh-CN" };
    expect(composeAlert({ ...bridge, summary: "" }, chinese).sms.text).toContain("回复 STOP 退订");
    expect(composeAlert({ ...tideGate, summary: "Short." }, chinese).sms.text).not.toContain("STOP");
    const short = { ...tideGate, title: "Short", summary: "", link: "https://a.example/" };
    expect(composeAlert(short, chinese).sms).toMatchObject({
      encoding: "GSM-7",
      text: expect.not.stringContaining("STOP") as string,
    });
  });

  test("is absent unless the audience asks for it", () => {
    expect(composeAlert({ ...tideGate, summary: "Short." }, london).sms.text).not.toContain("STOP");
  });

  test("costs no part and no word of the message", () => {
    fc.assert(
      fc.property(alert, audience, (entry, readers) => {
        const plain = composeAlert(entry, readers).sms;
        const noted = composeAlert(entry, { ...readers, sms: { ...readers.sms, stopNote: "fits" } }).sms;
        expect(noted).toEqual({ ...plain, text: noted.text });
        expect(noted.text.startsWith(plain.text)).toBe(true);
        const whole = smsPrefix(readers.displayName) + noted.text;
        const encoding = isGsm7(whole) ? "GSM-7" : "UCS-2";
        expect({ encoding, parts: partsOf(whole, encoding) }).toEqual({
          encoding: plain.encoding,
          parts: plain.parts,
        });
      }),
    );
  });
});
