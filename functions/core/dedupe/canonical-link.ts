/** Query parameters that say how a reader came, not what is shown. */
const tracking =
  /^(?:utm_|at_|pk_|mtm_|ns_|hsa_|_hs|mc_[ce]id$|wt[._]mc|fbclid$|gclid$|gclsrc$|dclid$|msclkid$|yclid$|igshid$|xtor$|ocid$|cmpid$|ito$|partner$|ftag$|s?rss$)/i;

/** Fragments that do the same. */
const trackingFragment = /^(?:utm_|xtor=|at_|ref=rss|:~:text=)/i;

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
    .filter((part) => part !== "" && !tracking.test(part.split("=", 1)[0] ?? ""))
    .join("&");
  const fragment = trackingFragment.test(url.hash.slice(1)) ? "" : url.hash;
  const path = url.pathname.replace(/\/$/, "");
  return url.host + path + (query && `?${query}`) + (fragment === "#" ? "" : fragment);
}
