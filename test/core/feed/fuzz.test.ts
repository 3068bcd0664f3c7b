import { expect, test } from "vitest";
import { runCase } from "./fuzz/run.ts";

// The long form is `npm run fuzz`: 200,000 cases from seed 1.
test("1,000 mutated snapshots are read or rejected, equally in every step size", async () => {
  for (let seed = 1_000_000; seed < 1_001_000; seed++) {
    const { verdict, milliseconds, reason } = await runCase(seed);
    expect({ seed, verdict, reason }).toMatchObject({
      seed,
      verdict: expect.stringMatching(/^(?:read|refused)$/),
    });
    expect(milliseconds).toBeLessThan(5000);
  }
});
