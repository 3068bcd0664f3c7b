/** News agencies as stories and pictures are signed: in a dateline, after a story, next to a photographer's name. */
const names =
  "AP|AFP|AFPTV|UPI|APA|SDA|ATS|sda|apa|ats|awp|ots|pts|sid|SID|epd|KNA|dpa|ddp|dts|EFE|EPA|EPA-EFE|ANSA|AGI|Lusa|LUSA|PTI|ANI|IANS|AA|DHA|İHA|PAP|ČTK|TT|NTB|Ritzau|" +
  "STT|Belga|ANP|VOA|BBC|CNN|Reuters|REUTERS|Bloomberg|Xinhua|CNA|Kyodo|Yonhap|TASS|RIA Novosti|Sputnik|Europa Press|EUROPA PRESS|" +
  "askanews|Adnkronos|LaPresse|Agência Brasil|Estadão Conteúdo|Keystone-SDA|ТАСС|РИА Новости|Интерфакс|УНИАН|" +
  "भाषा|वार्ता|एजेंसी|رويترز|أ ?ف ?ب|أ\\.ف\\.ب|د ?ب ?أ|وكالات|واس|سانا|الأناضول";

/** The source of an expression for an agency's name with a suffix, if any (`dpa/lby`, `AP Photo`). */
export const agency = `(?:${names})(?:[-/ ,][^()]{0,24})?`;

/** The same for picture agencies. */
export const pictureAgency =
  "(?:(?:AP|EPA|AFP|Reuters|Xinhua)[ -](?:Photo|Images?|Foto)|AP|AFP|EFE|EPA|EPA-EFE|REUTERS|Reuters|ANSA|LaPresse|Lusa|LUSA|PTI|ANI|PA|PA Wire|PA Media|PA Images|dpa|picture alliance|imago|IMAGO|Keystone|KEYSTONE|APA|" +
  "Getty Images?|Shutterstock|Alamy|iStock|Unsplash|Pexels|Pixabay|Zuma|ZUMA Press|SIPA|Sipa|MAXPPP|Abaca|Contrasto|NurPhoto|Anadolu(?: Agency)?|Bloomberg|Europa Press|EUROPA PRESS|Agência Brasil|" +
  "Kyodo|Yonhap|Xinhua|TASS|ТАСС|РИА Новости|Коммерсантъ|رويترز|أ ف ب|الأناضول)";
