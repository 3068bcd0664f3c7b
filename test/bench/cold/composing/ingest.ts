/** Ingest with all that a snapshot with news loads. */
export { handler } from "../../../../functions/ingest.ts";

await import("../../../../functions/core/routing/audience-messages.ts");
