/** The parts of a CloudFormation template that a synthesized stack uses. */
export interface Template {
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Outputs?: Readonly<Record<string, { readonly Value: unknown }>>;
  readonly Parameters?: Readonly<Record<string, { readonly Default?: unknown }>>;
}

export interface Resource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly DependsOn?: string | readonly string[];
  readonly Condition?: string;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
  readonly Metadata?: Readonly<Record<string, unknown>>;
}

/** A created resource: the value of `Ref`, and the values of `Fn::GetAtt`. */
export interface Physical {
  readonly ref: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** Values of the names in a template. */
export interface TemplateScope {
  /** Parameters and pseudo parameters such as `AWS::Region`. */
  readonly parameters: ReadonlyMap<string, unknown>;
  readonly resources: ReadonlyMap<string, Physical>;
}

/** The template uses something that the local stack does not support; the message says what and where. */
export class TemplateError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(`The template can't be deployed locally: ${message}`, options);
    this.name = "TemplateError";
  }
}

type Resolver = (argument: unknown, scope: TemplateScope, place: string) => unknown;

/** The supported intrinsic functions; any other is an error. */
const functions: Readonly<Record<string, Resolver>> = {
  Ref: (name, scope, place) => lookUp(String(name), scope, place),

  "Fn::GetAtt"(argument, scope, place) {
    const [name = "", attribute = ""] = Array.isArray(argument)
      ? argument.map(String)
      : String(argument).split(".", 2);
    return getAttribute(name, attribute, scope, place);
  },

  "Fn::Join"(argument, scope, place) {
    const [separator, parts] = argument as [string, unknown];
    const resolved = resolve(parts, scope, place);
    if (!Array.isArray(resolved)) throw new TemplateError(`Fn::Join at ${place} needs a list`);
    return resolved.map(String).join(separator);
  },

  "Fn::Sub"(argument, scope, place) {
    const [text, variables] = (Array.isArray(argument) ? argument : [argument, {}]) as [
      string,
      Record<string, unknown>,
    ];
    return text.replace(/\$\{(!?)([^}]+)\}/g, (_, literal: string, name: string) => {
      if (literal) return `\${${name}}`;
      if (Object.hasOwn(variables, name)) return String(resolve(variables[name], scope, place));
      const dot = name.indexOf(".");
      if (dot < 0) return String(lookUp(name, scope, place));
      return getAttribute(name.slice(0, dot), name.slice(dot + 1), scope, place);
    });
  },

  "Fn::Select"(argument, scope, place) {
    const [index, list] = argument as [unknown, unknown];
    const items = resolve(list, scope, place) as readonly unknown[];
    const item = items[Number(resolve(index, scope, place))];
    if (item === undefined) throw new TemplateError(`Fn::Select at ${place} has an index out of range`);
    return item;
  },

  "Fn::Split"(argument, scope, place) {
    const [separator, text] = argument as [string, unknown];
    return String(resolve(text, scope, place)).split(separator);
  },
};

function lookUp(name: string, scope: TemplateScope, place: string): unknown {
  if (scope.parameters.has(name)) return scope.parameters.get(name);
  const resource = scope.resources.get(name);
  if (!resource) throw new TemplateError(`Ref at ${place} names ${name}, which is unknown`);
  return resource.ref;
}

function getAttribute(name: string, attribute: string, scope: TemplateScope, place: string): string {
  const value = scope.resources.get(name)?.attributes[attribute];
  if (value === undefined)
    throw new TemplateError(`Fn::GetAtt at ${place} names ${name}.${attribute}, which is unknown`);
  return value;
}

/** Evaluates every intrinsic function in a value; omits properties that are `AWS::NoValue`. */
export function resolve(value: unknown, scope: TemplateScope, place: string): unknown {
  if (Array.isArray(value)) return value.map((item, index) => resolve(item, scope, `${place}[${index}]`));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value);
  const [name = "", argument] = entries[0] ?? [];
  if (entries.length === 1 && (name === "Ref" || name.startsWith("Fn::") || name === "Condition")) {
    const known = functions[name];
    // `Condition` is also a key of IAM statements, but never their only one.
    if (!known) throw new TemplateError(`the intrinsic function ${name} at ${place} is unknown`);
    return known(argument, scope, place);
  }
  return Object.fromEntries(
    entries
      .map(([key, inner]) => [key, resolve(inner, scope, `${place}.${key}`)] as const)
      .filter(([, inner]) => inner !== undefined),
  );
}

/** Logical names that a value refers to, including parameters and pseudo parameters. */
export function references(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(references);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    if (key === "Ref") return [String(inner)];
    if (key === "Fn::GetAtt")
      return [String(Array.isArray(inner) ? inner[0] : String(inner).split(".", 1)[0])];
    if (key !== "Fn::Sub") return references(inner);
    const [text, variables] = (Array.isArray(inner) ? inner : [inner, {}]) as [string, unknown];
    const named = [...text.matchAll(/\$\{([^!}.]+)[^}]*\}/g)].map((found) => found[1] ?? "");
    return [...named, ...references(variables)];
  });
}

/** Sorts the resources so that each follows the ones that it refers to or depends on. */
export function inOrder(template: Template): (readonly [string, Resource])[] {
  const ordered = new Map<string, Resource>();
  const visiting = new Set<string>();
  const visit = (name: string) => {
    const resource = template.Resources[name];
    if (!resource || ordered.has(name)) return;
    if (visiting.has(name))
      throw new TemplateError(`circular dependency between the resources ${[...visiting].join(", ")}`);
    visiting.add(name);
    for (const other of [...references(resource.Properties), ...[resource.DependsOn ?? []].flat()])
      visit(other);
    visiting.delete(name);
    ordered.set(name, resource);
  };
  for (const name of Object.keys(template.Resources)) visit(name);
  return [...ordered];
}
