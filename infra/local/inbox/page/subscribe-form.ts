import { element } from "./dom.ts";
import { notify, request } from "./notices.ts";

/** Kinds of subscribers, with an example of each. */
const protocols = [
  { value: "email", text: "Mail", example: "reader@example.org", type: "email" },
  { value: "sms", text: "SMS", example: "+12025550123", type: "tel" },
  { value: "https", text: "HTTPS", example: "https://example.org/hook", type: "url" },
  { value: "http", text: "HTTP", example: "http://127.0.0.1:9000/", type: "url" },
  { value: "sqs", text: "SQS", example: "arn:aws:sqs:us-east-1:000000000000:queue", type: "text" },
] as const;

/** Subscribes a reader to an audience. */
export function subscribeForm(audience: string): HTMLFormElement {
  const pick = element("select", { attributes: { "aria-label": `Kind of subscriber of ${audience}` } });
  pick.append(...protocols.map(({ value, text }) => new Option(text, value)));
  const input = element("input", {
    attributes: {
      required: "",
      "aria-label": `Address of the new subscriber of ${audience}`,
      autocomplete: "off",
    },
  });
  const adapt = () => {
    const { example, type } = protocols.find(({ value }) => value === pick.value) ?? protocols[0];
    input.placeholder = example;
    input.type = type;
  };
  adapt();
  pick.addEventListener("change", adapt);
  const form = element(
    "form",
    { class: "subscribe" },
    pick,
    input,
    element("button", { text: "Subscribe", attributes: { type: "submit" } }),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void subscribe(audience, pick.value, input);
  });
  return form;
}

async function subscribe(audience: string, protocol: string, input: HTMLInputElement): Promise<void> {
  const endpoint = input.value.trim();
  if (!(await request("POST", "/api/subscriptions", { audience, protocol, endpoint }))) return;
  input.value = "";
  const isMail = protocol === "email";
  notify(
    isMail
      ? `SNS mails a link to ${endpoint}: see the Inbox, or confirm here.`
      : `${endpoint} is subscribed to ${audience}.`,
  );
}
