import { Readable } from "node:stream";
import { streamSnapshot } from "../../../functions/core/feed/parse.ts";

/** The checked fields of an entry. */
export interface Seen {
  count: number;
  firstTitle: string;
  lastTitle: string;
  lastLink: string;
  /** Total length of the bodies, if requested. */
  body: number;
}

export interface FeedInput {
  readonly path: string;
  /** The file's bytes, read before the measurement. */
  readonly bytes: () => Buffer;
  /** The file in chunks: from memory, or from disk if the file is large. */
  readonly chunks: () => AsyncIterable<Uint8Array>;
}

interface Library {
  /** The library reads the file in chunks. */
  readonly streams?: true;
  readonly name: string;
  /** Imports the library, before the measurement. */
  readonly load: () => Promise<unknown>;
  /** Reads a feed from memory or, if `streams`, from its file. Throws if the library can't read it. */
  readonly read: (input: FeedInput, seen: Seen) => Promise<void>;
}

interface Item {
  readonly title?: unknown;
  readonly link?: unknown;
}

function note(seen: Seen, { title, link }: Item): void {
  seen.count++;
  seen.lastTitle = typeof title === "string" ? title : "";
  if (seen.count === 1) seen.firstTitle = seen.lastTitle;
  seen.lastLink = typeof link === "string" ? link : "";
}

/** Decodes a file by its declared encoding; the other libraries need decoded text. */
function decoded(bytes: Buffer): string {
  const label =
    /^[^>]{0,200}encoding=["']([\w.:-]+)["']/.exec(bytes.toString("latin1", 0, 256))?.[1] ?? "utf-8";
  try {
    return new TextDecoder(label).decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes);
  }
}

const loaded = async (): Promise<void> => {};

/** feedbell as the function uses it: streamed, and the content of known entries stays undecoded. */
const feedbell = (name: string, bodies: boolean): Library => ({
  name,
  load: loaded,
  streams: true,
  read: async ({ chunks }, seen) => {
    for await (const entry of streamSnapshot(chunks())) {
      note(seen, entry);
      if (bodies) seen.body += (entry.content?.length ?? 0) + (entry.description?.length ?? 0);
    }
  },
});

const feedsmith: Library = {
  name: "feedsmith",
  load: () => import("feedsmith"),
  read: async ({ bytes }, seen) => {
    const { parseFeed } = await import("feedsmith");
    const { format, feed } = parseFeed(decoded(bytes()));
    const items: readonly unknown[] = (format === "atom" ? feed.entries : feed.items) ?? [];
    for (const item of items) note(seen, item as Item);
  },
};

const rssParser: Library = {
  name: "rss-parser",
  load: () => import("rss-parser"),
  read: async ({ bytes }, seen) => {
    const { default: Parser } = await import("rss-parser");
    const { items } = await new Parser().parseString(decoded(bytes()));
    for (const item of items) note(seen, item);
  },
};

const feedparser: Library = {
  name: "feedparser",
  load: () => import("feedparser"),
  read: async ({ bytes }, seen) => {
    const { default: FeedParser } = (await import("feedparser")) as unknown as {
      default: new (options: object) => NodeJS.ReadWriteStream & AsyncIterable<Item>;
    };
    const parser = new FeedParser({ addmeta: false });
    const source = Readable.from([Buffer.from(decoded(bytes()))]);
    source.on("error", (error) => parser.emit("error", error));
    for await (const item of source.pipe(parser)) note(seen, item);
  },
};

const cheerio: Library = {
  name: "cheerio loop",
  load: () => import("cheerio"),
  read: async ({ bytes }, seen) => {
    const { load } = await import("cheerio");
    const $ = load(decoded(bytes()), { xml: true });
    for (const node of $("item, entry").toArray()) {
      const title = $(node).children("title").first().text();
      const link = $(node).children("link").first();
      $(node).children("description, summary").text();
      $(node).children("content\\:encoded, content").text();
      note(seen, { title, link: link.attr("href") ?? link.text() });
    }
  },
};

/** The measured libraries; for a feed that does not fit into memory, only the streaming ones. */
export const libraries: readonly Library[] = [
  feedbell("feedbell, lazy", false),
  feedbell("feedbell, content decoded", true),
  feedsmith,
  rssParser,
  feedparser,
  cheerio,
];
