import { element } from "./dom.ts";

interface Published {
  readonly id: string;
  readonly topicArn: string;
  readonly subject?: string;
  readonly texts: Readonly<Record<string, string>>;
  readonly attributes: Readonly<Record<string, { readonly type: string; readonly value: string }>>;
}

/** The message as it was published to SNS, which is loaded when it is opened. */
export function publishedView(path: string | undefined): HTMLElement | undefined {
  if (path === undefined) return undefined;
  const content = element("div", { class: "published" });
  const details = element("details", { class: "raw" }, element("summary", { text: "SNS message" }), content);
  details.addEventListener("toggle", () => {
    if (details.open && content.childElementCount === 0) void load(path, content);
  });
  return details;
}

async function load(path: string, content: HTMLElement): Promise<void> {
  const response = await fetch(path).catch(() => undefined);
  if (!response?.ok) {
    content.append(element("p", { text: response ? await response.text() : "The stack does not answer." }));
    return;
  }
  const { id, topicArn, subject, texts, attributes } = (await response.json()) as Published;
  const fact = (name: string, value: string) =>
    element("div", {}, element("dt", { text: name }), element("dd", { text: value, dir: "auto" }));
  content.append(
    element(
      "dl",
      {},
      fact("MessageId", id),
      fact("TopicArn", topicArn),
      subject !== undefined && fact("Subject", subject),
      ...Object.entries(attributes).map(([name, { type, value }]) => fact(name, `${value} (${type})`)),
    ),
    ...Object.entries(texts).map(([protocol, text]) =>
      element(
        "figure",
        {},
        element("figcaption", { text: protocol }),
        element("pre", { text: indented(text), dir: "auto", attributes: { tabindex: "0" } }),
      ),
    ),
  );
}

function indented(text: string): string {
  try {
    return text.startsWith("{") ? JSON.stringify(JSON.parse(text), undefined, 2) : text;
  } catch {
    return text;
  }
}
