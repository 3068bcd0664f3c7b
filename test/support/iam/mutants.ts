import type { PolicyDocument, Statement } from "./evaluate.ts";

export interface Mutant {
  /** What was changed. */
  readonly change: string;
  readonly document: PolicyDocument;
}

/**
 * Every document that differs from the given one by one grant less or one grant wider. In the policy of a resource
 * `Resource` can only mean that resource, so it is not widened there.
 */
export function* mutantsOf(document: PolicyDocument, kind: "identity" | "resource"): Iterable<Mutant> {
  for (const [index, statement] of document.Statement.entries()) {
    const before = JSON.stringify(statement);
    const variants = [
      ["removed", []] as const,
      ...variantsOf(statement, kind).map(([change, variant]) => [change, [variant]] as const),
    ];
    for (const [change, replacement] of variants) {
      if (replacement.some((one) => JSON.stringify(one) === before)) continue;
      const Statement = document.Statement.toSpliced(index, 1, ...replacement);
      yield { change: `${change} in ${before}`, document: { Statement } };
    }
  }
}

type Variant = readonly [change: string, statement: Statement];

function variantsOf(statement: Statement, kind: "identity" | "resource"): readonly Variant[] {
  const { Action, Resource, Principal, Condition = {} } = statement;
  const actions = [Action].flat() as string[];
  return [
    ...lists(statement, "Action"),
    ...actions.map((action): Variant => {
      const [service] = action.split(":", 1);
      return ["every action", { ...statement, Action: `${service}:*` }];
    }),
    ...(kind === "identity" && Resource !== undefined
      ? [...lists(statement, "Resource"), ...([Resource].flat() as string[]).flatMap(wider(statement))]
      : []),
    ...(Principal === undefined || isEverybody(Principal)
      ? []
      : [["every principal", { ...statement, Principal: "*" }] as const, ...fewerServices(statement)]),
    ...conditions(statement, Condition as Conditions),
  ];
}

/** One of several services less. */
function fewerServices(statement: Statement): readonly Variant[] {
  const { Service = [] } = statement["Principal"] as { readonly Service?: string | readonly string[] };
  const services = [Service].flat();
  if (services.length < 2) return [];
  return services.map((service, index) => [
    `without ${service}`,
    { ...statement, Principal: { Service: services.toSpliced(index, 1) } },
  ]);
}

const isEverybody = (principal: unknown): boolean =>
  principal === "*" || (principal as Readonly<Record<string, unknown>>)["AWS"] === "*";

/** One value of a list less. */
const lists = (statement: Statement, element: "Action" | "Resource"): readonly Variant[] => {
  const values = [statement[element]].flat();
  if (values.length < 2) return [];
  return values.map((value, index) => [
    `without ${String(value)}`,
    { ...statement, [element]: values.toSpliced(index, 1) },
  ]);
};

/** A resource without its last part, and every resource. */
const wider =
  (statement: Statement) =>
  (resource: string): readonly Variant[] => [
    ["every resource", { ...statement, Resource: "*" }],
    [
      "resources whose names start alike",
      { ...statement, Resource: resource.endsWith("*") ? resource.replace(/[/:]\*$/, "*") : `${resource}*` },
    ],
  ];

type Conditions = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** A condition less, or one of its values. */
const conditions = (statement: Statement, all: Conditions): readonly Variant[] =>
  Object.entries(all).flatMap(([operator, keys]) =>
    Object.entries(keys).flatMap(([key, values]): readonly Variant[] => {
      const withKey = (rest: object) => ({
        ...statement,
        Condition: { ...all, [operator]: rest },
      });
      const { [key]: _, ...others } = keys;
      const several = [values].flat();
      return [
        [`without the condition ${key}`, withKey(others)],
        ...(several.length < 2
          ? []
          : several.map((value, index): Variant => [
              `without the value ${String(value)}`,
              withKey({ ...keys, [key]: several.toSpliced(index, 1) }),
            ])),
      ];
    }),
  );
