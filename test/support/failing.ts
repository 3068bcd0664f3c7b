/** A function whose stack trace a test checks. */
export const handler = async (): Promise<never> => {
  throw new Error("as it should");
};
