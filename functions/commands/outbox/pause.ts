import { stackLedger } from "../../aws/stack-ledger.ts";
import { logLine as jsonLine } from "../../aws/telemetry.ts";
import { isConfirmed } from "../../console/confirmation.ts";
import { counted, safeLine, write } from "../../console/terminal.ts";
import { holdSeconds } from "../../core/delivery/hold-delay.ts";
import { audiencesOf, checkAudience } from "../known-names.ts";
import { program } from "../options.ts";
import { need, type StackOptions } from "../stack.ts";
import { withStack } from "../with-stack.ts";

export interface PauseOptions extends StackOptions {
  readonly audience?: string;
  readonly yes?: true;
  readonly json?: true;
}

/** Pauses or resumes one audience, or all of the configuration. */
export const setPaused = (options: PauseOptions, isPaused: boolean): Promise<void> =>
  withStack(isPaused ? "pause" : "resume", options, async (stack, clients) => {
    const audiences = await audiencesOf(stack);
    const { audience } = options;
    if (audience !== undefined) checkAudience(audience, audiences);
    const chosen = audience === undefined ? audiences : [audience];
    const ledger = stackLedger(clients, need(stack, "table").table);
    const states = await Promise.all(
      chosen.map(async (name) => ({ name, since: (await ledger.readAudience(name)).pausedSince })),
    );
    const isChange = ({ since }: PauseState) => (since !== undefined) !== isPaused;
    const changed = states.filter(isChange);
    const what = isPaused
      ? `${safeLine(stack.name)}: nothing more is published to ${inWords(changed)} until \`${program} resume\`.`
      : `${safeLine(stack.name)}: the held messages of ${inWords(changed)} go out.`;
    if (changed.length > 0 && !(await isConfirmed({ what, elsewhere: "proceed" }, options))) return;
    for (const name of chosen) {
      await ledger.pause(name, isPaused);
      if (options.json) await write(process.stdout, `${jsonLine({ audience: name, paused: isPaused })}\n`);
    }
    if (options.json) return;
    const same = states.filter((state) => !isChange(state));
    const [done, before] = isPaused ? ["paused", "already paused"] : ["resumed", "not paused before"];
    const parts = [
      ...(changed.length > 0 ? [`${inWords(changed)} ${done}`] : []),
      ...(same.length > 0 ? [`${inWords(same)} ${before}`] : []),
    ].join(", ");
    const { usual, long, longAfter } = holdSeconds;
    const isLong = changed.some(({ since = Infinity }) => Date.now() - since > 1_000 * longAfter);
    const next = `; held messages go out within ${(isLong ? long : usual) / 60} minutes`;
    await write(
      process.stdout,
      `${safeLine(stack.name)}: ${parts}${!isPaused && changed.length > 0 ? next : ""}\n`,
    );
  });

interface PauseState {
  readonly name: string;
  /** Epoch milliseconds; absent: not paused. */
  readonly since: number | undefined;
}

const inWords = (audiences: readonly PauseState[]): string =>
  `${counted(audiences.length, "audience", "audiences")} (${audiences.map(({ name }) => name).join(", ")})`;
