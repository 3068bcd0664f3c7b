import { resolveLink } from "../feed/text/links.ts";

/** A service that forwards to the address in one of its parameters. */
interface Redirector {
  readonly host: RegExp;
  readonly path?: RegExp;
  readonly parameters: readonly string[];
}

const redirectors: readonly Redirector[] = [
  { host: /^(?:www\.|news\.)?google\.[a-z.]{2,6}$/, path: /^\/url$/, parameters: ["url", "q"] },
  { host: /^(?:lm?|www|m)\.facebook\.com$/, path: /^\/(?:l\.php|flx\/warn\/?)$/, parameters: ["u"] },
  { host: /^l\.(?:instagram|threads)\.(?:com|net)$/, parameters: ["u"] },
  { host: /\.safelinks\.protection\.outlook\.com$/, parameters: ["url"] },
  { host: /^(?:www\.)?youtube\.com$/, path: /^\/redirect$/, parameters: ["q"] },
  { host: /^(?:www\.)?bing\.com$/, path: /^\/news\/apiclick\.aspx$/, parameters: ["url"] },
  { host: /^duckduckgo\.com$/, path: /^\/l\/$/, parameters: ["uddg"] },
  { host: /^t\.umblr\.com$/, parameters: ["z"] },
  { host: /^(?:m\.)?vk\.com$/, path: /^\/away\.php$/, parameters: ["to"] },
  { host: /^(?:out|click)\.reddit\.com$/, parameters: ["url"] },
  { host: /^slack-redir\.net$/, parameters: ["url"] },
  { host: /^steamcommunity\.com$/, path: /^\/linkfilter\/?$/, parameters: ["u", "url"] },
  { host: /^(?:www\.)?getpocket\.com$/, path: /^\/redirect$/, parameters: ["url"] },
  { host: /^(?:www\.)?linkedin\.com$/, path: /^\/(?:redir\/redirect|safety\/go)$/, parameters: ["url"] },
  { host: /^medium\.com$/, path: /^\/r\/$/, parameters: ["url"] },
  { host: /^feed(?:proxy\.google|s\.feedburner)\.com$/, parameters: ["url", "u"] },
  { host: /^go\.(?:skimresources|redirectingat)\.com$/, parameters: ["url"] },
  { host: /^click\.linksynergy\.com$/, parameters: ["murl"] },
  { host: /^www\.awin1\.com$/, parameters: ["ued", "p"] },
];

/** A path whose only purpose is to forward, on any host. */
const forwards =
  /\/(?:l|url|redir|redirect|redirector|away|goto|outbound|exit|leaving)(?:\.[a-z]{2,5})?\/?$/i;
const forwardParameters = [
  "url",
  "u",
  "to",
  "target",
  "dest",
  "destination",
  "redirect",
  "redirect_url",
  "goto",
  "link",
];

/** Services that write the address into their path or query. */
const embedded: readonly RegExp[] = [
  /^https?:\/\/(?:www\.)?(?:anonym\.to|hrefs?\.li|dereferer\.me)\/\?(https?:.*)$/is,
  /^https?:\/\/r\.search\.yahoo\.com\/.*\/RU=([^/]*)/is,
  /^https?:\/\/urldefense\.com\/v3\/__(https?:.*?)__;/is,
  /^https?:\/\/feed(?:proxy\.google|s\.feedburner)\.com\/~.*?\/(https?(?:%3a|:).*)$/is,
];
const maxHops = 3;

/** The address that a redirector's link leads to where it is written in the link; every other link unchanged. */
export function withoutRedirectors(link: string): string {
  let address = link;
  for (let hop = 0; hop < maxHops; hop++) {
    const target = targetOf(address);
    if (target === undefined) break;
    address = target;
  }
  return address;
}

function targetOf(link: string): string | undefined {
  const url = URL.parse(link);
  if (url === null) return undefined;
  for (const form of embedded) {
    const target = form.exec(link)?.[1];
    if (target !== undefined) return absolute(/^https?%3a/i.test(target) ? decoded(target) : target);
  }
  const known = redirectors.find(
    ({ host, path }) => host.test(url.hostname) && (path === undefined || path.test(url.pathname)),
  );
  const parameters = known?.parameters ?? (forwards.test(url.pathname) ? forwardParameters : []);
  for (const name of parameters) {
    const target = absolute(url.searchParams.get(name) ?? "");
    if (target !== undefined) return target;
  }
  if (url.hostname === "urldefense.proofpoint.com") {
    // Version 2 writes `%` as `-` and `/` as `_`.
    const raw = url.searchParams.get("u") ?? "";
    return absolute(decoded(raw.replaceAll("-", "%").replaceAll("_", "/"))) ?? absolute(raw);
  }
  return undefined;
}

function absolute(target: string): string | undefined {
  return /^https?:\/\//i.test(target) ? resolveLink(target) : undefined;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
