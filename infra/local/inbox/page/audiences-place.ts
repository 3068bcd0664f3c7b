import type { AudienceView, SubscriberView, WaitingView } from "../views.ts";
import { button, byId, element, icon, syncList, type Content } from "./dom.ts";
import { counted, slotTime, timeUntil } from "./format.ts";
import { notify, request } from "./notices.ts";
import { matchesSearch, state } from "./state.ts";
import { subscribeForm } from "./subscribe-form.ts";
import { drawWaiting, entriesOf } from "./waiting-view.ts";

export function drawAudiences(): void {
  const all = state.audiences;
  const shown = (all ?? []).filter(({ name, rules, delivery, subscribers }) =>
    matchesSearch(name, ...rules, ...delivery, ...subscribers.map(({ endpoint }) => endpoint)),
  );
  if (state.route.place === "audiences") document.body.dataset["view"] = "list";
  const nothing = byId("no-audiences");
  nothing.hidden = shown.length > 0;
  nothing.textContent = all === undefined ? "Loading…" : "No audience matches the search.";
  // A card keeps its form while its subscribers change: only the changed parts are made anew.
  for (const audience of syncCards(shown)) drawCard(audience);
  drawStranded();
}

/** What waits for audiences that are not in the configuration. */
function drawStranded(): void {
  const stranded = state.waiting.filter(({ isRemoved, audience }) => isRemoved && matchesSearch(audience));
  byId("stranded-list").hidden = stranded.length === 0;
  syncList<WaitingView>(byId("stranded-list"), stranded, {
    key: ({ audience }) => audience,
    version: (waiting) => JSON.stringify(waiting),
    make: (waiting) =>
      element(
        "li",
        { class: "reason wait" },
        element("h2", { text: `${waiting.audience} is not in the configuration` }),
        ...entriesOf(waiting),
        element(
          "p",
          { class: "move" },
          "To send them to another audience: ",
          element("code", { text: moveCommand(waiting.audience) }),
        ),
      ),
  });
}

const moveCommand = (audience: string): string => `npx feedbell waiting move --from ${audience} --to NAME`;

const cardOf = (name: string): HTMLElement | null =>
  byId("audience-list").querySelector<HTMLElement>(`[data-key="${CSS.escape(name)}"]`);

function syncCards(shown: readonly AudienceView[]): readonly AudienceView[] {
  syncList(byId("audience-list"), shown, {
    key: ({ name }) => name,
    version: ({ mode, displayName, rules, delivery, topicArn }) =>
      JSON.stringify([mode, displayName, rules, delivery, topicArn]),
    make: emptyCard,
  });
  return shown;
}

function emptyCard(audience: AudienceView): HTMLElement {
  const { name, mode, displayName, rules, delivery, topicArn } = audience;
  const sentences = (list: readonly string[]) =>
    element("ul", { class: "sentences" }, ...list.map((text) => element("li", { text, dir: "auto" })));
  return element(
    "li",
    { class: "card", attributes: { tabindex: "-1" } },
    element(
      "header",
      {},
      element("h2", { text: name }),
      element("span", { class: "chip", text: mode }),
      displayName !== undefined && element("bdi", { class: "soft", text: displayName }),
      element("code", { class: "arn", text: topicArn }),
    ),
    element(
      "div",
      { class: "columns" },
      element(
        "section",
        {},
        element("h3", { text: "Entries" }),
        sentences(rules.length > 0 ? rules : ["All entries of all feeds."]),
      ),
      element(
        "section",
        {},
        element("h3", { text: "Messages" }),
        sentences(delivery),
        element("div", { class: "schedule" }),
        element("div", { class: "waiting" }),
      ),
      element(
        "section",
        {},
        element("h3", { class: "readers-heading" }),
        element("ul", { class: "readers" }),
        subscribeForm(name),
      ),
    ),
  );
}

function drawCard({ name, schedule, subscribers }: AudienceView): void {
  const card = cardOf(name);
  if (!card) return;
  drawSchedule(card.querySelector<HTMLElement>(".schedule"), name, schedule);
  const box = card.querySelector<HTMLElement>(".waiting");
  if (box) drawWaiting(box, waitingOf(name), schedule !== undefined);
  const heading = card.querySelector(".readers-heading");
  if (heading) heading.textContent = counted(subscribers.length, "subscriber");
  const list = card.querySelector<HTMLElement>(".readers");
  if (list)
    syncList(list, subscribers, {
      key: ({ arn }) => arn,
      version: (subscriber) => JSON.stringify(subscriber),
      make: readerRow,
    });
}

function drawSchedule(box: HTMLElement | null, name: string, schedule: AudienceView["schedule"]): void {
  if (!box) return;
  box.hidden = schedule === undefined;
  if (!schedule) return;
  const { expression, timeZone, next } = schedule;
  const text =
    next === undefined
      ? "No further slot."
      : `Next: ${slotTime(next, timeZone)} (${timeUntil(next, Date.now())}), ${timeZone}`;
  const existing = box.querySelector(".next");
  if (existing) {
    if (existing.textContent !== text) existing.textContent = text;
    return;
  }
  box.replaceChildren(
    icon("clock"),
    element("div", {}, element("strong", { text: expression }), element("p", { class: "next", text })),
    button("Send now", () => void sendNow(name), { kind: "send-now" }),
  );
}

const waitingOf = (name: string): WaitingView | undefined =>
  state.waiting.find(({ audience, isRemoved }) => audience === name && !isRemoved);

/** Audiences whose slot is being run. */
const running = new Set<string>();

async function sendNow(name: string): Promise<void> {
  if (running.has(name)) return;
  running.add(name);
  const { entries = 0, isPaused = false } = waitingOf(name) ?? {};
  const response = await request("POST", `/api/schedules/${name}`);
  running.delete(name);
  if (!response) return;
  const what = counted(entries, "entry", "entries");
  const outcome = isPaused ? `the digest of ${what} is held back by the pause` : `${what} sent`;
  notify(`The schedule of ${name} was run: ${entries === 0 ? "nothing waited" : outcome}.`);
}

const protocolIcons: Readonly<Record<string, string>> = { email: "mail", "email-json": "mail", sms: "phone" };

function readerRow({ arn, protocol, endpoint, isConfirmed, filter }: SubscriberView): HTMLElement {
  return element(
    "li",
    {},
    icon(protocolIcons[protocol] ?? "link"),
    element(
      "div",
      { class: "reader" },
      element("bdi", { class: "endpoint" }, ...breakable(endpoint)),
      element(
        "span",
        { class: "soft" },
        `${protocol} `,
        element("span", {
          class: `chip ${isConfirmed ? "good" : "wait"}`,
          text: isConfirmed ? "confirmed" : "not confirmed",
        }),
        filter !== undefined && element("code", { text: ` ${filter}` }),
      ),
    ),
    element(
      "div",
      { class: "reader-buttons" },
      !isConfirmed && button("Confirm", () => void confirm(arn, endpoint), { kind: "primary" }),
      remover(arn, endpoint),
    ),
  );
}

/** An address that breaks after its punctuation where it is too long for a line. */
const breakable = (address: string): readonly Content[] =>
  address.split(/(?<=[@./:?&])/).flatMap((part, index) => (index === 0 ? [part] : [element("wbr"), part]));

function remover(arn: string, endpoint: string): HTMLButtonElement {
  const made = button("Remove", () => void remove(arn, endpoint), { kind: "quiet" });
  made.setAttribute("aria-label", `Remove ${endpoint}`);
  return made;
}

async function confirm(arn: string, endpoint: string): Promise<void> {
  if (await request("POST", "/api/subscriptions/confirm", { arn })) notify(`${endpoint} is confirmed.`);
}

async function remove(arn: string, endpoint: string): Promise<void> {
  const response = await request("DELETE", `/api/subscriptions?${new URLSearchParams({ arn })}`);
  if (response) notify(`${endpoint}: ${await response.text()}`);
}
