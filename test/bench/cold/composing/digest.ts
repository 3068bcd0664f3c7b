/** Digest with all that a slot with entries loads. */
export { handler } from "../../../../functions/digest.ts";

await import("../../../../functions/core/digest/compose-scheduled.ts");
