/** Name of the stack's output with the ARN of an audience's topic. */
export const topicOutput = (audience: string): string => `Topic${pascalCase(audience)}`;

/** `city-desk` becomes `CityDesk`, because names of outputs have letters and digits only. */
const pascalCase = (slug: string): string =>
  slug.replaceAll(/(?:^|-)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
