/** A function that fails whatever it gets. */
export const handler = async (): Promise<never> => {
  throw new RangeError("this function always fails");
};
