import type { Alert } from "./message.ts";

/** Words for paid content in eleven languages, complete titles of a rubric or category. */
const sponsored =
  "sponsor|sponsors|sponsored|sponsored (?:post|posts|content|story)|paid (?:post|content)|partner content|advertisement|advertorial|" +
  "promoted|anzeige|werbung|gesponsert|publicité|publireportage|sponsorisé|contenu sponsorisé|publicidad|patrocinado|" +
  "contenido patrocinado|publicidade|conteúdo patrocinado|pubblicità|sponsorizzato|reklama|materiał sponsorowany|реклама|" +
  "на правах рекламы|广告|廣告|推广|推廣|赞助|贊助|広告|スポンサー|광고|إعلان";

/** Words for cartoons. As a category, Chinese and Japanese words for cartoons are about comic books too. */
const cartoons =
  "cartoon|cartoons|comic|comics|comic strip|comic strips|webcomic|webcomics|editorial cartoon|karikatur|karikaturen|" +
  "dessin de presse|viñeta|viñetas|vignetta|charge do dia|карикатура|만평|كاريكاتير";

const spacedCartoons = `${cartoons}|漫画|漫畫|四コマ`;

/** The words in brackets at the start or the end of a title, or at its start before a colon, a bar or a dash. */
const inTitle = (words: string): RegExp =>
  new RegExp(
    `^[[(【［（「](?:${words})[\\])】］）」]|^(?:${words}) ?(?:[:：|｜]|[–—-] )|[[(【［（](?:${words})[\\])】］）]$`,
    "iu",
  );

const isCategory = (words: string): RegExp => new RegExp(`^(?:${words})$`, "iu");

const titles = [inTitle(`${sponsored}|(?<=[[【［])PR`), inTitle(spacedCartoons)];
const categories = [isCategory(sponsored), isCategory(cartoons)];

/** Whether an entry says that it is paid for, or that it is a cartoon: in its categories, or in its title as a label. */
export const isSponsoredOrCartoon = ({
  title,
  categories: given,
}: Pick<Alert, "title" | "categories">): boolean =>
  titles.some((label) => label.test(title.trim())) ||
  given.some((category) => categories.some((label) => label.test(category.trim())));
