/** Query parameters that name the way a reader came, not the page. Identity ignores them and readers do not see them. */
const tracking =
  /^(?:utm_|at_|pk_|mtm_|ns_|hsa_|_hs|mc_[ce]id$|wt[._]mc|fbclid$|gclid$|gclsrc$|dclid$|msclkid$|yclid$|igshid$|xtor$|ocid$|cmpid$|ito$|partner$|ftag$|s?rss$)/i;

/** Fragments that do the same. */
const trackingFragment = /^(?:utm_|xtor=|at_|ref=rss|:~:text=)/i;

/**
 * More of them, which readers do not see either. Identity keeps these: ledger keys of known entries depend on it, and
 * a page may use such a name for itself.
 */
const clickIds = new Set(
  (
    "_branch_match_id _ga _gl _openstat epik gad_source gbraid guccounter guce_referrer guce_referrer_sig icid igsh li_fat_id " +
    "mkt_tok oly_anon_id oly_enc_id ref_src s_cid srsltid sr_share ttclid twclid vero_conv vero_id wbraid wickedid __twitter_impression"
  ).split(" "),
);
/** Names that a page may use for itself, and the values that mean that the reader came from a feed. */
const generic =
  /^(?:source|src|ref|referer|referrer|from|via|medium|channel|campaign|campaign_id|cid|ncid|cmp|cmpid|intcmp|mod|origin|traffic_source|traffic_medium|trk|xtref|wt[._].{1,20})$/i;
const fromFeed = /(?:^|[-_.:])(?:rss|feeds?|atom|newsfeed|rssfeed)\d{0,2}(?=$|[-_.:+%])/i;
/** `fc` marks feed clicks on article pages; scripts use it for categories. */
const script = /(?:^|\/|\.(?:php\d?|aspx?|cgi|jsp|cfm|pl|do))$/i;

/** Whether identity ignores a query parameter of this name. */
export function isTracking(name: string): boolean {
  return tracking.test(name);
}

/** Whether identity ignores this fragment, given without `#`. */
export function isTrackingFragment(fragment: string): boolean {
  return trackingFragment.test(fragment);
}

/** Whether a parameter of a page's address is hidden from readers: all that identity ignores, and more. */
export function isHidden(name: string, value: string, path: string): boolean {
  if (isTracking(name)) return true;
  const lowered = name.toLowerCase();
  if (clickIds.has(lowered)) return true;
  if (lowered === "fc") return !script.test(path);
  return generic.test(name) && fromFeed.test(value);
}
