/** A function that always fails. */
export const handler = async (): Promise<never> => {
  throw new RangeError("this function always fails");
};
