interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/**
 * The credentials in the environment, where Lambda puts those of the function's role (AWS Lambda Developer Guide,
 * 'Defined runtime environment variables'). In the bundle it replaces `@aws-sdk/credential-provider-node`, which also
 * looks in profiles, SSO caches and metadata services: a function has none of them.
 */
export const defaultProvider = () => async (): Promise<Credentials> => {
  const {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
  } = process.env;
  if (!accessKeyId || !secretAccessKey)
    throw new Error("AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are missing; Lambda sets them.");
  return { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) };
};
