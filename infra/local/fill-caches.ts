import { getAssembly } from "./assembly.ts";

// One after the other: the second one uses the bundled functions of the first.
await getAssembly({ unpaced: true });
await getAssembly({});
// Node.js keeps their compiled code.
await import("./run-once-and-end.ts");
await import("./run-until-stopped.ts");
