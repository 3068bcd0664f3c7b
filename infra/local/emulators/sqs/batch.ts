import { SqsError } from "./errors.ts";
import { isRecord, type SqsInput, type SqsOutput } from "./input.ts";

/** Most entries of a batch request (Amazon SQS Developer Guide, "Message quotas"). */
const maxEntries = 10;

/** Reads the entries of a batch request; throws where SQS refuses the batch as a whole. */
export function readEntries(input: SqsInput): readonly (SqsInput & { readonly Id: string })[] {
  const entries = Array.isArray(input["Entries"]) ? (input["Entries"] as unknown[]) : [];
  if (entries.length === 0)
    throw new SqsError("EmptyBatchRequest", "There should be at least one entry in the request.");
  if (entries.length > maxEntries) {
    const message = `Maximum number of entries per request are ${maxEntries}. You have sent ${entries.length}.`;
    throw new SqsError("TooManyEntriesInBatchRequest", message);
  }
  const read = entries.map((entry) => {
    const record = isRecord(entry) ? entry : {};
    const { Id } = record;
    if (typeof Id === "string" && /^[\w-]{1,80}$/.test(Id)) return { ...record, Id };
    throw new SqsError(
      "InvalidBatchEntryId",
      "A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.",
    );
  });
  const ids = read.map(({ Id }) => Id);
  const repeated = ids.find((id, index) => ids.indexOf(id) !== index);
  if (repeated === undefined) return read;
  throw new SqsError("BatchEntryIdsNotDistinct", `Id ${repeated} repeated.`);
}

/** Runs an action for each entry; an entry that fails does not stop the others. */
export function runBatch(input: SqsInput, action: (entry: SqsInput) => SqsOutput): SqsOutput {
  const Successful: SqsOutput[] = [];
  const Failed: SqsOutput[] = [];
  for (const entry of readEntries(input)) {
    const { Id } = entry;
    try {
      Successful.push({ Id, ...action(entry) });
    } catch (error) {
      if (!(error instanceof SqsError)) throw error;
      Failed.push({ Id, SenderFault: true, Code: error.queryCode, Message: error.message });
    }
  }
  return { Successful, ...(Failed.length > 0 && { Failed }) };
}
