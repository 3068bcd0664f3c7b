/** Exit codes of every command and of `npm start`. */
export const exitCodes = { done: 0, failed: 1, wrongUsage: 2 } as const;

/** The same for `--help`. */
export const exitCodesInWords =
  "Exit codes: 0 done; 1 an input could not be read, a snapshot was quarantined or dead-lettered, or the command failed;\n" +
  "2 wrong usage or configuration.";
