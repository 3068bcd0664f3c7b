import { parseConfiguration } from "../../infra/config/configuration.ts";
import type { LocalStack } from "../../infra/local/local-stack.ts";
import { startLocalStack } from "../../infra/local/stack.ts";

/** A stack with something to see in every place: audiences with rules and schedules, failures, a reader to confirm. */
export async function openDemonstration(): Promise<LocalStack> {
  const stack = await startLocalStack({
    configuration: parseConfiguration({
      timeoutSeconds: 20,
      audiences: [
        { name: "alerts", mode: "alerts" },
        { name: "digest", mode: "digest" },
        {
          name: "morning",
          mode: "digest",
          schedule: "weekdays 07:00",
          timeZone: "Asia/Shanghai",
          displayName: "HARBOUR",
          rules: { languages: ["en", "zh"], exclude: ["advertisement", "广告"], maximumAgeDays: 14 },
        },
      ],
    }),
  });
  return stack;
}

/** Uploads what the pictures show; resolves when all of it is delivered. */
export async function fillDemonstration(
  stack: LocalStack,
  samples: (stack: LocalStack) => Promise<void>,
): Promise<void> {
  await samples(stack);
  await stack.idle({ timeoutSeconds: 300 });
  await stack.uploader.put("snapshots/gazette/2026-11-20.xml", "%PDF-1.7 a scanned newspaper, not a feed");
  await stack.uploader.put(
    "snapshots/tidewater/2026-11-21.xml",
    `<?xml version="1.0"?><rss version="2.0"><channel><title>The Tidewater Review</title><link>https://tidewater.example/</link><item><title>Seal pups counted on the north beach: 214, a record</title><link>https://tidewater.example/2026/11/seal-pups</link><guid>tidewater-4420</guid><pubDate>Sat, 21 Nov 2026 09:30:00 GMT</pubDate><description>Volunteers counted 214 seal pups on the north beach this week, forty more than in any year since the count began in 1987. The wardens ask walkers to keep dogs on a lead until January.</description></item></channel></rss>`,
  );
  const subscription = { audience: "morning", protocol: "email", endpoint: "harbour.master@reader.example" };
  await fetch(`${stack.inbox}/api/subscriptions`, { method: "POST", body: JSON.stringify(subscription) });
  await stack.idle({ timeoutSeconds: 300 });
}
