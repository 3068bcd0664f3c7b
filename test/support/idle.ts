/** A function in the real one's place where only the stack around it is tested. */
export const handler = async (): Promise<{ batchItemFailures: [] }> => ({ batchItemFailures: [] });
