import type { Article } from "./article.ts";
import { otherArticles, type ReadablePage } from "./article-text.ts";
import { isElement, type PageElement } from "./page-elements.ts";
import { inner, texts, time, within, type Nodes } from "./page-values.ts";

/** An `<article>` element and its content as an article. */
export interface ArticleElement {
  readonly element: PageElement;
  readonly article: Article;
  /** Where its link leads if nothing marks one as its own: in a list that is the article. */
  readonly firstLink: string | undefined;
}

/** Words in the class of what themes put into an `<article>` although it is none. */
const otherClass =
  /(?:^|[\s_-])(?:nav|menu|related|recommend(?:ed|ations?)?|comments?|advert(?:isement)?|ads?|sponsored|newsletter|cookies?|read-?(?:also|more|next))(?:$|[\s_-])/i;

/** The `<article>` elements with a heading, those of menus and of links to other articles left out. */
export function articleElements({ $, html }: ReadablePage): readonly ArticleElement[] {
  const nodes: readonly unknown[] = $("article")
    .filter((_, node) => $(node).parents("article, aside, nav, footer").length === 0)
    .toArray();
  return nodes.filter(isElement).flatMap((element) => {
    if (otherClass.test((element.attribs["class"] ?? "").slice(0, 500))) return [];
    const node = $(element) as unknown as Nodes;
    const heading = within(node, "h1, h2, h3, h4, [itemprop=headline]", $).first();
    const title = inner(heading, html);
    if (title === undefined || title.trim() === "" || otherArticles.test(heading.text())) return [];
    const address =
      within(heading, "a[href]", $).first().attr("href") ?? heading.closest("a[href]").attr("href");
    const times = within(node, "time", $);
    const article: Article = {
      id: node.attr("id"),
      title,
      link: address ?? within(node, "a[rel~=bookmark]", $).first().attr("href"),
      published: time(times.filter("[itemprop=datePublished], [pubdate]").first()) ?? time(times.first()),
      updated: time(times.filter("[itemprop=dateModified]").first()),
      authors: texts(within(node, "[rel~=author], [itemprop=author]", $), $, html),
      categories: texts(within(node, "a[rel~=tag]", $), $, html),
      content: inner(node, html),
    };
    return [{ element, article, firstLink: within(node, "a[href]", $).first().attr("href") }];
  });
}
