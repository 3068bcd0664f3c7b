import { GetTopicAttributesCommand, SNSClient } from "@aws-sdk/client-sns";
import { handler as digest } from "./digest.ts";

/** The clients that watch makes, and the commands that it sends: those of digest, and SNS. */
export const handler = [digest, new SNSClient({}), [GetTopicAttributesCommand]];
