/** One entry as its feed shows it at the moment. */
export interface Shown {
  readonly id?: string;
  readonly link?: string;
  readonly title: string;
  /** Epoch milliseconds. */
  readonly date?: number;
  readonly text: string;
}

export type Rendering = "rss" | "atom" | "json";

const escape = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
const element = (name: string, text: string | undefined, attributes = ""): string =>
  text === undefined ? "" : `<${name}${attributes}>${escape(text)}</${name}>`;

/** A feed's file, as one of the usual generators writes it; `built` is when it says that it was written. */
export function render(
  rendering: Rendering,
  feed: string,
  entries: readonly Shown[],
  built: number | undefined,
): string {
  const home = `https://${feed}.example/`;
  const iso = (time: number) => new Date(time).toISOString();
  if (rendering === "json")
    return JSON.stringify({
      version: "https://jsonfeed.org/version/1.1",
      title: `The ${feed}`,
      home_page_url: home,
      items: entries.map(({ id, link, title, date, text }) => ({
        ...(id !== undefined && { id }),
        ...(link !== undefined && { url: link }),
        title,
        ...(date !== undefined && { date_published: iso(date) }),
        content_html: `<p>${escape(text)}</p>`,
      })),
    });
  if (rendering === "atom")
    return `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>The ${feed}</title><id>${home}</id>${element("updated", built === undefined ? undefined : iso(built))}${entries
      .map(
        ({ id, link, title, date, text }) =>
          `<entry>${element("id", id)}${link === undefined ? "" : `<link rel="alternate" href="${escape(link)}"/>`}${element("title", title)}${element("published", date === undefined ? undefined : iso(date))}${element("content", `<p>${escape(text)}</p>`, ' type="html"')}</entry>`,
      )
      .join("")}</feed>`;
  const utc = (time: number) => new Date(time).toUTCString();
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>The ${feed}</title><link>${home}</link><description>News</description>${element("lastBuildDate", built === undefined ? undefined : utc(built))}${entries
    .map(
      ({ id, link, title, date, text }) =>
        `<item>${element("guid", id, ' isPermaLink="false"')}${element("title", title)}${element("link", link)}${element("pubDate", date === undefined ? undefined : utc(date))}${element("description", `<p>${escape(text)}</p>`)}</item>`,
    )
    .join("")}</channel></rss>`;
}
