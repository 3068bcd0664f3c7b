import { isTracking, isTrackingFragment } from "../feed/text/tracking-parameters.ts";

/**
 * The part of a link that tells which page it is: without scheme, tracking parameters and a slash at the end.
 * Two links with the same canonical form lead to the same page; a link that is no URL is its own canonical form.
 */
export function canonicalLink(link: string): string {
  const url = URL.parse(link);
  if (!url || !/^https?:$/.test(url.protocol)) return link.trim();
  const query = url.search
    .slice(1)
    .split("&")
    .filter((part) => part !== "" && !isTracking(part.split("=", 1)[0] ?? ""))
    .join("&");
  const fragment = isTrackingFragment(url.hash.slice(1)) ? "" : url.hash;
  const path = url.pathname.replace(/\/$/, "");
  return url.host + path + (query && `?${query}`) + (fragment === "#" ? "" : fragment);
}
