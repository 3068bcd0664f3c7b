// Shows the messages that the server sends. Text from feeds is only set as textContent, never as markup.

const byId = (id) => document.getElementById(id);
const time = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const dateAndTime = new Intl.DateTimeFormat(undefined, { dateStyle: "long", timeStyle: "medium" });

let messages = [];
let complete = false;
let selected;
let audience = "";

function make(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

/** A paragraph with its web addresses as links. */
function line(text, className) {
  const paragraph = make("p", className);
  paragraph.dir = "auto";
  for (const piece of text.split(/(https?:\/\/[^\s<>"']+)/)) {
    if (/^https?:\/\//.test(piece) && URL.canParse(piece)) {
      const link = make("a", "", piece);
      link.href = piece;
      link.target = "_blank";
      link.rel = "noreferrer noopener";
      paragraph.append(link);
    } else if (piece) {
      paragraph.append(piece);
    }
  }
  return paragraph;
}

function meta(message, detail) {
  const row = make("span", "meta");
  const at = make("time", "", time.format(new Date(message.at)));
  at.dateTime = message.at;
  row.append(make("span", "tag", message.audience), make("span", "", detail), at);
  return row;
}

const plain = (text) => text.replace(/[\u2066-\u2069]/g, "");
const withoutFooter = (text) => text.split(/\n-- ?\n/)[0];

function mailItem(message) {
  const button = make("button");
  button.type = "button";
  button.dataset.id = message.id;
  const subject = make("span", "subject", message.subject);
  subject.dir = "auto";
  const lines = withoutFooter(message.text)
    .split("\n")
    .filter((found) => found.trim() && !plain(message.subject).startsWith(plain(found)));
  const start = make("span", "start", lines.slice(0, 3).join(" · "));
  start.dir = "auto";
  button.append(meta(message, ""), subject, start);
  button.addEventListener("click", () => {
    open(message);
    byId("reader").focus({ preventScroll: false });
  });
  const item = make("li");
  item.append(button);
  return item;
}

function smsItem(message) {
  const item = make("li");
  item.append(line(message.text, "bubble"));
  const parts = `${message.parts} ${message.parts === 1 ? "part" : "parts"} · ${message.encoding}`;
  item.append(meta(message, parts));
  return item;
}

function open(message) {
  selected = message.id;
  byId("reader").hidden = false;
  byId("reader").scrollTop = 0;
  byId("reader-subject").textContent = message.subject;
  byId("reader-to").textContent = message.to;
  byId("reader-audience").textContent = message.audience;
  byId("reader-at").textContent = dateAndTime.format(new Date(message.at));
  byId("reader-raw").href = message.raw;
  let footer = "";
  const lines = message.text.replace(/\n+$/, "").split("\n");
  const shown = lines.map((text) => {
    if (/^-- ?$/.test(text)) footer = "footer";
    return line(text, footer);
  });
  byId("reader-text").replaceChildren(...shown);
  mark();
}

function mark() {
  for (const button of byId("mail-list").querySelectorAll("button")) {
    button.setAttribute("aria-current", String(Number(button.dataset.id) === selected));
  }
}

function showAudiences() {
  const pick = byId("audience");
  const known = [...pick.options].map((option) => option.value);
  for (const name of new Set(messages.map((message) => message.audience))) {
    if (!known.includes(name)) pick.append(new Option(name, name));
  }
}

/** Maximum number of messages in a list; more would make the page slow. */
const maxShown = 300;

function older(shown) {
  const count = shown.length - maxShown;
  return count > 0 ? [make("li", "older", `${count} older messages are not shown: see /api/messages`)] : [];
}

function render() {
  const shown = messages.filter((message) => !audience || message.audience === audience).toReversed();
  const mails = shown.filter((message) => message.channel === "email");
  const texts = shown.filter((message) => message.channel === "sms");
  byId("mail-list").replaceChildren(...mails.slice(0, maxShown).map(mailItem), ...older(mails));
  byId("sms-list").replaceChildren(...texts.slice(0, maxShown).map(smsItem), ...older(texts));
  byId("mail-count").textContent = mails.length;
  byId("sms-count").textContent = texts.length;
  byId("phone-number").textContent =
    [...new Set(texts.map((message) => message.to))].join(", ") || "no number yet";
  byId("clear").disabled = messages.length === 0;
  const nothing = complete && messages.length === 0;
  byId("empty").hidden = !nothing;
  for (const section of document.querySelectorAll(".mails, .phone")) section.hidden = nothing;
  document.title = messages.length > 0 ? `(${messages.length}) feedbell inbox` : "feedbell inbox";
  showAudiences();
  const current = mails.find((message) => message.id === selected) ?? mails[0];
  if (!current) byId("reader").hidden = true;
  else if (current.id === selected && !byId("reader").hidden) mark();
  else open(current);
}

let waiting = 0;
/** Renders once for messages that arrive together. */
function scheduleRender() {
  waiting ||= requestAnimationFrame(() => {
    waiting = 0;
    render();
  });
}

function connect() {
  const updates = new EventSource("/api/updates");
  updates.addEventListener("cleared", () => {
    messages = [];
    scheduleRender();
  });
  updates.addEventListener("received", (event) => {
    messages.push(JSON.parse(event.data));
    scheduleRender();
  });
  updates.addEventListener("complete", () => {
    complete = true;
    byId("state").textContent = "live";
    scheduleRender();
  });
  updates.addEventListener("error", () => {
    byId("state").textContent = "connection lost; reconnecting…";
  });
}

byId("clear").addEventListener("click", () => {
  void fetch("/api/messages", { method: "DELETE" });
});
byId("audience").addEventListener("change", (event) => {
  audience = event.target.value;
  render();
});

const hints = await (await fetch("/api/hints")).json();
byId("hint-drop").textContent = hints.drop;
byId("hint-upload").textContent = hints.upload;
connect();
