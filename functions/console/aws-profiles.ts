import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import path from "node:path";
import { suggestion } from "./suggestion.ts";
import { UsageError } from "./usage-error.ts";

/**
 * Names of the profiles in the shared configuration and credentials files of the AWS SDKs (AWS SDKs and Tools Reference
 * Guide, 'Shared config and credentials files': `[profile NAME]` and `[default]` in one, `[NAME]` in the other).
 */
export async function awsProfiles(env: Readonly<NodeJS.ProcessEnv>): Promise<readonly string[]> {
  const home = path.join(homedir(), ".aws");
  const config = await sectionsOf(env["AWS_CONFIG_FILE"] || path.join(home, "config"));
  const credentials = await sectionsOf(env["AWS_SHARED_CREDENTIALS_FILE"] || path.join(home, "credentials"));
  const named = config.flatMap((section) => {
    if (section === "default") return [section];
    const isProfile = /^profile\s/.test(section);
    return isProfile ? [unquoted(section.slice("profile".length).trim())] : [];
  });
  return [...new Set([...named, ...credentials])];
}

/** Throws `UsageError` where no file has the profile; the SDK would say only that it found no credentials. */
export async function checkProfile(profile: string, env: Readonly<NodeJS.ProcessEnv>): Promise<void> {
  const known = await awsProfiles(env);
  if (known.includes(profile)) return;
  const advice =
    known.length === 0
      ? "there is none in ~/.aws/config and ~/.aws/credentials."
      : suggestion(profile, known);
  throw new UsageError(`There is no AWS profile ${JSON.stringify(profile)}; ${advice}`);
}

async function sectionsOf(file: string): Promise<readonly string[]> {
  const text = await readFile(file, "utf8").catch(() => "");
  return text.split("\n").flatMap((line) => {
    const trimmed = line.trim();
    const end = trimmed.indexOf("]");
    return trimmed.startsWith("[") && end > 0 ? [trimmed.slice(1, end).trim()] : [];
  });
}

const unquoted = (name: string): string => name.replace(/^["']/, "").replace(/["']$/, "");
