/** A function whose stack trace is looked at. */
export const handler = async (): Promise<never> => {
  throw new Error("as it should");
};
