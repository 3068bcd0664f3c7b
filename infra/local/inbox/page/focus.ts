const controls = "a[href], button, input, select, summary";

/**
 * Changes a part of the page. A control in it that had the focus has it afterwards, also where it was moved or made anew;
 * where it is gone, the next link at its place or the part around it gets the focus.
 */
export function keepFocus(part: HTMLElement, change: () => void): void {
  const focused = document.activeElement;
  if (!(focused instanceof HTMLElement) || !part.contains(focused)) return change();
  const key = itemAround(focused, part)?.dataset["key"];
  const index = itemsOf(part).findIndex((item) => item.dataset["key"] === key);
  const name = nameOf(focused);
  const place = controlsOf(itemAround(focused, part) ?? part).indexOf(focused);
  change();
  if (document.activeElement === focused) return;
  const item = key === undefined ? part : itemsOf(part).find((other) => other.dataset["key"] === key);
  const target =
    (focused.isConnected && focused) ||
    (item && sameControl(controlsOf(item), name, place)) ||
    (focused.matches("a") && controlsOf(itemsOf(part)[index] ?? itemsOf(part).at(-1) ?? part)[0]) ||
    part.closest<HTMLElement>("[tabindex]");
  if (target) target.focus({ preventScroll: true });
}

const itemsOf = (part: HTMLElement): readonly HTMLElement[] => [
  ...part.querySelectorAll<HTMLElement>(":scope > [data-key]"),
];

const itemAround = (element: HTMLElement, part: HTMLElement): HTMLElement | undefined =>
  itemsOf(part).find((item) => item.contains(element));

const controlsOf = (root: HTMLElement): HTMLElement[] => [...root.querySelectorAll<HTMLElement>(controls)];

/** What tells a control from the others of its item. Texts with counts change: see {@link sameControl}. */
const nameOf = (control: HTMLElement): string =>
  `${control.tagName} ${control.getAttribute("href") ?? control.getAttribute("aria-label") ?? control.textContent}`;

/** The control of the same name; or that at the same place, if it is no button: a button that does something else gets no focus. */
function sameControl(
  candidates: readonly HTMLElement[],
  name: string,
  place: number,
): HTMLElement | undefined {
  const [tag] = name.split(" ");
  const atPlace = candidates[place];
  return (
    candidates.find((control) => nameOf(control) === name) ??
    (tag !== "BUTTON" && atPlace?.tagName === tag ? atPlace : undefined)
  );
}
