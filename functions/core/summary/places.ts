/**
 * Places of datelines. A name without an agency or a date and not in capitals counts as a dateline only if it is one of
 * these: `Geneva – ` is one, `Node.js — ` is not.
 */
const byLanguage: Readonly<Record<string, string>> = {
  latin:
    "Abidjan|Abu Dhabi|Abuja|Accra|Addis Ababa|Algiers|Alger|Amman|Amsterdam|Ankara|Antananarivo|Asunción|Athens|Athen|Athènes|Atenas|Atene|Atlanta|Baghdad|Bagdad|Baku|Bamako|Bangkok|Barcelona|Basel|Bâle|Beijing|Beirut|Beyrouth|Belfast|" +
    "Belgrade|Belgrad|Bengaluru|Berlin|Berlín|Berlino|Berlim|Bern|Berne|Bogota|Bogotá|Bologna|Bonn|Bordeaux|Boston|Brasilia|Brasília|Bratislava|Bremen|Brussels|Brüssel|Bruxelles|Bruselas|Bruxelas|Bucharest|Bukarest|Bucarest|Budapest|Buenos Aires|" +
    "Cairo|Kairo|Le Caire|Canberra|Cape Town|Kapstadt|Caracas|Casablanca|Chennai|Chicago|Ciudad de México|Colombo|Copenhagen|Kopenhagen|Copenhague|Dakar|Damascus|Damaskus|Damas|Davos|Delhi|Denver|Dhaka|Doha|Dortmund|Dresden|Dubai|Dublin|Dushanbe|" +
    "Düsseldorf|Edinburgh|Essen|Florence|Firenze|Frankfurt|Frankfurt am Main|Gaza|Gaza City|Geneva|Genf|Genève|Ginebra|Ginevra|Genova|Glasgow|Guatemala|Haifa|Hamburg|Hannover|Hanoi|Harare|Havana|Havanna|La Habana|Helsinki|Hong Kong|Hongkong|Honolulu|Houston|" +
    "Hyderabad|Innsbruck|Islamabad|Istanbul|Jakarta|Jerusalem|Jérusalem|Jerusalén|Johannesburg|Juba|Kabul|Kaboul|Kampala|Karachi|Kathmandu|Khartoum|Kharkiv|Kiel|Kiew|Kiev|Kigali|Kinshasa|Kolkata|Köln|Kuala Lumpur|Kuwait City|Kyiv|Kyoto|La Paz|Lagos|Lahore|" +
    "Las Vegas|Lausanne|Leipzig|Lille|Lima|Linz|Lisbon|Lissabon|Lisbonne|Lisboa|London|Londres|Londra|Los Angeles|Luanda|Lusaka|Luxembourg|Luxemburg|Lyon|Madrid|Magdeburg|Mainz|Managua|Manchester|Manila|Manille|Maputo|Marseille|Melbourne|Mexico City|Mexiko-Stadt|" +
    "México|Miami|Milan|Milano|Mailand|Minsk|Mogadishu|Monrovia|Montevideo|Montreal|Montréal|Moscow|Moskau|Moscou|Moscú|Mosca|Moscovo|Mumbai|Munich|München|Nairobi|Nantes|Naples|Napoli|New Delhi|Neu-Delhi|New York|Nice|Nizza|Nicosia|Nürnberg|" +
    "Austin|Baltimore|Boise|Charlotte|Cincinnati|Cleveland|Dallas|Detroit|Kansas City|Memphis|Milwaukee|Minneapolis|Nashville|New Orleans|Omaha|Orlando|Pittsburgh|Portland|Sacramento|Salt Lake City|San Antonio|San Diego|St. Louis|Tampa|Tucson|Tulsa|" +
    "Odesa|Odessa|Osaka|Lviv|Antwerp|Antwerpen|Aleppo|Oslo|Ottawa|Palermo|Panama City|Panamá|Paris|París|Parigi|Beijing|Peking|Pékin|Pekín|Pechino|Pequim|Philadelphia|Phnom Penh|Phoenix|Port-au-Prince|Porto|Potsdam|Prague|Prag|Praga|Pretoria|Pristina|Pyongyang|Quito|Rabat|Ramallah|Rangoon|Rawalpindi|Recife|" +
    "Reykjavik|Riga|Rio de Janeiro|Riyadh|Riad|Rome|Rom|Roma|Rostock|Rotterdam|Saarbrücken|Salzburg|San Francisco|San José|San Salvador|Santiago|Santiago de Chile|Santo Domingo|São Paulo|Sarajevo|Schwerin|Seattle|Seoul|Séoul|Seúl|Sevilla|Shanghai|Singapore|Singapur|" +
    "Skopje|Sofia|Stockholm|Strasbourg|Straßburg|Stuttgart|Sydney|Taipei|Tallinn|Tashkent|Tbilisi|Tegucigalpa|Tehran|Teheran|Téhéran|Teherán|Tel Aviv|The Hague|Den Haag|La Haye|Tirana|Tokyo|Tokio|Toronto|Toulouse|Tripoli|Tripolis|Tunis|Turin|Torino|Ulm|" +
    "United Nations|Valencia|Valletta|Vancouver|Vatican City|Vatikanstadt|Venice|Venezia|Vienna|Wien|Vienne|Viena|Vilnius|Warsaw|Warschau|Varsovie|Varsovia|Washington|Wellington|Wiesbaden|Yangon|Yaoundé|Yerevan|Zagreb|Zurich|Zürich",
  zh:
    "北京|上海|天津|重庆|重慶|广州|廣州|深圳|成都|武汉|武漢|南京|杭州|西安|沈阳|瀋陽|香港|澳门|澳門|台北|臺北|台湾|台灣|高雄|台中|台南|华盛顿|華盛頓|纽约|紐約|洛杉矶|洛杉磯|旧金山|舊金山|芝加哥|波士顿|波士頓|白宫|白宮|五角大楼|五角大廈|国会山|國會山|国务院|國務院|联合国|聯合國|" +
    "伦敦|倫敦|巴黎|柏林|慕尼黑|波恩|布鲁塞尔|布魯塞爾|日内瓦|日內瓦|维也纳|維也納|罗马|羅馬|马德里|馬德里|里斯本|莫斯科|基辅|基輔|华沙|華沙|布拉格|布达佩斯|雅典|赫尔辛基|斯德哥尔摩|奥斯陆|哥本哈根|海牙|" +
    "东京|東京|大阪|首尔|首爾|平壤|新德里|孟买|伊斯兰堡|达卡|加德满都|科伦坡|曼谷|河内|河內|马尼拉|馬尼拉|雅加达|雅加達|吉隆坡|新加坡|仰光|内比都|金边|金邊|万象|堪培拉|悉尼|雪梨|墨尔本|惠灵顿|" +
    "耶路撒冷|特拉维夫|特拉維夫|加沙|加薩|贝鲁特|貝魯特|大马士革|大馬士革|巴格达|巴格達|德黑兰|德黑蘭|利雅得|迪拜|杜拜|多哈|安卡拉|伊斯坦布尔|伊斯坦堡|喀布尔|喀布爾|开罗|開羅|内罗毕|奈洛比|约翰内斯堡|" +
    "渥太华|渥太華|多伦多|多倫多|温哥华|溫哥華|墨西哥城|哈瓦那|加拉加斯|巴西利亚|圣保罗|里约热内卢|布宜诺斯艾利斯|圣地亚哥|利马",
  ar:
    "القاهرة|الإسكندرية|بيروت|دمشق|حلب|بغداد|أربيل|البصرة|عمان|عمّان|القدس|القدس المحتلة|رام الله|غزة|الرياض|جدة|مكة|مكة المكرمة|المدينة المنورة|دبي|أبوظبي|أبو ظبي|الشارقة|الدوحة|الكويت|المنامة|مسقط|صنعاء|عدن|الخرطوم|" +
    "طرابلس|بنغازي|تونس|الجزائر|الرباط|الدار البيضاء|نواكشوط|مقديشو|طهران|أنقرة|إسطنبول|اسطنبول|واشنطن|نيويورك|لندن|باريس|برلين|موسكو|كييف|بروكسل|جنيف|فيينا|روما|مدريد|بكين|طوكيو|نيودلهي|إسلام آباد|كابول|تل أبيب",
  he: "ירושלים|תל אביב|תל-אביב|חיפה|באר שבע|אילת|נתניה|אשדוד|אשקלון|רמאללה|עזה|ביירות|דמשק|קהיר|עמאן|ריאד|דובאי|דוחא|טהרן|אנקרה|איסטנבול|וושינגטון|ניו יורק|לונדון|פריז|ברלין|מוסקבה|קייב|בריסל|ז'נבה|וינה|רומא|מדריד|בייג'ינג|טוקיו|או\"ם|האו\"ם",
};

/** The source of an expression for the places of one script; longer names are tried first. */
export const placesOf = (script: keyof typeof byLanguage): string =>
  `(?:${byLanguage[script]!.split("|")
    .sort((a, b) => b.length - a.length)
    .join("|")})`;

/** Countries and states after the name of a place: `Kyiv, Ukraine — `, `Springfield, Ill. — `. */
export const regions =
  "(?:Afghanistan|Albania|Algeria|Angola|Argentina|Armenia|Australia|Austria|Azerbaijan|Bahrain|Bangladesh|Belarus|Belgium|Bolivia|Bosnia|Botswana|Brazil|Bulgaria|Burkina Faso|Cambodia|Cameroon|Canada|Chad|Chile|China|Colombia|Congo|Costa Rica|" +
  "Croatia|Cuba|Cyprus|Czech Republic|Denmark|Ecuador|Egypt|El Salvador|England|Eritrea|Estonia|Ethiopia|Finland|France|Gabon|Gambia|Georgia|Germany|Ghana|Greece|Greenland|Guatemala|Guinea|Haiti|Honduras|Hungary|Iceland|India|Indonesia|Iran|Iraq|" +
  "Ireland|Israel|Italy|Ivory Coast|Jamaica|Japan|Jordan|Kazakhstan|Kenya|Kosovo|Kuwait|Kyrgyzstan|Laos|Latvia|Lebanon|Liberia|Libya|Lithuania|Malawi|Malaysia|Mali|Malta|Mexico|Moldova|Mongolia|Montenegro|Morocco|Mozambique|Myanmar|Namibia|Nepal|" +
  "Netherlands|New Zealand|Nicaragua|Niger|Nigeria|North Korea|North Macedonia|Northern Ireland|Norway|Oman|Pakistan|Panama|Paraguay|Peru|Philippines|Poland|Portugal|Puerto Rico|Qatar|Romania|Russia|Rwanda|Saudi Arabia|Scotland|Senegal|Serbia|Sierra Leone|" +
  "Slovakia|Slovenia|Somalia|South Africa|South Korea|South Sudan|Spain|Sri Lanka|Sudan|Sweden|Switzerland|Syria|Taiwan|Tajikistan|Tanzania|Thailand|Togo|Tunisia|Turkey|Turkmenistan|Uganda|Ukraine|United Arab Emirates|Uruguay|Uzbekistan|Venezuela|Vietnam|" +
  "Wales|West Bank|Yemen|Zambia|Zimbabwe|Alaska|California|Florida|Hawaii|Idaho|Iowa|Maine|Ohio|Oregon|Texas|Utah|D\\.C\\.|DC|N\\.[CDHJMY]\\.|S\\.[CD]\\.|W\\.Va\\.|R\\.I\\.|" +
  "(?:Ala|Ariz|Ark|Calif|Colo|Conn|Del|Fla|Ga|Ill|Ind|Kan|Ky|La|Md|Mass|Mich|Minn|Miss|Mo|Mont|Neb|Nev|Okla|Ore|Pa|Tenn|Tex|Vt|Va|Wash|Wis|Wyo|Alta|Ont|Que|Sask|Man)\\.)";
