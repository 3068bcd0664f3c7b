/** Offsets from UTC in minutes, RFC 822 section 5.1 and the abbreviations that feeds use; ambiguous ones as most feeds mean them. */
const zoneOffsets: Readonly<Record<string, number>> = {
  gmt: 0, utc: 0, ut: 0, z: 0, wet: 0, west: 60, bst: 60, cet: 60, mez: 60, cest: 120, mesz: 120, met: 60, mest: 120,
  eet: 120, eest: 180, msk: 180, мск: 180, msd: 240, sast: 120, trt: 180, ist: 330, pkt: 300, wib: 420, wita: 480, wit: 540, ict: 420,
  hkt: 480, sgt: 480, pht: 480, awst: 480, jst: 540, kst: 540, acst: 570, acdt: 630, aest: 600, aedt: 660, nzst: 720, nzdt: 780,
  nst: -210, ndt: -150, ast: -240, adt: -180, brt: -180, art: -180, clt: -240, est: -300, edt: -240, cst: -360, cdt: -300,
  mst: -420, mdt: -360, pst: -480, pdt: -420, akst: -540, akdt: -480, hst: -600,
  北京时间: 480, 北京時間: 480, 日本時間: 540,
}; // prettier-ignore

/** Names that mean standard or daylight saving time, whichever is in force; `EST` and its like mean what they say. */
const zoneRegions: Readonly<Record<string, string>> = {
  et: "America/New_York",
  ct: "America/Chicago",
  mt: "America/Denver",
  pt: "America/Los_Angeles",
};

/** Minutes east of UTC; `CST` is China's in a Chinese feed. */
export function offsetOf(word: string, language: string | undefined): number | undefined {
  if (word === "cst" && language?.startsWith("zh") === true) return 480;
  return Object.hasOwn(zoneOffsets, word) ? zoneOffsets[word] : undefined;
}

/** The IANA zone of a name whose offset depends on the season. */
export function regionOf(word: string): string | undefined {
  return Object.hasOwn(zoneRegions, word) ? zoneRegions[word] : undefined;
}

/** Whether a word names a time zone. */
export function isZone(word: string): boolean {
  return Object.hasOwn(zoneOffsets, word) || Object.hasOwn(zoneRegions, word);
}
