/** The number that digits write; 0 where there are none. */
export function number(digits: string | undefined): number {
  return digits === undefined ? 0 : Number(digits);
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
