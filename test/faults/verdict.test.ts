import { expect, test } from "vitest";
import type { Aftermath } from "./arena.ts";
import type { Kind, Seen } from "./proxy.ts";
import { markOf } from "./snapshots.ts";
import { judge } from "./verdict.ts";

// The judge of all fault tests: what it must not overlook.

const titleOf = (n: number) => markOf("feed1", n);
const due = (numbers: readonly number[]) => (audience: string) =>
  audience === "alerts" ? numbers.map(titleOf) : [];

let order = 0;
const base = { service: "sns", fingerprint: "", at: 1_000, tookEffect: true, answeredAfter: 10 } as const;

/** A publish to the audience alerts that SNS accepted. */
function publish(numbers: readonly number[], more = 0, fields: Partial<Seen> = {}): Seen {
  const email = numbers.map(titleOf).join("\n") + (more > 0 ? `\n+${more} more in this snapshot` : "");
  const text = `${numbers.join()} +${more}`;
  const message = { id: "0", text, audience: "alerts", keys: numbers.map(String), more, email };
  const call = { ...base, name: "sns.PublishBatch", published: [message], accepted: [message] };
  return { ...call, order: order++, done: order++, ...fields };
}

/** A sent mark of the message that shows these entries. */
const mark = (numbers: readonly number[], fields: Partial<Seen> = {}): Seen => ({
  ...base,
  service: "dynamodb",
  name: "dynamodb.PutItem sent",
  published: [],
  accepted: [],
  marks: numbers.join(),
  order: order++,
  done: order++,
  ...fields,
});

/** The messages of these publishes as they were enqueued. */
const enqueue = (...texts: readonly string[]): Seen => ({
  ...base,
  service: "sqs",
  name: "sqs.SendMessageBatch outbox",
  published: [],
  accepted: [],
  enqueued: texts.map((text) => ({ id: text.split(" ")[0] ?? "", text })),
  order: order++,
  done: order++,
});

const after = (calls: readonly Seen[], fields: Partial<Aftermath> = {}): Aftermath => {
  const texts = calls.flatMap(({ published }) => published.map(({ text }) => text));
  const seen = [enqueue(...texts), ...calls];
  const mails = seen.flatMap(({ accepted }) =>
    accepted.map(({ email }) => ({ audience: "alerts", text: email, at: 0 })),
  );
  return {
    seen,
    mails,
    texts: mails,
    deaths: [],
    redriven: 0,
    quarantined: [],
    patience: 1_000,
    unfinished: [],
    ...fields,
  };
};

const none = { "answer lost": 0, "process died": 0, "mark refused": 0 };
const fault = (kind: Kind): Partial<Seen> => ({ fault: kind, tookEffect: false, done: Infinity });

test("each entry once is as promised", () => {
  const seen = [publish([1]), mark([1]), publish([2]), mark([2])];
  expect(judge(due([1, 2]), after(seen))).toEqual({ lost: [], duplicates: none, broken: [] });
});

test("an entry that is counted is not lost, one that is neither shown nor counted is", () => {
  expect(judge(due([1, 2, 3]), after([publish([1], 2)])).lost).toEqual([]);
  expect(judge(due([1, 2, 3]), after([publish([1], 1)])).lost).toEqual([
    `${titleOf(2)} for alerts`,
    `${titleOf(3)} for alerts`,
  ]);
});

test("counts of several messages add up", () => {
  const both = [publish([1], 2), publish([2], 1)];
  expect(judge(due([1, 2, 3, 4, 5]), after(both))).toEqual({ lost: [], duplicates: none, broken: [] });
  expect(judge(due([1, 2, 3, 4, 5, 6]), after(both)).lost).toHaveLength(4);
});

test.each<[string, () => Aftermath, Partial<typeof none> | "unexplained"]>([
  ["for no reason", () => after([publish([1]), publish([1])]), "unexplained"],
  [
    "although it was recorded, even when the answer was lost",
    () => after([publish([1], 0, { answeredAfter: Infinity }), mark([1]), publish([1])]),
    "unexplained",
  ],
  [
    "although the process that died had marked it",
    () => after([publish([1]), mark([1]), publish([1])], { deaths: [{ from: 0, to: 2_000 }] }),
    "unexplained",
  ],
  [
    "because the answer was lost",
    () => after([publish([1], 0, { answeredAfter: Infinity }), publish([1]), mark([1])]),
    { "answer lost": 1 },
  ],
  [
    "because the answer came too late",
    () => after([publish([1], 0, { answeredAfter: 900 }), publish([1])]),
    { "answer lost": 1 },
  ],
  [
    "because the process was killed",
    () => after([publish([1], 0, { answeredAfter: Infinity, fault: "killed after" }), publish([1])]),
    { "process died": 1 },
  ],
  [
    "because the process died before it could mark it",
    () => after([publish([1]), publish([1])], { deaths: [{ from: 0, to: 2_000 }] }),
    { "process died": 1 },
  ],
  [
    "because the ledger refused the mark",
    () => after([publish([1]), mark([1], fault("throttled")), publish([1])]),
    { "mark refused": 1 },
  ],
  [
    "because the ledger refused the mark of another message",
    () => after([publish([1]), mark([2], fault("throttled")), publish([1])]),
    "unexplained",
  ],
  [
    "in a count, because the answer was lost",
    () => after([publish([1], 1, { answeredAfter: Infinity }), publish([1], 1)]),
    { "answer lost": 1 },
  ],
  ["in a count, for no reason", () => after([publish([1], 1), publish([1], 1)]), "unexplained"],
])("an entry is repeated %s", (_, make, expected) => {
  const numbers = [1, 2].filter((n) => make().mails.some(({ text }) => text.includes(titleOf(n))));
  const verdict = judge(due(numbers), make());
  expect(verdict.broken.length).toBe(expected === "unexplained" ? 1 : 0);
  expect(verdict.duplicates).toEqual(expected === "unexplained" ? none : { ...none, ...expected });
});

test("a mail that never arrived, one that nobody sent, and an entry that is not done are seen", () => {
  expect(judge(due([1]), after([publish([1])], { mails: [] })).lost).toHaveLength(1);
  const stray = [{ audience: "alerts", text: titleOf(9), at: 0 }];
  expect(judge(due([]), after([], { mails: stray, texts: [] })).broken).toHaveLength(2);
  expect(judge(due([1]), after([publish([1])], { unfinished: ["entry"] })).broken).toHaveLength(1);
});
