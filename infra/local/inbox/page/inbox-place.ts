import { byId } from "./dom.ts";
import { counted } from "./format.ts";
import { drawInboxList, shownMails, shownTelephones, type Telephone } from "./inbox-list.ts";
import { drawMail } from "./mail-view.ts";
import { request } from "./notices.ts";
import { drawPhone } from "./phone-view.ts";
import { isUnread, mark } from "./read-marks.ts";
import { goTo } from "./route.ts";
import { changed, state } from "./state.ts";

/** Widths from which list and message, and from which mail and telephone, are beside each other. */
const isTwoColumns = matchMedia("(min-width: 760px)");
const isThreeColumns = matchMedia("(min-width: 1180px)");

export function drawInbox(): void {
  const isEmpty = state.isComplete && state.messages.length === 0;
  byId("empty").hidden = !isEmpty;
  byId("inbox").dataset["empty"] = String(isEmpty);
  byId("clear", HTMLButtonElement).disabled = state.messages.length === 0;
  drawFilter(
    "filter-audience",
    state.audience,
    state.messages.map(({ audience }) => audience),
  );
  drawFilter(
    "filter-feed",
    state.feed,
    state.messages.flatMap(({ feeds }) => feeds),
  );
  const mails = shownMails();
  const telephones = shownTelephones();
  const view = select(
    mails.map(({ id }) => id),
    telephones,
  );
  document.body.dataset["view"] = view;
  byId("inbox").dataset["channel"] = state.channel;
  const mail = mails.find(({ id }) => id === state.mail);
  const telephone = telephones.find(({ number }) => number === state.phone);
  const seesMail =
    isThreeColumns.matches ||
    view === "mail" ||
    (view === "list" && isTwoColumns.matches && state.channel === "mail");
  const seesPhone =
    isThreeColumns.matches ||
    view === "phone" ||
    (view === "list" && isTwoColumns.matches && state.channel === "phone");
  if (document.visibilityState === "visible" && state.route.place === "inbox")
    mark([...(mail && seesMail ? [mail] : []), ...(seesPhone ? (telephone?.messages ?? []) : [])], "read");
  drawInboxList(mails, telephones);
  drawMail(mail, noMailText(mails.length));
  drawPhone(telephone, telephones);
}

/** What is shown instead of a mail. */
function noMailText(count: number): string {
  if (!state.isComplete) return "";
  if (state.route.item.startsWith("mail/"))
    return "This mail was removed, or the search and the filters leave it out.";
  return count === 0 ? "" : "Select a mail to read it.";
}

/** Reads the route into the selection. Where a message is beside the list, the newest is selected at first. */
function select(mails: readonly number[], telephones: readonly Telephone[]): "list" | "mail" | "phone" {
  const [kind, value = ""] = state.route.place === "inbox" ? state.route.item.split("/") : [];
  if (kind === "mail") {
    state.channel = "mail";
    state.mail = Number(value);
  }
  if (kind === "phone") {
    state.channel = "phone";
    state.phone = value;
  }
  const numbers = telephones.map(({ number }) => number);
  const [newest] = mails;
  const [last] = numbers;
  const isKept = { mail: mails.includes(state.mail ?? 0), phone: numbers.includes(state.phone ?? "") };
  if (kind !== "mail" && !isKept.mail) delete state.mail;
  if (kind !== "phone" && !isKept.phone) delete state.phone;
  if (isTwoColumns.matches && state.isComplete) {
    if (!isKept.mail && newest !== undefined) state.mail = newest;
    if (!isKept.phone && last !== undefined) state.phone = last;
  }
  return kind === "mail" || kind === "phone" ? kind : "list";
}

/** The choices of a filter: those of the messages, and the chosen one. */
function drawFilter(id: string, value: string, values: readonly string[]): void {
  const pick = byId(id, HTMLSelectElement);
  const wanted = [...new Set([...values, ...(value === "" ? [] : [value])])].sort();
  const [all, ...now] = [...pick.options];
  if (all && now.map((option) => option.value).join() !== wanted.join())
    pick.replaceChildren(all, ...wanted.map((name) => new Option(name, name)));
  pick.value = value;
}

/** The unread messages in the inbox. */
export const countUnread = (): number => state.messages.filter(isUnread).length;

export function listenToInbox(): void {
  const showChannel = (channel: "mail" | "phone") => {
    state.channel = channel;
    goTo("inbox");
    changed();
  };
  byId("tab-mail").addEventListener("click", () => showChannel("mail"));
  byId("tab-phone").addEventListener("click", () => showChannel("phone"));
  const dialog = byId("clear-dialog", HTMLDialogElement);
  byId("clear").addEventListener("click", () => {
    byId("clear-count").textContent = counted(state.messages.length, "message");
    dialog.showModal();
  });
  byId("clear-confirm").addEventListener("click", () => {
    dialog.close();
    void request("DELETE", "/api/messages");
  });
  for (const name of ["audience", "feed"] as const)
    byId(`filter-${name}`, HTMLSelectElement).addEventListener("change", ({ target }) => {
      state[name] = (target as HTMLSelectElement).value;
      changed();
    });
  for (const query of [isTwoColumns, isThreeColumns]) query.addEventListener("change", changed);
  document.addEventListener("visibilitychange", changed);
}
