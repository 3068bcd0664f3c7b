import { defineConfig } from "vitest/config";
import { SkipReporter } from "./test/support/skip-reporter.ts";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // A hanging test fails; a slow or busy machine does not fail a test.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 60_000 } },
    maxWorkers: 2,
    // The CDK's check of each template takes two seconds; the test of `cdk synth` makes it.
    env: { CDK_VALIDATION: "false" },
    reporters: ["default", new SkipReporter()],
  },
});
