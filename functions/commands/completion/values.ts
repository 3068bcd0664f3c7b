import { awsProfiles } from "../../console/aws-profiles.ts";
import { errorTable } from "../../core/errors.ts";
import type { StackConfiguration } from "../../../infra/config/stack-configuration.ts";
import { readConfiguration } from "../options.ts";
import {
  deployedStacks,
  localAudiences,
  localFeeds,
  localQuarantine,
  type LocalPlace,
} from "./local-names.ts";
import type { CompletedWord } from "./wanted.ts";

/** The shell completes names of files. */
export const files = "files";

interface Place extends LocalPlace {
  /** Value of `--config`. */
  readonly config?: string;
}

type Source = typeof files | ((place: Place) => Promise<readonly CompletedWord[]>);

/** A configuration that is not valid has no names; the command itself says why. */
const configurationOf = ({ config }: Place): Promise<StackConfiguration | undefined> =>
  readConfiguration(config).catch(() => undefined);

/** One word for each value: the first. */
const distinct = (words: readonly CompletedWord[]): readonly CompletedWord[] =>
  words.filter(({ value }, i) => words.findIndex((word) => word.value === value) === i);

const audiences: Source = async (place) => {
  const configured = (await configurationOf(place))?.audiences ?? [];
  const running = place.config === undefined ? await localAudiences(place) : [];
  return distinct([
    ...configured.map(({ name, mode }) => ({ value: name, description: mode })),
    ...running.map((value) => ({ value, description: "audience of the local stack" })),
  ]);
};

const feeds: Source = async (place) => {
  const configured = Object.entries((await configurationOf(place))?.feeds ?? {});
  const running = place.config === undefined ? await localFeeds(place) : [];
  return distinct([
    ...configured.map(([value, { title = "" }]) => ({ value, description: title })),
    ...running.map((value) => ({ value, description: "feed of the local stack" })),
  ]);
};

const stacks: Source = async (place) => {
  const deployed = await deployedStacks(place);
  const configured = (await configurationOf(place))?.deployment.stackName;
  return distinct([
    ...deployed.map((value) => ({ value, description: "deployed from this folder" })),
    ...(configured === undefined ? [] : [{ value: configured, description: "the stack of cdk.json" }]),
  ]);
};

const timeZones: Source = async () =>
  ["UTC", ...Intl.supportedValuesOf("timeZone")].map((value) => ({ value, description: "" }));

const codes: Source = async () =>
  Object.entries(errorTable).map(([value, { message }]) => ({ value, description: message }));

const quarantine: readonly CompletedWord[] = [
  { value: "quarantine/", description: "what could not be read or sent" },
];

const quarantined: Source = async (place) =>
  distinct([
    ...quarantine,
    ...(await localQuarantine(place)).map(({ key, code }) => ({ value: key, description: code })),
  ]);

const keys: Source = async (place) => [
  ...(await quarantined(place)),
  ...(await feeds(place)).map(({ value, description }) => ({ value: `snapshots/${value}/`, description })),
];

/** Where the values of options and arguments come from. One name means the same in every command. */
const sources: Readonly<Record<string, Source>> = {
  "--audience": audiences,
  "--from": audiences,
  "--to": audiences,
  audience: audiences,
  "--feed": feeds,
  "--stack": stacks,
  "--profile": async () =>
    (await awsProfiles(process.env)).map((value) => ({ value, description: "AWS profile" })),
  "--config": files,
  "--html": files,
  file: files,
  path: files,
  "--time-zone": timeZones,
  code: codes,
  target: keys,
  key: quarantined,
};

/** The known values of an option or argument; none for one whose values are free. */
export async function valuesOf(name: string, place: Place): Promise<readonly CompletedWord[] | typeof files> {
  const source = sources[name];
  if (source === undefined || source === files) return source ?? [];
  return source(place);
}
