import { awsProfiles } from "../../console/aws-profiles.ts";
import { errorTable } from "../../core/errors.ts";
import { readConfiguration } from "../options.ts";
import type { CompletedWord } from "./wanted.ts";

/** The shell completes names of files. */
export const files = "files";

interface Place {
  /** Value of `--config`. */
  readonly config?: string;
}

type Source = typeof files | ((place: Place) => Promise<readonly CompletedWord[]>);

const audiences: Source = async ({ config }) => {
  const configuration = await readConfiguration(config);
  return configuration.audiences.map(({ name, mode }) => ({ value: name, description: mode }));
};

const feeds: Source = async ({ config }) => {
  const configuration = await readConfiguration(config);
  return Object.entries(configuration.feeds).map(([value, { title = "" }]) => ({
    value,
    description: title,
  }));
};

const timeZones: Source = async () =>
  ["UTC", ...Intl.supportedValuesOf("timeZone")].map((value) => ({ value, description: "" }));

const codes: Source = async () =>
  Object.entries(errorTable).map(([value, { message }]) => ({ value, description: message }));

const quarantine: readonly CompletedWord[] = [
  { value: "quarantine/", description: "what could not be read or sent" },
];

const keys: Source = async (place) => [
  ...quarantine,
  ...(await feeds(place)).map(({ value, description }) => ({ value: `snapshots/${value}/`, description })),
];

/** Where the values of options and arguments come from. One name means the same in every command. */
const sources: Readonly<Record<string, Source>> = {
  "--audience": audiences,
  "--from": audiences,
  "--to": audiences,
  audience: audiences,
  "--feed": feeds,
  "--profile": async () =>
    (await awsProfiles(process.env)).map((value) => ({ value, description: "AWS profile" })),
  "--config": files,
  "--html": files,
  file: files,
  path: files,
  "--time-zone": timeZones,
  code: codes,
  target: keys,
  key: async () => quarantine,
};

/** The known values of an option or argument; none for one whose values are free. */
export async function valuesOf(name: string, place: Place): Promise<readonly CompletedWord[] | typeof files> {
  const source = sources[name];
  if (source === undefined || source === files) return source ?? [];
  try {
    return await source(place);
  } catch {
    // A configuration that is not valid has no names; the command itself says why.
    return [];
  }
}
