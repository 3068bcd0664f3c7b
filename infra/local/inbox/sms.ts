import { createRequire } from "node:module";

interface Segmented {
  readonly segmentsCount: number;
  readonly encodingName: "GSM-7" | "UCS-2";
}

// A CommonJS package whose named exports Node can't see from an ES module.
const { SegmentedMessage } = createRequire(import.meta.url)("sms-segments-calculator") as {
  SegmentedMessage: new (text: string, encoding: "auto") => Segmented;
};

/** How many parts a telephone network makes of a text, and in which encoding; counted by a library of its own. */
export function measureSms(text: string): { parts: number; encoding: "GSM-7" | "UCS-2" } {
  const { segmentsCount, encodingName } = new SegmentedMessage(text, "auto");
  return { parts: segmentsCount, encoding: encodingName };
}
