/** Sentences about a commission that the author earns or a discount code for the reader, anywhere in the sentence. */
export const affiliatePatterns: readonly RegExp[] = [
  /\b(?:we|i)(?: (?:may|might|can|could|will|sometimes|also)){0,2} (?:earn|receive|get|make) (?:an?|some)(?: \p{L}+)? commission/iu,
  /(?:erhalten|bekommen) wir(?: \p{L}+){0,3} provision|mit (?:einem )?(?:stern|sternchen|\*) (?:gekennzeichnete|markierte)n? links/iu,
  /nous (?:pouvons|pourrions) (?:percevoir|toucher|recevoir) une (?:petite )?commission|podemos (?:recibir|ganar|receber|ganhar) uma? (?:pequeñ[ao] )?comis(?:ión|são)|potremmo (?:ricevere|guadagnare) una commissione/iu,
  /\b(?:[Uu]s(?:e|ing)|[Ee]nter)(?: (?:the|our|my|promo|offer|coupon|discount|special)){0,3} code ["“]?(?=[\p{Lu}\d]*\p{Lu})[\p{Lu}\d]{3,20}["”]?(?!\p{Ll})/u,
  /(?:(?:promo|offer|coupon|discount)[- ]code|(?:rabatt|gutschein)code|code promo|código (?:de descuento|promocional)|codice sconto) ["“»„]?[\p{L}\d]{3,20}/iu,
];
