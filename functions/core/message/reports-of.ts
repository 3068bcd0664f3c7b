import type { Alert } from "./message.ts";

/** An alert and the reports in its Also line. */
export const reportsOf = (alert: Alert): readonly Alert[] => [alert, ...(alert.also ?? [])];
