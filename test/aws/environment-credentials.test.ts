import { afterEach, expect, it, vi } from "vitest";
import { defaultProvider } from "../../functions/aws/environment-credentials.ts";

afterEach(() => {
  vi.unstubAllEnvs();
});

it("returns the credentials in the environment when they are needed", async () => {
  const provide = defaultProvider();
  vi.stubEnv("AWS_ACCESS_KEY_ID", "key");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "secret");
  vi.stubEnv("AWS_SESSION_TOKEN", "");
  expect(await provide()).toEqual({ accessKeyId: "key", secretAccessKey: "secret" });
  vi.stubEnv("AWS_SESSION_TOKEN", "token");
  expect(await provide()).toEqual({ accessKeyId: "key", secretAccessKey: "secret", sessionToken: "token" });
});

it("names the variables that are missing, and no value", async () => {
  vi.stubEnv("AWS_ACCESS_KEY_ID", "key-1");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", undefined);
  await expect(defaultProvider()()).rejects.toThrow(
    "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are missing; Lambda sets them.",
  );
});
