import { InvalidArgumentError } from "commander";

/** Reads the option `--feed` where it becomes a part of a key: the name of a folder under `snapshots/`. */
export function feedName(value: string): string {
  if (value !== "" && value !== "." && value !== ".." && !value.includes("/")) return value;
  throw new InvalidArgumentError("Expected the name of a folder, without a slash.");
}
