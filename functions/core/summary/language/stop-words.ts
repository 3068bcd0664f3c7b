/** Frequent short words that distinguish languages of the Latin script, and Russian from Bulgarian. */
const lists: Readonly<Record<string, string>> = {
  en: "the of and to in is that for it with as was on are be this by at from have or an has not they which you we were their been will would there can more its who if about when our but your what these how than into new after also a i so do no all over out up my me he his she her him why where just some any us get now down off could only then most without am",
  de: "der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat dass sie nach wird bei einer um am sind noch wie einem über einen so zum war haben nur oder aber vor zur bis mehr durch man sein wurde wir ich kann gegen vom können schon wenn habe ihre dann unter diese wieder keine seine",
  fr: "de la le et les des en un du une que est pour qui dans a par plus pas au sur ne se ce il sont avec son aux cette ont ses mais comme on ou nous leur elle être d'un d'une deux ces été n'est fait c'est après sans selon entre dont peut tout vous sa même aussi l'on contre ainsi",
  es: "de la que el en y a los se del las un por con no una su para es al lo como más o pero sus le ha me si sin sobre este ya entre cuando todo esta ser son dos también fue había era muy años hasta desde está según han año donde tras qué sólo porque contra durante hoy nos uno",
  pt: "de a o que e do da em um para com não uma os no se na por mais as dos como mas ao das à seu sua ou quando muito nos já eu também só pelo pela até isso ela entre depois sem mesmo aos ter seus foi são está ser tem há você pode anos ele nas segundo sobre ainda num",
  it: "di e il la che in un a per è una sono del non della le con si i da al dei nel anche alla lo più delle come ha gli dal su ma o se nella ed degli questo stato dalla sul tra dopo anni era suo cui hanno due essere alle ai questa stata nei all' dell' sua prima",
  nl: "de van het een en in is dat op te zijn voor met die niet aan er om ook als dan maar bij uit nog naar wordt door over hij werd heeft of worden tot hun deze wat meer ik zich kan jaar heb ze geen wel dit onder veel was ze al moet",
  sv: "och i att det som en på är av för med den till inte har om ett var jag men de så från vi kan när ska eller han under också efter hon sig där mer vid år mot nu ut alla hade blir mycket skulle över utan",
  da: "og i at det er en til på som af for med den de der har ikke om et han fra var vi kan så skal men ved eller også efter ud år når blev hun mod op sig hvor over være mere nu jeg have meget været",
  nb: "og i det er på som en til for av at med har de ikke den om et fra men han var vi kan skal så også etter ved eller seg hun år ut mot når blir opp være over nå jeg mer ble hvor noe",
  fi: "ja on ei se että oli myös mutta kun hän joka ovat kuin niin tai mukaan sen vuoden jo ole vain sekä jos olla voi nyt joka tämä ollut siitä vielä sitten",
  pl: "w i na z się nie do to że jest o za od po jak przez co dla są ale oraz ma tym był jego tylko które który być może także już czy tego lub jej będzie przed roku po",
  cs: "a v se na je že o z s do to i za ve pro jsou by k po které ale jako od byl také který podle však jeho při už nebo jak až bude pouze být před které",
  tr: "ve bir bu da de için ile olarak çok daha olan gibi en kadar sonra ise olduğu ama değil var ne ya her göre yeni oldu dedi ancak iki tarafından üzere",
  ro: "de și în a la cu pe că o din care nu se un mai pentru este ce au fost prin sunt a fi să al ale sau dar după lui fi între când",
  hu: "a az és hogy nem is egy ez meg de volt csak már azt ki még el vagy mint lesz volna kell után szerint van lehet amely sem pedig között",
  id: "yang dan di dengan untuk pada ini itu dari dalam tidak akan adalah ke juga oleh karena sebagai telah dapat atau saat ada bisa mereka kata lebih sudah",
  vi: "và của là có các trong được cho với không một những để người này khi đã đến từ về ra như cũng vào năm tại trên nhiều phải sẽ theo",
  ca: "de la i el que a en els les un per amb una del no és al es ha més dels com o però són seva aquest aquesta pel fer ser hi també molt què li ens",
};

const cyrillic: Readonly<Record<string, string>> = {
  ru: "и в не на что с по как это он к но его за от из у же для мы так был было все о который она они также при или бы до года если только уже после чтобы этого может",
  bg: "и на в да се от за не е са че по с си до като това при или ще към са беше след но която който които също само бъде още тази този",
};

const tables = (source: Readonly<Record<string, string>>) =>
  Object.entries(source).map(([language, text]) => ({ language, words: new Set(text.split(" ")) }));

export const latinStopWords = tables(lists);
export const cyrillicStopWords = tables(cyrillic);
