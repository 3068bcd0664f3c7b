/**
 * `node test/bench/sms.ts [FOLDER...]` composes an alert of every entry and a digest of every feed in the folders and
 * prints what their SMS lost. Without folders it reads the real feeds of the corpus.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseConfiguration } from "../../infra/config/configuration.ts";
import { parseSnapshot } from "../../functions/core/feed/parse.ts";
import { summariseEntry } from "../../functions/core/message/alert.ts";
import { composeAlert, composeDigest } from "../../functions/core/message/index.ts";
import { plainTypography } from "../../functions/core/message/sms/gsm7.ts";
import type { Alert, Sms } from "../../functions/core/message/message.ts";

const now = Date.parse("2026-11-26T12:00:00Z");
const corpus = "../shared/corpus/feeds";
const given = process.argv.slice(2);
const folders = given.length > 0 ? given : [join(corpus, "real-sample-feeds"), join(corpus, "feed-rs")];
const missing = folders.filter((folder) => !existsSync(folder));
if (missing.length > 0) {
  console.error(`There is no folder ${missing.join(", ")}; give folders of feeds.`);
  process.exit(2);
}

const [alerts, digest] = parseConfiguration({}).audiences;
const pattern = process.env["SHOW"] === undefined ? undefined : new RegExp(process.env["SHOW"], "u");

/** Names of what SMS lost, each with the number of SMS. */
type Losses = Map<string, number>;

const add = (losses: Losses, name: string): void => void losses.set(name, (losses.get(name) ?? 0) + 1);

/** Latin letters that GSM-7 lacks (3GPP TS 23.038, 6.2.1). */
const foreignLatin = /(?![A-Za-z£¥èéùìòÇØøÅåÆæßÉÄÖÑÜäöñüà])\p{Script=Latin}/u;

/** Whether a line of the SMS is a part of the text that ends inside a sentence and inside a clause. */
function endsAmidThought(sms: string, text: string): boolean {
  const plain = (some: string): string =>
    plainTypography(some)
      .normalize("NFD")
      .replace(/\p{M}|…/gu, "");
  const whole = plain(text);
  return sms.split("\n").some((line) => {
    const shown = /^(.*)(?:\.\.\.|…)$/u.exec(line)?.[1];
    if (shown === undefined) return false;
    const at = whole.indexOf(plain(shown).slice(0, 20));
    return at >= 0 && !/^\s?[\p{P}\p{Sm}]/u.test(whole.slice(at + plain(shown).length));
  });
}

function countLosses(losses: Losses, { text, omissions, encoding }: Sms, alert: Alert): void {
  add(losses, encoding);
  for (const omission of omissions) add(losses, omission);
  const has = (...names: readonly string[]): boolean =>
    omissions.some((omission) => names.includes(omission));
  if (has("title shortened", "title omitted")) add(losses, "= title words lost");
  if (has("summary omitted")) add(losses, "= summary lost");
  if (has("link omitted")) add(losses, "= link lost");
  if (has("title shortened", "title omitted", "summary omitted", "link omitted"))
    add(losses, "= title words, summary or link lost");
  if (endsAmidThought(text, alert.summary)) add(losses, "= ends amid a thought");
}

const ofAlerts: Losses = new Map();
const ofAccents: Losses = new Map();
const ofDigests: Losses = new Map();
let entries = 0;
let accents = 0;
let digests = 0;
let milliseconds = 0;

for (const file of folders.flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)))) {
  const parsed = await parseSnapshot(readFileSync(file), { name: file, now }).catch(() => undefined);
  if (parsed === undefined) continue;
  const slug = `f${digests}`;
  const source = {
    slug,
    title: parsed.feed.title ?? slug,
    ...(parsed.feed.link !== undefined && { link: parsed.feed.link }),
  };
  const composed = parsed.entries
    .filter(({ title, link, id }) => title !== "" || link !== undefined || id !== undefined)
    .map((entry, index): Alert => summariseEntry(entry, { key: String(index), source, now, revised: false }));
  for (const alert of composed) {
    const start = performance.now();
    const { sms } = composeAlert(alert, alerts!);
    milliseconds += performance.now() - start;
    entries += 1;
    countLosses(ofAlerts, sms, alert);
    const isAccented = foreignLatin.test(`${alert.title} ${alert.summary}`.normalize("NFC"));
    if (isAccented) {
      accents += 1;
      countLosses(ofAccents, sms, alert);
    }
    if (pattern?.test(`${isAccented ? "accents " : ""}${sms.encoding} ${sms.omissions.join(", ")}`) === true)
      console.log(`${file} ${alert.language ?? "und"}\n${JSON.stringify(sms, undefined, 1)}\n`);
  }
  const messages = composeDigest(
    {
      shown: composed.slice(0, digest!.digestItems),
      more: Math.max(0, composed.length - 50),
      before: 0,
      source,
    },
    digest!,
  );
  for (const { sms, keys } of messages) {
    digests += 1;
    add(ofDigests, sms.encoding);
    for (const omission of sms.omissions) add(ofDigests, omission);
    const listed = sms.text.split("\n").filter((line) => /^\u200F?- /u.test(line)).length;
    if (keys.length < 3) continue;
    add(ofDigests, "= with three or more entries");
    if (listed < 3) add(ofDigests, "= with fewer than three headlines");
    add(ofDigests, listed < 10 ? `listed ${listed}` : "listed 10 or more");
    if (pattern?.test(`digest ${sms.encoding} ${listed} ${sms.omissions.join(", ")}`) === true)
      console.log(`${file}\n${JSON.stringify(sms, undefined, 1)}\n`);
  }
}

function print(title: string, total: number, losses: Losses): void {
  console.log(`\n${title}: ${total}`);
  for (const [name, count] of [...losses].toSorted(([a], [b]) => (a < b ? -1 : 1)))
    console.log(`  ${name.padEnd(40)} ${String(count).padStart(5)}  ${((100 * count) / total).toFixed(1)} %`);
}

print("Alerts", entries, ofAlerts);
print("Alerts with Latin letters outside GSM-7", accents, ofAccents);
print("SMS of digests", digests, ofDigests);
console.log(`\n${(milliseconds / entries).toFixed(2)} ms per alert, all channels`);
