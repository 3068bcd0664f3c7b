import { parseConfiguration } from "../../infra/config/configuration.ts";
import { startLocalStack } from "../../infra/local/stack.ts";
import { marksIn, range, rss } from "./snapshots.ts";
import { mostInASecond } from "./windows.ts";

/** So many function processes at once, each with a snapshot of its own feed: how many messages a reader gets in a second. */
export async function playPacing(
  invocations: number,
): Promise<{ readonly summary: string; readonly isKept: boolean }> {
  const stack = await startLocalStack({
    configuration: parseConfiguration({
      timeoutSeconds: 60,
      deployment: { maximumConcurrency: invocations },
    }),
  });
  try {
    await stack.idle();
    const each = 4;
    let atOnce = 0;
    const upload = (numbers: readonly number[]) =>
      Promise.all(
        range(1, invocations).map((n) =>
          stack.uploader.put(`snapshots/pace${n}/latest.xml`, rss(`pace${n}`, numbers)),
        ),
      );
    await upload(range(1, each));
    while ((await stack.waiting()).length > 0) {
      atOnce = Math.max(atOnce, stack.processes.filter(({ busy }) => busy).length);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    await stack.idle({ timeoutSeconds: 300 });
    const lines = ["alerts", "digest"].map((audience) => {
      // An SMS is stamped when it is handed to its reader; mails queue up before the SMTP server.
      const texts = stack.messages().filter((one) => one.audience === audience && one.channel === "sms");
      const mails = stack.messages().filter((one) => one.audience === audience && one.channel === "email");
      const marks = mails.flatMap(({ text }) => marksIn(text));
      return {
        audience,
        messages: texts.length,
        most: mostInASecond(texts.map(({ at }) => Date.parse(at))),
        isOnce: new Set(marks).size === marks.length && marks.length === invocations * each,
      };
    });
    return {
      isKept: lines.every(({ most, isOnce }) => most <= 8 && isOnce),
      summary: `${invocations} snapshots, ${atOnce} processes at once: ${lines
        .map(
          ({ audience, messages, most }) =>
            `${audience} got ${messages} messages, at most ${most} in any second`,
        )
        .join("; ")}`,
    };
  } finally {
    await stack.stop();
  }
}

/** The messages of one snapshot to an audience of so many messages a second: how many it gets in a second. */
export async function playRate(
  messagesPerSecond: number,
): Promise<{ readonly summary: string; readonly isKept: boolean }> {
  const count = 5 * messagesPerSecond;
  const audience = { name: "alerts", mode: "alerts", maxAlerts: count, messagesPerSecond };
  const stack = await startLocalStack({ configuration: parseConfiguration({ audiences: [audience] }) });
  try {
    await stack.uploader.put("snapshots/rate/latest.xml", rss("rate", [1]));
    await stack.idle();
    stack.clearMessages();
    await stack.uploader.put("snapshots/rate/latest.xml", rss("rate", range(1, count + 1)));
    await stack.idle({ timeoutSeconds: 300 });
    const times = stack
      .messages()
      .filter(({ channel }) => channel === "sms")
      .map(({ at }) => Date.parse(at));
    const rate = (times.length - 1) / ((Math.max(...times) - Math.min(...times)) / 1000);
    const most = mostInASecond(times);
    return {
      isKept: times.length === count && most <= messagesPerSecond && rate >= messagesPerSecond / 2,
      summary: `messagesPerSecond ${messagesPerSecond}: ${times.length} messages, ${rate.toFixed(0)} a second, at most ${most} in any second`,
    };
  } finally {
    await stack.stop();
  }
}
