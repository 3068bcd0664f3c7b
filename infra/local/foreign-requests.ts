import type { IncomingMessage } from "node:http";

/**
 * The address that the local stack listens on, `localhost`, and the names below it, which hold a bucket's name
 * (RFC 6761, 6.3: `localhost` names always mean this machine).
 */
const ownHost = /^(?:127\.0\.0\.1|(?:[a-z0-9][a-z0-9.-]{0,250}\.)?localhost)(?::\d{1,5})?$/i;

/**
 * Why a request may come from a web page rather than from a program, or `undefined`. A page of another site could reach
 * the loopback address under a name of its own (DNS rebinding), and then read answers: its requests name that host.
 * Otherwise its browser sends `Origin` or `Sec-Fetch-Site` (Fetch Standard; Fetch Metadata Request Headers). AWS clients
 * send neither; an address that a person types has `Sec-Fetch-Site: none`.
 */
export function foreignRequest({
  headers,
}: Pick<IncomingMessage, "headers">): { readonly status: 403 | 421; readonly message: string } | undefined {
  if (!ownHost.test(headers.host ?? ""))
    return { status: 421, message: "This server answers to 127.0.0.1 and localhost only." };
  const site = headers["sec-fetch-site"];
  const isFromPage = headers.origin !== undefined || site === "cross-site" || site === "same-site";
  return isFromPage ? { status: 403, message: "Requests from web pages are not allowed." } : undefined;
}
