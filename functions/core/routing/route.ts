import type { Audience, Rules } from "../configuration.ts";
import type { Entry } from "../feed/entry.ts";
import { plainText } from "../feed/text/plain-text.ts";
import { loadPatterns } from "./patterns.ts";
import { subjectOf } from "./rule-subject.ts";
import { judge, type Verdict } from "./rules.ts";

/** Who gets an entry, and why. */
export interface Routed {
  /** Names of the audiences whose rules let it in. */
  readonly due: readonly string[];
  /** Audiences that have rules, with what the rules decided. */
  readonly decisions: readonly RuleDecision[];
}

export interface RuleDecision {
  readonly audience: string;
  readonly verdict: Verdict;
}

/** Applies every audience's rules to an entry. */
export type Router = (
  entry: Entry,
  /** `feed`: slug; `now`: epoch milliseconds. */
  context: { readonly feed: string; readonly now: number },
) => Routed;

const routers = new WeakMap<readonly Audience[], Promise<Router>>();

/** The router for the audiences. It is made once for each list of audiences. */
export function loadRouter(audiences: readonly Audience[]): Promise<Router> {
  const known = routers.get(audiences);
  if (known) return known;
  const made = makeRouter(audiences);
  routers.set(audiences, made);
  return made;
}

async function makeRouter(audiences: readonly Audience[]): Promise<Router> {
  const patterns = await loadPatterns(audiences);
  const languageOf = audiences.some(({ rules }) => asksLanguage(rules))
    ? (await import("../summary/language/entry-language.ts")).languageOf
    : undefined;
  return (entry, { feed, now }) => {
    const text = () => plainText(`${entry.description ?? ""} ${entry.content ?? ""}`);
    const subject = subjectOf(entry, { feed, now, text, language: () => languageOf?.(entry) });
    const due: string[] = [];
    const decisions: RuleDecision[] = [];
    for (const { name, rules } of audiences) {
      const verdict = judge(rules, subject, patterns);
      if (verdict.outcome === "accepted") due.push(name);
      if (verdict.because.length > 0) decisions.push({ audience: name, verdict });
    }
    return { due, decisions };
  };
}

/** Whether rules, or rules within them, depend on an entry's language. */
const asksLanguage = ({ languages, any = [], all = [], not }: Rules): boolean =>
  languages !== undefined || [...any, ...all, ...(not ? [not] : [])].some(asksLanguage);
