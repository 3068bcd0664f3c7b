/** A function that does nothing and succeeds. */
export const handler = async (): Promise<null> => null;
