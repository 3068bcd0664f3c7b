/** One of a page's articles, its values as the page has them. */
export interface Article {
  readonly id?: string | undefined;
  readonly title?: string | undefined;
  readonly link?: string | undefined;
  readonly published?: string | undefined;
  readonly updated?: string | undefined;
  readonly language?: string | undefined;
  readonly authors: readonly string[];
  readonly categories: readonly string[];
  readonly description?: string | undefined;
  readonly content?: string | undefined;
  /** The page is about this one article. */
  readonly whole?: true;
}

/** The article, its missing values taken from `other`. */
export function filled(article: Article, other: Article): Article {
  const given = Object.entries(article).filter(
    ([, value]) => value !== undefined && value !== "" && !(Array.isArray(value) && value.length === 0),
  );
  return { ...other, ...Object.fromEntries(given) };
}
