import type { Act, Arena } from "./arena.ts";
import { dueAtOnce } from "./arena-configuration.ts";
import type { Call } from "./calls.ts";
import { applies, kinds, type Kind } from "./proxy.ts";
import type { Scenario } from "./scenarios.ts";
import { judge, type Verdict } from "./verdict.ts";

/** One thing that goes wrong in one scenario. */
export interface FaultCase {
  readonly scenario: Scenario;
  /** The call that is hit (where it ends with a dot, any of that service), and which of several such calls, from 0. */
  readonly call: string;
  readonly occurrence: number;
  /** Whether every clean run makes the call; some are only made when the machine is slow. */
  readonly certain: boolean;
  readonly kind: Kind;
  /** Once; or at every repetition of the call for some time. */
  readonly lasts: boolean;
}

export const nameOf = ({ scenario, call, occurrence, kind, lasts }: FaultCase): string =>
  `${scenario.name}: ${call} #${occurrence + 1} ${kind}${lasts ? ", lasting" : ""}`;

export interface CaseResult extends Verdict {
  readonly case: FaultCase;
  /** How often the fault was injected; 0 means that the case has shown nothing. */
  readonly injected: number;
  readonly redriven: number;
}

export interface Observed {
  /** How many different calls of the name a run made at most. */
  readonly count: number;
  readonly certain: boolean;
}

/** What an audience is due; the one with a schedule only in scenarios that are about it. */
const dueOf = (
  { isScheduled, expected }: Scenario,
  feed: string,
): ((audience: string) => readonly string[]) =>
  isScheduled
    ? (audience: string) => expected(feed, audience)
    : dueAtOnce((audience) => expected(feed, audience));

/** The different calls of runs in which nothing else goes wrong. */
export async function observe(
  arena: Arena,
  scenario: Scenario,
  feed: string,
): Promise<ReadonlyMap<string, Observed>> {
  const rounds: ReadonlyMap<string, number>[] = [];
  // The first time the processes have yet to start, so that nothing runs at once.
  for (const round of [1, 2, 3]) {
    const calls: Call[] = [];
    const record = (call: Call): undefined => void calls.push(call);
    const result = await arena.play(actOf(scenario, `${feed}${round}`, record));
    const verdict = judge(dueOf(scenario, `${feed}${round}`), result);
    if (verdict.lost.length + verdict.broken.length > 0)
      throw new Error(
        `${scenario.name} fails by itself: ${JSON.stringify([verdict, result.quarantined, result.deaths.length])}`,
      );
    rounds.push(tally(calls.filter(({ name }) => scenario.about?.test(name) ?? true)));
  }
  const names = new Set(rounds.flatMap((calls) => [...calls.keys()]));
  return new Map(
    [...names].map((name) => {
      const counts = rounds.map((calls) => calls.get(name) ?? 0);
      return [name, { count: Math.max(...counts), certain: !counts.includes(0) }] as const;
    }),
  );
}

/** A scenario with its own trouble and a further fault, which can only occur once the scenario's `before` has ended. */
function actOf(scenario: Scenario, feed: string, decide: (call: Call) => Kind | undefined): Act {
  let isOpen = false;
  const so = { ended: 0, troubles: 0 };
  const trouble = (call: Call): Kind | undefined => {
    const kind = scenario.trouble?.(call, so);
    if (kind !== undefined) so.troubles++;
    return kind;
  };
  return {
    async upload(arena) {
      await scenario.before?.(arena, feed, so);
      isOpen = true;
      await scenario.upload(arena, feed);
    },
    decide: (call) => (isOpen ? decide(call) : undefined) ?? trouble(call),
    ...(scenario.behaviour && { behaviour: scenario.behaviour }),
    onEnd: () => {
      so.ended++;
    },
  };
}

function tally(made: readonly Call[]): Map<string, number> {
  const fingerprints = Map.groupBy(made, ({ name }) => name);
  return new Map(
    [...fingerprints].map(([name, calls]) => [name, new Set(calls.map((c) => c.fingerprint)).size]),
  );
}

/**
 * Everything that can go wrong with these calls, with the first and the last of each name: each kind once, and lasting
 * where that makes a difference.
 */
export function casesOf(scenario: Scenario, calls: ReadonlyMap<string, Observed>): FaultCase[] {
  return [...calls].flatMap(([call, { count, certain }]) =>
    (count > 1 ? [0, count - 1] : [0]).flatMap((occurrence) =>
      kinds
        .filter((kind) => applies(kind, { name: call }))
        .flatMap((kind) => {
          const lasting = /^(killed|cut)/.test(kind) ? [false] : [false, true];
          return lasting.map((lasts) => ({ scenario, call, occurrence, certain, kind, lasts }));
        }),
    ),
  );
}

/** A lasting fault outlasts the invocation that it hits, and no other one by much. */
const lastingMilliseconds = (timeoutSeconds: number): number => timeoutSeconds * 1000 + 500;

/** Plays one case with a feed of its own. */
export async function playCase(arena: Arena, faultCase: FaultCase, feed: string): Promise<CaseResult> {
  const { scenario, call: name, occurrence, kind, lasts } = faultCase;
  const met = new Map<string, number>();
  let injected = 0;
  let end = Infinity;
  const decide = (call: Call): Kind | undefined => {
    if (call.name !== name && !(name.endsWith(".") && call.name.startsWith(name))) return undefined;
    const place = met.get(call.fingerprint) ?? met.size;
    met.set(call.fingerprint, place);
    if (place !== occurrence || Date.now() > end) return undefined;
    if (injected++ === 0) end = Date.now() + (lasts ? lastingMilliseconds(arena.timeoutSeconds) : -1);
    return kind;
  };
  const after = await arena.play(actOf(scenario, feed, decide));
  const verdict = judge(dueOf(scenario, feed), after);
  const expected = scenario.quarantined?.(feed) ?? [];
  const missing = expected.filter((key) => !after.quarantined.includes(key));
  const unexpected = after.quarantined.filter(
    (key) => key.startsWith(`quarantine/${feed}/`) && !expected.includes(key),
  );
  const reasons = after.quarantined.filter((key) => /^quarantine\/~messages\/.*\.reason\.json$/.test(key));
  const unkept = (scenario.refusedMessages ?? 0) - new Set(reasons).size;
  const broken = [
    ...verdict.broken,
    ...missing.map((key) => `${key} is missing`),
    ...unexpected.map((key) => `${key} was quarantined`),
    ...(unkept > 0 ? [`${unkept} refused messages are missing`] : []),
  ];
  return { ...verdict, broken, case: faultCase, injected, redriven: after.redriven };
}
