export interface Script {
  /** ISO 15924. */
  readonly code: string;
  readonly letter: RegExp;
  /** The language to assume for the script, if there is one. */
  readonly language?: string;
}

/** Scripts of the world's feeds; the first two are Latin and Han. */
export const scripts: readonly Script[] = [
  { code: "Latn", letter: /\p{Script=Latin}/u },
  { code: "Hani", letter: /\p{Script=Han}/u },
  { code: "Kana", letter: /[\p{Script=Hiragana}\p{Script=Katakana}]/u, language: "ja" },
  { code: "Hang", letter: /\p{Script=Hangul}/u, language: "ko" },
  { code: "Cyrl", letter: /\p{Script=Cyrillic}/u },
  { code: "Arab", letter: /\p{Script=Arabic}/u },
  { code: "Hebr", letter: /\p{Script=Hebrew}/u, language: "he" },
  { code: "Deva", letter: /\p{Script=Devanagari}/u },
  { code: "Thai", letter: /\p{Script=Thai}/u, language: "th" },
  { code: "Grek", letter: /\p{Script=Greek}/u, language: "el" },
  { code: "Armn", letter: /\p{Script=Armenian}/u, language: "hy" },
  { code: "Geor", letter: /\p{Script=Georgian}/u, language: "ka" },
  { code: "Beng", letter: /\p{Script=Bengali}/u, language: "bn" },
  { code: "Guru", letter: /\p{Script=Gurmukhi}/u, language: "pa" },
  { code: "Gujr", letter: /\p{Script=Gujarati}/u, language: "gu" },
  { code: "Taml", letter: /\p{Script=Tamil}/u, language: "ta" },
  { code: "Telu", letter: /\p{Script=Telugu}/u, language: "te" },
  { code: "Knda", letter: /\p{Script=Kannada}/u, language: "kn" },
  { code: "Mlym", letter: /\p{Script=Malayalam}/u, language: "ml" },
  { code: "Sinh", letter: /\p{Script=Sinhala}/u, language: "si" },
  { code: "Mymr", letter: /\p{Script=Myanmar}/u, language: "my" },
  { code: "Khmr", letter: /\p{Script=Khmer}/u, language: "km" },
  { code: "Laoo", letter: /\p{Script=Lao}/u, language: "lo" },
  { code: "Tibt", letter: /\p{Script=Tibetan}/u, language: "bo" },
  { code: "Ethi", letter: /\p{Script=Ethiopic}/u, language: "am" },
];

/** Characters of frequent words whose other form belongs to the other script, simplified and traditional in the same order. */
export const simplified =
  "国们这来对时个说为会发开关没过还学现经动业产华长门问间东车马见观语话让认识应该将实样点当战军队报纸区义务联农员线级统织组纪红约终绝给维网务乐书习买卖亚亿仅从众优伤伦侠决况净减几凤击划则刚创别剧劝办动励劳势华协单卫历厂厅压县参双变叶号员团园围图圆场块坚坏声处备复够头夺奋奖妇孙宁宝审宪宽宾对寻导尔尽层岁岛币师帮带广庆应库废开异张弹强归录彻徕忆态总恋恶惊愿担拥择挂挥损换据揽搁摄敌数断旧显权条来杨极构标树档检汉沟泽洁浅济测润涨渐湾满滚灭灯灵灾炼热爱牵犹狱独环玛现电画疗监盖盘码确础礼祸离种积称稳穷窃竞笔签简类粮紧续绩绿编缩罗罚职脑脚腾舰舱艰艺节药获营萨蓝虑虽补装观规视览觉触计订认讨训议讯记讲许论设访证评诉诊词译试诗话详误请诸读课谁调谈谋谢贝负贡财责贤败货质贩贫购贯贵贷贸费赂资赌赏赔赖赛赞赢跃践轨转轮软轻载较辆辑输辩边达迁过运还这进远违连迟适选递逻遗邓邮邻郑酱释里针钟钢钱铁银链销锁锋错键镇镜闭闲闹闻阀阅队阳阴阵阶际陆陈险随隐难雇雾静韩页顶项顺须顾顿预领频颗题额风飞饭饮馆驶驻驾验骗鱼鲁鲜鸟鸡鸣黄齐齿龙龟";
export const traditional =
  "國們這來對時個說為會發開關沒過還學現經動業產華長門問間東車馬見觀語話讓認識應該將實樣點當戰軍隊報紙區義務聯農員線級統織組紀紅約終絕給維網務樂書習買賣亞億僅從眾優傷倫俠決況淨減幾鳳擊劃則剛創別劇勸辦動勵勞勢華協單衛歷廠廳壓縣參雙變葉號員團園圍圖圓場塊堅壞聲處備復夠頭奪奮獎婦孫寧寶審憲寬賓對尋導爾盡層歲島幣師幫帶廣慶應庫廢開異張彈強歸錄徹徠憶態總戀惡驚願擔擁擇掛揮損換據攬擱攝敵數斷舊顯權條來楊極構標樹檔檢漢溝澤潔淺濟測潤漲漸灣滿滾滅燈靈災煉熱愛牽猶獄獨環瑪現電畫療監蓋盤碼確礎禮禍離種積稱穩窮竊競筆簽簡類糧緊續績綠編縮羅罰職腦腳騰艦艙艱藝節藥獲營薩藍慮雖補裝觀規視覽覺觸計訂認討訓議訊記講許論設訪證評訴診詞譯試詩話詳誤請諸讀課誰調談謀謝貝負貢財責賢敗貨質販貧購貫貴貸貿費賂資賭賞賠賴賽贊贏躍踐軌轉輪軟輕載較輛輯輸辯邊達遷過運還這進遠違連遲適選遞邏遺鄧郵鄰鄭醬釋裡針鐘鋼錢鐵銀鏈銷鎖鋒錯鍵鎮鏡閉閒鬧聞閥閱隊陽陰陣階際陸陳險隨隱難僱霧靜韓頁頂項順須顧頓預領頻顆題額風飛飯飲館駛駐駕驗騙魚魯鮮鳥雞鳴黃齊齒龍龜";

/** Letters that distinguish languages of the same script. */
export const arabicLetters = { ur: /[ٹڈڑںےھہ]/gu, fa: /[پچژگ]|\u06CC/gu };
export const cyrillicLetters = {
  uk: /[іїєґ]/giu,
  be: /ў/giu,
  sr: /[ђћџљњј]/giu,
  mk: /[ѓќѕ]/giu,
  kk: /[әғқңөұүһ]/giu,
};
