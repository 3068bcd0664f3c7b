import type { MessageView } from "../views.ts";
import { byId, element, syncList } from "./dom.ts";
import { counted, timeElement } from "./format.ts";
import { isUnread } from "./read-marks.ts";
import { addressOf } from "./route.ts";
import { row } from "./row.ts";
import { matchesSearch, state } from "./state.ts";
import { startOf } from "./text-lines.ts";

/** Maximum number of rows; more would make the page slow. */
const maxRows = 300;

/** The messages to one telephone number. */
export interface Telephone {
  readonly number: string;
  /** Oldest first. */
  readonly messages: readonly MessageView[];
}

/** The mails that match search and filters, newest first. */
export const shownMails = (): readonly MessageView[] =>
  state.messages.filter((message) => message.channel === "email" && isShown(message)).toReversed();

/** The telephones with messages that match, the newest message first. */
export function shownTelephones(): readonly Telephone[] {
  const messages = state.messages.filter((message) => message.channel === "sms" && isShown(message));
  return [...Map.groupBy(messages, ({ to }) => to)]
    .map(([number, messages]) => ({ number, messages }))
    .sort((a, b) => (b.messages.at(-1)?.id ?? 0) - (a.messages.at(-1)?.id ?? 0));
}

function isShown({ audience, feeds, subject, text, to }: MessageView): boolean {
  if (state.audience !== "" && audience !== state.audience) return false;
  if (state.feed !== "" && !feeds.includes(state.feed)) return false;
  return matchesSearch(subject, text, to, audience, ...feeds);
}

export function drawInboxList(mails: readonly MessageView[], telephones: readonly Telephone[]): void {
  const isMail = state.channel === "mail";
  byId("tab-mail").setAttribute("aria-pressed", String(isMail));
  byId("tab-phone").setAttribute("aria-pressed", String(!isMail));
  byId("count-mail").textContent = String(mails.length);
  byId("count-phone").textContent = String(telephones.length);
  byId("mail-list").hidden = !isMail;
  byId("phone-list").hidden = isMail;
  const nothing = byId("nothing-found");
  nothing.hidden = (isMail ? mails : telephones).length > 0;
  nothing.textContent = nothingText();
  syncList<MessageView | number>(
    byId("mail-list"),
    mails.length > maxRows ? [...mails.slice(0, maxRows), mails.length - maxRows] : mails,
    {
      key: (item) => (typeof item === "number" ? "older" : String(item.id)),
      version: (item) =>
        typeof item === "number" ? String(item) : `${isUnread(item)} ${item.id === state.mail}`,
      make: (item) => (typeof item === "number" ? olderRow(item) : mailRow(item)),
    },
  );
  syncList(byId("phone-list"), telephones, {
    key: ({ number }) => number,
    version: ({ number, messages }) =>
      `${messages.at(-1)?.id} ${messages.filter(isUnread).length} ${number === state.phone}`,
    make: phoneRow,
  });
}

function nothingText(): string {
  if (!state.isComplete) return "Loading…";
  const isChosen = state.search !== "" || state.audience !== "" || state.feed !== "";
  if (isChosen) return "No message matches the search and filters.";
  return state.channel === "mail" ? "No mails." : "No text messages.";
}

function mailRow(message: MessageView): HTMLElement {
  const { id, subject, text, audience, at, language } = message;
  return row(
    addressOf("inbox", `mail/${id}`),
    { isCurrent: id === state.mail, isUnread: isUnread(message) },
    element(
      "span",
      { class: "row-top" },
      element("span", { class: "tag", text: audience }),
      isUnread(message) && element("span", { class: "hidden", text: "unread" }),
      timeElement(at),
    ),
    element("span", { class: "row-title", text: subject, dir: "auto", lang: language }),
    element("span", { class: "row-text", text: startOf(text, subject), dir: "auto", lang: language }),
  );
}

function phoneRow({ number, messages }: Telephone): HTMLElement {
  const last = messages.at(-1);
  const unread = messages.filter(isUnread).length;
  return row(
    addressOf("inbox", `phone/${number}`),
    { isCurrent: number === state.phone, isUnread: unread > 0 },
    element(
      "span",
      { class: "row-top" },
      element("span", {
        class: "tag",
        text: [...new Set(messages.map(({ audience }) => audience))].join(", "),
      }),
      last && timeElement(last.at),
    ),
    element("span", { class: "row-title" }, number),
    element("span", { class: "row-text", text: last?.text ?? "", dir: "auto", lang: last?.language }),
    element("span", {
      class: "row-note",
      text: `${counted(messages.length, "message")}${unread > 0 ? `, ${unread} unread` : ""}`,
    }),
  );
}

const olderRow = (count: number): HTMLElement =>
  element("li", { class: "nothing", text: `${counted(count, "older mail")} not shown: search for them.` });
