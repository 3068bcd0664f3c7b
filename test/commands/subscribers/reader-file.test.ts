import { expect, test } from "vitest";
import { readReaderFile } from "../../../functions/commands/subscribers/reader-file.ts";

const topics = ["alerts", "digest"].map((audience) => ({ audience, topic: `arn:${audience}` }));

test("a file names the audience of each reader; repeated lines are one reader", () => {
  const text = [
    "audience,address,protocol,filter,state,protected",
    "alerts,+1 202 555 0123,sms,,confirmed,false",
    'digest,Reader@example.org,email,"{""feed"":[""voa""]}",pending,',
    "digest,reader@EXAMPLE.org,,feed=voa,,",
    "digest,reader@example.org,email-json,,,",
  ].join("\n");
  expect(readReaderFile(text, topics)).toEqual({
    readers: [
      { audience: "alerts", topic: "arn:alerts", address: { protocol: "sms", endpoint: "+12025550123" } },
      {
        audience: "digest",
        topic: "arn:digest",
        address: { protocol: "email", endpoint: "Reader@example.org" },
        filter: '{"feed":["voa"]}',
      },
      {
        audience: "digest",
        topic: "arn:digest",
        address: { protocol: "email-json", endpoint: "reader@example.org" },
      },
    ],
    repeated: 1,
    ofOthers: 0,
  });
});

test("with one audience the lines of others are counted and not read", () => {
  const text = "audience,address\nalerts,+12025550123\nsports,no address\n,reader@example.org\n";
  const { readers, ofOthers } = readReaderFile(text, topics.slice(0, 1), "alerts");
  expect(readers.map(({ address }) => address.endpoint)).toEqual(["+12025550123", "reader@example.org"]);
  expect(ofOthers).toBe(1);
});

test("all mistakes are listed by line, and no address is printed", () => {
  const text = [
    "audience,address,filter",
    "alert,reader@example.org,",
    "alerts,2025550123,",
    ",reader@example.org,",
    "alerts,reader@example.org,fed=voa",
    "alerts,other@example.org,feed=a",
    "alerts,other@example.org,feed=b",
  ].join("\n");
  const read = () => readReaderFile(text, topics);
  expect(read).toThrow(
    [
      "The file has mistakes; nothing was sent.",
      '  line 2: there is no audience "alert" here; did you mean alerts?',
      "  line 3: expected a telephone number with + and country code, such as +12025550123",
      "  line 4: found no audience; expected a column audience or the option --audience",
      "  line 5: The filter is not valid: no message has the attribute fed; did you mean feed?.",
      "  line 7: the same address as before, with another filter",
    ].join("\n"),
  );
});

test("a file full of mistakes lists twenty", () => {
  const text = `address\n${"nobody\n".repeat(1_021)}`;
  expect(() => readReaderFile(text, topics.slice(0, 1))).toThrow(/line 21: [^\n]+\n {2}and 1,001 more$/);
});

test.each([
  ["name,address\nA,a@example.org", 'The header has the column "name"'],
  ["audience\nalerts", "has no column address"],
  ['address\n"', "is no CSV: line 2"],
])("%j is refused: %s", (text, says) => {
  expect(() => readReaderFile(text, topics)).toThrow(says);
});
