import type { Block } from "./block.ts";
import { isContinued, joinText } from "./line-joins.ts";
import { isHan } from "./plain.ts";

const colon = /[:：]$/u;
const endMark = /[\p{Sentence_Terminal}…:：]$/u;

/** UTF-16 code units above which a list's item or a label says more than a few words. */
const maxItem = 80;
const maxLabel = 60;

/**
 * The blocks with those that belong to one sentence made one: a term and its descriptions (`Depth: 9 km`), the short
 * items of a list and the colon before it, and a sentence that goes on in the next paragraph. A term without a
 * description is left out.
 */
export function connectBlocks(blocks: readonly Block[]): readonly Block[] {
  return withContinuations(withLists(withLabels(blocks)));
}

const isBody = ({ aside, labelled, linked }: Block): boolean => !aside && !labelled && linked <= 0.6;

function withLabels(blocks: readonly Block[]): readonly Block[] {
  if (!blocks.some(({ part }) => part === "term")) return blocks;
  const merged: Block[] = [];
  for (let at = 0; at < blocks.length; at += 1) {
    const block = blocks[at]!;
    const isLabel =
      block.part === "term" && block.text.length <= maxLabel && !/[.!?。！？]$/u.test(block.text);
    if (!isLabel) {
      merged.push(block);
      continue;
    }
    const values: string[] = [];
    while (blocks[at + 1]?.part === "description") {
      at += 1;
      values.push(blocks[at]!.text);
    }
    if (values.length > 0) merged.push({ ...block, text: labelled(block.text, values) });
  }
  return merged;
}

function labelled(label: string, values: readonly string[]): string {
  const name = label.replace(colon, "").trimEnd();
  return isHan(name) ? `${name}：${values.join("，")}` : `${name}: ${values.join(", ")}`;
}

/** A list's short items follow the colon before it as one sentence. */
function withLists(blocks: readonly Block[]): readonly Block[] {
  if (!blocks.some(({ kind, afterLineBreak }) => kind === "item" || afterLineBreak === true)) return blocks;
  const merged: Block[] = [];
  for (let at = 0; at < blocks.length; at += 1) {
    const block = blocks[at]!;
    const items: string[] = [];
    if (
      block.kind !== "heading" &&
      block.kind !== "item" &&
      colon.test(block.text.slice(-1)) &&
      isBody(block)
    )
      for (const next of blocks.slice(at + 1)) {
        if (next.kind !== "item" && next.afterLineBreak !== true) break;
        const isShort =
          next.text.length <= maxItem && !endMark.test(next.text.slice(-2)) && next.part === undefined;
        if (!isShort || !isBody(next)) {
          items.length = 0;
          break;
        }
        items.push(next.text);
      }
    merged.push(items.length === 0 ? block : { ...block, text: listed(block.text, items) });
    at += items.length;
  }
  return merged;
}

function listed(text: string, items: readonly string[]): string {
  const isCjk = isHan(text);
  const hasCommas = items.some((item) => /[,，、]/u.test(item));
  const separator = isCjk ? (hasCommas ? "；" : "、") : hasCommas ? "; " : ", ";
  return joinText(text, items.map((item) => item.replace(/[,，、;；]$/u, "")).join(separator));
}

function withContinuations(blocks: readonly Block[]): readonly Block[] {
  const merged: Block[] = [];
  for (const block of blocks) {
    const last = merged.at(-1);
    if (last === undefined || !continuesIn(last, block)) merged.push(block);
    else merged.splice(-1, 1, { ...block, ...startOf(last), text: joinText(last.text, block.text) });
  }
  return merged;
}

const continuesIn = (last: Block, block: Block): boolean =>
  (block.kind === "paragraph" || block.kind === "loose") &&
  block.afterLineBreak !== true &&
  last.kind === block.kind &&
  isBody(last) &&
  isBody(block) &&
  !last.small &&
  !block.small &&
  isContinued(last.text, block.text);

const startOf = ({ afterLineBreak, linked }: Block) => ({
  linked,
  ...(afterLineBreak && { afterLineBreak }),
});
