import { expect, test } from "vitest";
import { boundedAlert } from "../../../functions/core/message/bounded-alert.ts";
import { composeDigest } from "../../../functions/core/message/index.ts";
import type { Alert, Message } from "../../../functions/core/message/message.ts";
import { alert, audience, source } from "../../support/arbitrary-messages.ts";
import * as fc from "../../support/properties.ts";
import { digestOf, gazette, london } from "../../support/sample-messages.ts";

/** Some entries report one event, so that they share a place. */
const reports = fc.array(
  fc.tuple(alert, fc.nat(3)).map(([entry, kind]): Alert =>
    kind > 0
      ? entry
      : {
          ...entry,
          title: "Harbour tide gate opens in Port Ellery",
          summary: "The gate of Port Ellery, 214 metres long, opened on Monday.",
        },
  ),
  { maxLength: 12 },
);

/** Entries that a message shows, without those of the Also lines. */
const placesIn = ({ keys, merged = [] }: Message): number =>
  keys.length - merged.reduce((sum, story) => sum + story.length - 1, 0);

const withoutMarks = (text: string): string => text.replace(/[\u200E\u200F\u2066-\u2069]/gu, "");
const withoutSeparators = (text: string): string => text.replace(/[.,’' \u00A0\u202F]/gu, "");

test("the numbers of a digest agree: in subject, list, entries, SMS and machine-readable variant", () => {
  /** `others`: feeds of a schedule whose entries are only counted. */
  const given = fc.record({
    shown: reports,
    more: fc.nat(2_000),
    feed: source,
    others: fc.option(fc.nat(3), { nil: undefined }),
  });
  fc.assert(
    fc.property(given, audience, ({ shown, more, feed, others }, readers) => {
      const feeds = new Set(shown.map((entry) => entry.source.slug)).size + (others ?? 0);
      const messages = composeDigest(
        {
          shown: shown.map(boundedAlert),
          more,
          before: 0,
          source: feed,
          ...(others !== undefined && { scheduled: { feeds } }),
        },
        { ...readers, stories: "merge" },
      );
      const total = messages.reduce((sum, message) => sum + placesIn(message), more);
      let first = 1;
      for (const message of messages) {
        const { entries } = JSON.parse(message.machine) as { readonly entries: readonly { key: string }[] };
        expect(entries.map(({ key }) => key)).toEqual(message.keys);
        if (total === 1 && more === 0) continue;
        const places = placesIn(message);
        const mail = withoutMarks(message.email);
        const numbers = [...mail.matchAll(/^(\d+)\. /gmu)].map(([, number]) => Number(number));
        for (let number = first; number < first + places; number++)
          expect(numbers.filter((other) => other === number).length).toBeGreaterThanOrEqual(
            places > 5 ? 2 : 1,
          );
        first += places;
        const [heading = "", ...lines] = message.sms.text.split("\n");
        for (const text of [message.subject, heading]) expect(withoutSeparators(text)).toContain(`${total}`);
        expect(withoutSeparators(mail)).toContain(message.more > 0 ? `+${message.more}` : "");
        const listed = lines.filter((line) => line.startsWith("- ")).length;
        const counted = lines.find((line) => /^\+[\d.,\s]+$/u.test(line)) ?? "";
        expect(listed + Number(counted.replace(/\D/gu, ""))).toBe(places + message.more);
      }
      expect(messages.flatMap(({ keys }) => keys).toSorted()).toEqual(shown.map(({ key }) => key).toSorted());
    }),
    { numRuns: 25 },
  );
});

test("an SMS is written in UCS-2 if only its prefix has characters that GSM-7 lacks", () => {
  const [message] = composeDigest(
    { shown: [], more: 12, before: 3, source: gazette },
    { ...digestOf(london), displayName: "Quay ’n’ Co" },
  );
  expect(message?.sms).toMatchObject({
    encoding: "UCS-2",
    text: "12 more headlines · Harbour Gazette\n+12\nhttps://gazette.example/",
  });
});
