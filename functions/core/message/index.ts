export { composeAlert, composeDigest } from "./compose.ts";
export type { Alert, Digest, Message, MessageKind, Sms, SourceFeed } from "./message.ts";
export { price, smsPrefix } from "./sms/sms-plan.ts";
export { channelLimits, messageBytes } from "./channel-limits.ts";
