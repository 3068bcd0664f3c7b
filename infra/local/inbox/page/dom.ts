import { keepFocus } from "./focus.ts";

/** An element of index.html. */
export function byId(id: string): HTMLElement;
export function byId<T extends HTMLElement>(id: string, kind: new () => T): T;
export function byId(id: string, kind = HTMLElement): HTMLElement {
  const found = document.getElementById(id);
  if (found instanceof kind) return found;
  throw new Error(`index.html has no element ${id}.`);
}

interface Properties {
  readonly class?: string;
  readonly text?: string;
  readonly dir?: "auto";
  /** BCP 47. */
  readonly lang?: string | undefined;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly onClick?: (event: MouseEvent) => void;
}

export type Content = Node | string | false | undefined;

/** Creates an element. Texts are only set as text, never as markup. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  properties: Properties = {},
  ...children: readonly Content[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  const { class: className, text, dir, lang, attributes = {}, onClick } = properties;
  if (className !== undefined) made.className = className;
  if (text !== undefined) made.textContent = text;
  if (dir) made.dir = dir;
  if (lang !== undefined) made.lang = lang;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  if (onClick) made.addEventListener("click", onClick as EventListener);
  made.append(...children.filter((child) => child !== undefined && child !== false));
  return made;
}

/** An icon of the sprite in index.html. */
export function icon(name: string): SVGSVGElement {
  const namespace = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(namespace, "svg");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(namespace, "use");
  use.setAttribute("href", `#icon-${name}`);
  svg.append(use);
  return svg;
}

/** A button with a text and, before it, an icon. */
export const button = (
  text: string,
  onClick: () => void,
  { kind = "", icon: name }: { readonly kind?: string; readonly icon?: string } = {},
): HTMLButtonElement =>
  element(
    "button",
    { class: kind, attributes: { type: "button" }, onClick },
    name !== undefined && icon(name),
    text,
  );

/** The version of each element that a list shows. */
const versions = new WeakMap<Element, string>();

/**
 * Makes the children of a list those of `items`, and reuses the elements of items whose version is the same, so that
 * focus, scroll position and open details stay.
 */
export function syncList<T>(
  list: HTMLElement,
  items: readonly T[],
  { key, version, make }: { key(item: T): string; version(item: T): string; make(item: T): HTMLElement },
): void {
  const old = new Map([...list.children].map((child) => [(child as HTMLElement).dataset["key"], child]));
  const wanted = items.map((item) => {
    const existing = old.get(key(item));
    if (existing && versions.get(existing) === version(item)) return existing;
    const made = make(item);
    made.dataset["key"] = key(item);
    versions.set(made, version(item));
    return made;
  });
  if (wanted.length === list.childElementCount && wanted.every((child, i) => child === list.children[i]))
    return;
  const kept = new Set<Element>(wanted);
  keepFocus(list, () => {
    for (const gone of [...list.children].filter((child) => !kept.has(child))) gone.remove();
    for (const [index, child] of wanted.entries())
      if (list.children[index] !== child) list.insertBefore(child, list.children[index] ?? null);
  });
}
