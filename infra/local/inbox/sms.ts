import { createRequire } from "node:module";

interface Segmented {
  readonly segmentsCount: number;
  readonly encodingName: "GSM-7" | "UCS-2";
}

// A CommonJS package whose named exports Node can't detect from an ES module.
const { SegmentedMessage } = createRequire(import.meta.url)("sms-segments-calculator") as {
  SegmentedMessage: new (text: string, encoding: "auto") => Segmented;
};

/** Counts the SMS parts of a text with a library that is independent of feedbell's own SMS planning. */
export function measureSms(text: string): { parts: number; encoding: "GSM-7" | "UCS-2" } {
  const { segmentsCount, encodingName } = new SegmentedMessage(text, "auto");
  return { parts: segmentsCount, encoding: encodingName };
}
