import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { printEvents } from "../../functions/commands/logs/run.ts";
import { viewQuarantined } from "../../functions/commands/quarantine/list.ts";
import { viewTrace } from "../../functions/commands/trace/view.ts";
import { plain } from "../../functions/console/terminal.ts";
import { textWidth } from "../../functions/core/text-width.ts";
import { parseConfiguration } from "../../infra/config/configuration.ts";

const widths = [60, 80, 120, 200] as const;
const link =
  "https://harbour.example/2026/11/26/海风市新图书馆向市民开放/index.html?from=feed&section=city-and-region";
const key = "snapshots/港口新闻/archive/2026/11/26/morning-edition-of-the-harbour-news.xml";
const title =
  "👩‍🚀 海风市新图书馆向市民开放，晚上和周末也开门 · مكتبة جديدة · e\u0301te\u0301 with words at the end of it";

/** Every line fits, but for one that has nothing besides a link or key. */
function expectFit(text: string, width: number) {
  const tooWide = text.split("\n").filter((line) => textWidth(line) > width);
  const hasWide = (line: string) =>
    line.split(" ").some((word) => word.includes("/") && textWidth(word) > width - 20);
  expect(tooWide.filter((line) => !hasWide(line))).toEqual([]);
}

describe("trace", () => {
  const configuration = parseConfiguration({ audiences: [{ name: "alerts", mode: "alerts" }] });
  const traced = {
    feed: "harbour-news",
    key: "feed#harbour-news#4420",
    title,
    link,
    claim: { id: "3nB0hT_ap6Q", state: "finished" },
    snapshot: { key, versionId: "5f2c1a3e-7b1d-4c37-9b53-0b7d9d5f1f4e" },
    decided: "2026-11-26T08:00:01.250Z",
    audiences: [
      {
        audience: "alerts",
        fate: "sent",
        at: "2026-11-26T08:00:01.000Z",
        message: {
          id: "3nB0hT_ap6Q.0.2",
          kind: "alert",
          subject: title,
          acceptedAs: "0b7d9d5f-5f2c-4c37-9b53-1a3e7b1d1f4e",
        },
      },
      {
        audience: "digest",
        fate: "skipped",
        why: "its rules do not select the entry (by the present rules)",
      },
    ],
  } as const;

  test.each(widths)("fits a terminal of %i columns, with each link and key in one piece", (width) => {
    const shown = viewTrace(traced, configuration, { paint: plain, width });
    expectFit(shown, width);
    for (const whole of [link, key, "3nB0hT_ap6Q.0.2", "0b7d9d5f-5f2c-4c37-9b53-1a3e7b1d1f4e"])
      expect(shown.split(/[ \n;]/)).toContain(whole);
  });

  test("is one line for each fact in a pipe", () => {
    const lines = viewTrace(traced, configuration, { paint: plain }).split("\n");
    expect(lines).toHaveLength(7);
    expect(lines[0]).toBe(`${title}  harbour-news`);
    // A sent mark has whole seconds: no entry is decided after it was sent.
    expect(lines[4]).toBe("  decided   2026-11-26T08:00:01Z");
    expect(lines[5]).toMatch(/^ {2}alerts {4}sent 2026-11-26T08:00:01Z; alert/);
    expect(lines[6]).toBe("  digest    skipped; its rules do not select the entry (by the present rules)");
  });

  test("colours the state only", () => {
    const painted = viewTrace(traced, configuration, {
      paint: (style, text) => `<${style}>${text}</>`,
      width: 80,
    });
    expect(painted).toContain("  digest    <dim>skipped</>; its rules");
    expect(painted).toContain("  alerts    <green>sent</> 2026");
  });
});

describe("quarantine list", () => {
  const item = {
    at: "2026-11-26T08:00:00.000Z",
    key: "quarantine/港口新闻/2026.xml",
    code: "unknown-format",
    found: `%PDF-1.7 ${title}`,
    expected: "a feed in one of the formats that the README lists",
    message: { id: "1", audience: "alerts", subject: title },
  };

  test.each(widths)("fits a terminal of %i columns, with each key in one piece", (width) => {
    for (const one of [item, { ...item, key: `quarantine/${"港".repeat(20)}/2026.xml` }]) {
      const lines = viewQuarantined(one, { paint: plain, width });
      expect(lines).toHaveLength(2);
      for (const line of lines) expect(textWidth(line)).toBeLessThanOrEqual(width);
      expect(lines.join(" ").split(" ")).toEqual(expect.arrayContaining([one.key, one.at]));
      expect(lines[1]).toContain("unknown-format: found %PDF");
    }
    const [first] = viewQuarantined(
      { ...item, key: `quarantine/${"k".repeat(300)}` },
      { paint: plain, width },
    );
    expect(first).toBe(`quarantine/${"k".repeat(300)}`);
  });

  test("is complete in a pipe", () => {
    expect(viewQuarantined(item, { paint: plain, width: undefined })).toEqual([
      `${item.at}  ${item.key}  ${title}`,
      `  unknown-format: found ${item.found}; expected ${item.expected}`,
    ]);
  });
});

describe("logs", () => {
  const { isTTY, columns } = process.stdout;
  beforeEach(() => void (process.stdout.isTTY = true));
  afterEach(() => {
    vi.restoreAllMocks();
    Object.assign(process.stdout, { isTTY, columns });
  });

  test.each(widths)("fits a terminal of %i columns, with each key in one piece", async (width) => {
    process.stdout.columns = width;
    let shown = "";
    vi.spyOn(process.stdout, "write").mockImplementation((text) => {
      shown += String(text);
      return true;
    });
    const byAudience = { alerts: 2, digest: 1, "weekly-overview": 1, "board-of-the-harbour": 3 };
    const line = { event: "done", key, feed: "harbour", new: 2, known: 30, byAudience };
    const reason = { code: "unknown-format", found: title, expected: "a feed" };
    const lines = [line, { event: "quarantined", key, ...reason }];
    const events = lines.map((one) => ({
      at: Date.parse("2026-11-26T08:00:00Z"),
      text: JSON.stringify(one),
    }));
    await printEvents(
      (async function* () {
        yield* events;
      })(),
      {},
    );
    expectFit(shown, width);
    expect(shown.split(/[ \n]/).filter((word) => word === `${key.slice("snapshots/".length)}:`)).toHaveLength(
      2,
    );
    expect(shown.match(/^2026-11-26T08:00:00\.000Z /gm)).toHaveLength(2);
  });

  test.each([
    [{}, "No upload is in the log; of a deployed stack it shows the last hour without --since.\n"],
    [
      { feed: "voa", since: Date.parse("2026-11-20") },
      "No upload of the feed voa was logged since 2026-11-20T00:00:00.000Z.\n",
    ],
    [{ json: true }, ""],
  ] as const)("of nothing say so: %j", async (options, expected) => {
    let shown = "";
    vi.spyOn(process.stdout, "write").mockImplementation((text) => {
      shown += String(text);
      return true;
    });
    await printEvents((async function* () {})(), options);
    expect(shown).toBe(expected);
  });
});
