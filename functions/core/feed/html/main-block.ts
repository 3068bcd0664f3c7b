import { spacelessLetters } from "../text/spaceless-scripts.ts";
import { isAside, isElement, type PageElement, type PageNode } from "./page-elements.ts";

/** The text of an element, measured in letters, those of scripts without spaces count twice. */
interface TextMeasure {
  /** All text. */
  readonly text: number;
  /** The part of the text that is in links. */
  readonly linked: number;
  /** Sentence ends and commas. */
  readonly marks: number;
  /** Headings that are links. */
  readonly linkedHeadings: number;
}

interface Frame {
  readonly element: PageElement;
  /** Children that are still to be visited, the next one last. */
  readonly ahead: PageNode[];
  text: number;
  linked: number;
  marks: number;
  linkedHeadings: number;
  /** Text of the element itself and of the inline elements in it. */
  own: number;
  ownLinked: number;
  ownMarks: number;
}

export interface MeasuredPage {
  readonly measures: ReadonlyMap<PageElement, TextMeasure>;
  readonly scores: ReadonlyMap<PageElement, number>;
}

const inline = new Set(
  "a abbr b bdi bdo big br cite code del dfn em font i img ins kbd label mark q s samp small span strike strong sub sup time tt u var wbr".split(
    " ",
  ),
);
const paragraphs = new Set(["p", "pre", "blockquote", "li", "dd"]);
const headings = /^h[1-6]$/;
const minParagraph = 40;
/** `Node.TEXT_NODE` of the DOM. */
const textNode = 3;
const spaceless = new RegExp(`[${spacelessLetters}]`, "gu");
const punctuation = /[.!?,;。！？，、；．۔؟،।]/g;

/** Measures the text of all elements below one, without those that belong to no article, in one pass. */
export function measureText(root: PageElement): MeasuredPage {
  const measures = new Map<PageElement, TextMeasure>();
  const scores = new Map<PageElement, number>();
  const frames: Frame[] = [frameOf(root)];
  for (let frame = frames.at(-1); frame !== undefined; frame = frames.at(-1)) {
    const node = frame.ahead.pop();
    if (node === undefined) {
      frames.pop();
      leave(frame, frames, scores);
      const { text, linked, marks, linkedHeadings } = frame;
      measures.set(frame.element, { text, linked, marks, linkedHeadings });
    } else if (isElement(node)) {
      if (!isAside(node)) frames.push(frameOf(node));
    } else if (node.nodeType === textNode && "data" in node) addText(frame, node.data);
  }
  return { measures, scores };
}

function frameOf(element: PageElement): Frame {
  const counts = { text: 0, linked: 0, marks: 0, linkedHeadings: 0, own: 0, ownLinked: 0, ownMarks: 0 };
  return { element, ahead: element.children.toReversed(), ...counts };
}

function addText(frame: Frame, data: string): void {
  const text = data.replace(/\s+/g, " ").trim();
  const length = text.length + (text.match(spaceless)?.length ?? 0);
  const marks = text.match(punctuation)?.length ?? 0;
  frame.text += length;
  frame.own += length;
  frame.marks += marks;
  frame.ownMarks += marks;
}

/** Adds an element's measures to its parent, and its score to the elements that may be the text's container. */
function leave(frame: Frame, frames: readonly Frame[], scores: Map<PageElement, number>): void {
  const { name } = frame.element;
  const outer = frames.at(-1);
  if (name === "a") {
    frame.linked = frame.text;
    frame.ownLinked = frame.own;
  }
  if (headings.test(name) && frame.linked > 0) frame.linkedHeadings = 1;
  if (outer === undefined) return;
  outer.text += frame.text;
  outer.linked += frame.linked;
  outer.marks += frame.marks;
  outer.linkedHeadings += frame.linkedHeadings;
  if (inline.has(name)) {
    outer.own += frame.own;
    outer.ownLinked += frame.ownLinked;
    outer.ownMarks += frame.ownMarks;
    return;
  }
  if (headings.test(name) || frame.own < minParagraph || frame.ownLinked * 2 > frame.own) return;
  const worth = 1 + frame.ownMarks + Math.min(3, frame.own / 100);
  const credited = paragraphs.has(name) ? [outer, frames.at(-2)] : [frame, outer];
  for (const [at, one] of credited.entries())
    if (one !== undefined) scores.set(one.element, (scores.get(one.element) ?? 0) + worth / (at + 1));
}

/** Of all elements the one that most likely contains the text, as Arc90's Readability weighs them. */
export function mainBlock({ measures, scores }: MeasuredPage): PageElement | undefined {
  let best: PageElement | undefined;
  let most = 0;
  for (const [element, score] of scores) {
    const measure = measures.get(element);
    if (measure === undefined) continue;
    const weighed = score * (1 - measure.linked / Math.max(1, measure.text));
    if (weighed > most) [best, most] = [element, weighed];
  }
  return best;
}
