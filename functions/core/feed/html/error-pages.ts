import type { CheerioAPI } from "cheerio/slim";

const leadIn = /^(?:sorry|oops|whoops|ups|hoppla|uh-oh|désolé|entschuldigung)[\s,.!:…]{1,5}/;
const errorWord = /^(?:error|http|fehler|erreur|errore|ошибка|错误|エラー)[\s:]{0,3}(?=[45]\d\d)/;
const status = /^[45]\d\d(?=$|[^\p{L}\p{N}.,%])/u;
/** What follows a status: `404 Not Found`, but not `404 families`. */
const afterStatus =
  /^(?:$|error|not\b|page|file|forbidden|bad\b|internal|service|gateway|unauthori[sz]ed|too many|gone|method|request|seite|nicht|page introuvable|introuvable|página|pagina|no\b|não|страница|не\b|页面|找不到|ページ)/;

/** Titles and main headings of pages that show no article, in lower case; a title may go on. */
const phrases: Readonly<Record<string, readonly string[]>> = {
  "an error page": [
    "not found",
    "nothing found",
    "nothing was found",
    "page not found",
    "file not found",
    "article not found",
    "page unavailable",
    "page no longer available",
    "this page isn't available",
    "this page could not be found",
    "this page does not exist",
    "the page you",
    "the requested url",
    "we can't find",
    "we couldn't find",
    "seite nicht gefunden",
    "diese seite existiert nicht",
    "die seite wurde nicht gefunden",
    "die gesuchte seite",
    "page introuvable",
    "cette page n'existe pas",
    "page non trouvée",
    "página no encontrada",
    "página não encontrada",
    "pagina non trovata",
    "pagina niet gevonden",
    "sidan kunde inte hittas",
    "siden blev ikke fundet",
    "strona nie została znaleziona",
    "nie znaleziono strony",
    "страница не найдена",
    "页面不存在",
    "页面未找到",
    "页面没有找到",
    "找不到页面",
    "您访问的页面",
    "您要访问的页面",
    "抱歉，您访问的",
    "頁面不存在",
    "找不到網頁",
    "ページが見つかりません",
    "お探しのページ",
    "指定されたページ",
    "페이지를 찾을 수 없",
    "الصفحة غير موجودة",
    "access denied",
    "access to this page has been denied",
    "forbidden",
    "bad request",
    "bad gateway",
    "gateway timeout",
    "gateway time-out",
    "service unavailable",
    "service temporarily unavailable",
    "temporarily unavailable",
    "internal server error",
    "server error",
    "too many requests",
    "something went wrong",
    "an error occurred",
    "an error has occurred",
    "application error",
    "error establishing a database connection",
    "under maintenance",
    "site under maintenance",
    "down for maintenance",
    "wartungsarbeiten",
    "bridge returned error",
    "this site can't be reached",
    "your connection is not private",
    "connection timed out",
    "this domain is for sale",
    "index of /",
  ],
  "a page that checks whether its visitor is a human": [
    "just a moment",
    "attention required",
    "are you a robot",
    "are you a human",
    "are you human",
    "please verify",
    "verify you are human",
    "verifying you are human",
    "checking your browser",
    "robot check",
    "security check",
    "human verification",
    "captcha",
    "ddos-guard",
    "请完成验证",
    "安全验证",
  ],
  "a page that asks for consent": [
    "before you continue",
    "we value your privacy",
    "your privacy",
    "privacy settings",
    "cookie consent",
    "cookie settings",
    "cookie preferences",
    "cookies on ",
    "datenschutzeinstellungen",
    "datenschutz-einstellungen",
    "bevor sie fortfahren",
    "bevor sie zu",
    "avant d'accéder",
    "antes de continuar",
    "antes de ir",
    "prima di continuare",
  ],
};
/** Whole titles: an article may well begin with one of these words. */
const loginTitles = new Set(
  "login|log in|log-in|sign in|sign-in|signin|login required|please log in|please sign in|anmelden|anmeldung|einloggen|connexion|se connecter|identification|iniciar sesión|acceder|entrar|accedi|inloggen|logga in|zaloguj się|logowanie|войти|вход|登录|用户登录|登錄|登入|ログイン|로그인|تسجيل الدخول".split(
    "|",
  ),
);
const errorClass = /(?:^|\s)(?:error-?(?:page|404|500|403)|page-?404|not-?found|http-error|404)(?=\s|$)/i;
/** Letters of a main text beyond which a page is an article, regardless of its title. */
const maxErrorText = 1200;

/**
 * What a page is that shows no article of its own, such as an error page; undefined for others. `length` is that of its
 * main text, because an article may have an error's name as its title.
 */
export function pageWithoutArticle($: CheerioAPI, length: number): string | undefined {
  const body = $("body").first();
  const words = `${body.attr("class") ?? ""} ${body.attr("id") ?? ""}`.slice(0, 1000);
  if (errorClass.test(words)) return "an error page";
  if (length > maxErrorText) return undefined;
  for (const selector of ["title", "h1", "h2"]) {
    const shown = $(selector).first().text().replace(/\s+/g, " ").trim().slice(0, 300).toLowerCase();
    const kind = shown === "" ? undefined : kindOf(shown.replaceAll("’", "'"));
    if (kind !== undefined) return kind;
  }
  return undefined;
}

function kindOf(title: string): string | undefined {
  // The site's name may precede or follow.
  const segments = title.split(/ [-–—|·:»] |[|｜]/).map((segment) => segment.trim().replace(leadIn, ""));
  for (const segment of segments) {
    const rest = segment.replace(errorWord, "");
    if (status.test(rest) && afterStatus.test(rest.slice(3).replace(/^[^\p{L}\p{N}]+/u, "")))
      return "an error page";
    for (const [kind, starts] of Object.entries(phrases))
      if (starts.some((start) => segment.startsWith(start))) return kind;
    if (loginTitles.has(segment.replace(/[\s.!…]{1,20}$/, ""))) return "a login page";
  }
  return undefined;
}
