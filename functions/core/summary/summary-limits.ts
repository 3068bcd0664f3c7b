export type Channel = "email" | "sms";

/** Maximum length of a summary in UTF-16 code units. An ideograph counts as about two Latin letters, and an SMS part holds 160 or 70 characters. */
export const summaryLimits = {
  email: { latin: 300, han: 140 },
  sms: { latin: 160, han: 70 },
} as const satisfies Record<Channel, { readonly latin: number; readonly han: number }>;

/** The limit for a text in this language (BCP 47; unknown counts as Latin), in UTF-16 code units. */
export function summaryLimit(language: string | undefined, channel: Channel): number {
  const primary = language?.split("-")[0]?.toLowerCase();
  const han = primary === "zh" || primary === "ja" || primary === "yue" || primary === "wuu";
  return summaryLimits[channel][han ? "han" : "latin"];
}
