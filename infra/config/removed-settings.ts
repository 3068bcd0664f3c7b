/** Settings that no longer exist, by their path, with the new spelling or the reason. `[]` stands for any index. */
export const removedSettings: Readonly<Record<string, string>> = {
  "audiences[].smsParts": 'was renamed: write "sms": { "parts": { "alert": 2, "digest": 3 } }',
  "audiences[].cadence":
    'was replaced: write "mode": "alerts" instead of "each", and "mode": "digest", "schedule": "upload" instead of "upload"',
  "audiences[].burst": "was renamed: write maxAlerts",
  "deployment.memoryMegabytes":
    'was replaced: write "memory": { "ingest": 1024, "deliver": 256, "digest": 512, "watch": 512 }, in megabytes',
  "deployment.batchSize":
    "was removed: each invocation reads one snapshot, so that a snapshot that crashes it delays no other",
};
