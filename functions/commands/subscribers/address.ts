import { domainToASCII } from "node:url";
import type { Address } from "../../aws/subscriptions.ts";

/** What a text must look like to be an address; the end of an error message. */
export const expectedAddress =
  "a mail address, a telephone number such as +12025550123, an http or https URL, or the ARN of a queue or function";

/** An address as SNS takes it, or why the text is none. */
export type ParsedAddress = { readonly address: Address } | { readonly problem: string };

/**
 * Reads a mail address, a telephone number, a URL or an ARN. Nothing is guessed: spaces and punctuation of a telephone
 * number are removed, the domain of a mail address is written in lower case and in ASCII, and everything else stays.
 */
export function parseAddress(text: string): ParsedAddress {
  const given = text.trim();
  if (given === "") return { problem: `found nothing; expected ${expectedAddress}` };
  if (/[\p{C}]/u.test(given)) return { problem: "found a control or invisible character" };
  if (given.startsWith("arn:")) return parseArn(given);
  if (/^https?:/i.test(given)) return parseUrl(given);
  if (given.includes("@")) return parseMail(given);
  if (/^[+\d(]/.test(given)) return parseTelephone(given);
  return { problem: `expected ${expectedAddress}` };
}

/** ITU-T E.164: a country code, which never starts with 0, and 15 digits at most. No country has fewer than 7. */
const e164 = /^\+[1-9]\d{6,14}$/;

function parseTelephone(given: string): ParsedAddress {
  const endpoint = given.replaceAll(/[\s().\-/]/g, "");
  if (e164.test(endpoint)) return { address: { protocol: "sms", endpoint } };
  if (!endpoint.startsWith("+"))
    return { problem: "expected a telephone number with + and country code, such as +12025550123" };
  return { problem: "expected + and 7 to 15 digits, the first not 0 (ITU-T E.164)" };
}

/** RFC 5321, 4.1.2: the characters of an unquoted local part, at most 64; 4.5.3.1: 254 in the whole address. */
const localPart = /^(?!\.)(?!.*\.\.)(?!.*\.$)[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}$/;
/** RFC 1123, 2.1: letters, digits and inner hyphens; a domain of a mail address has at least two labels. */
const isDomain = (domain: string): boolean => {
  const labels = domain.split(".");
  const isLabel = (label: string) => /^[a-z0-9-]{1,63}$/.test(label) && !/^-|-$/.test(label);
  return (
    domain.length <= 253 && labels.length > 1 && labels.every(isLabel) && /^[a-z]/.test(labels.at(-1) ?? "")
  );
};

function parseMail(given: string): ParsedAddress {
  const at = given.lastIndexOf("@");
  const local = given.slice(0, at);
  // Amazon SES, which sends the mails of SNS, has no SMTPUTF8 (Amazon SES API Reference, `SendEmail`).
  if (/[^ -~]/.test(local)) return { problem: "expected ASCII before the @ of a mail address" };
  if (!localPart.test(local)) return { problem: "expected a mail address such as reader@example.org" };
  const domain = domainToASCII(given.slice(at + 1).toLowerCase());
  if (!isDomain(domain)) return { problem: "expected a domain after the @, such as example.org" };
  const endpoint = `${local}@${domain}`;
  if (endpoint.length > 254) return { problem: "expected a mail address of at most 254 characters" };
  return { address: { protocol: "email", endpoint } };
}

function parseUrl(given: string): ParsedAddress {
  if (/\s/.test(given) || !URL.canParse(given))
    return { problem: "expected a URL such as https://example.org/hook" };
  const { protocol } = new URL(given);
  return { address: { protocol: protocol.slice(0, -1), endpoint: given } };
}

const arns: readonly (readonly [protocol: string, form: RegExp])[] = [
  ["sqs", /^arn:aws[a-z-]*:sqs:[a-z0-9-]+:\d{12}:[A-Za-z0-9_-]{1,80}$/],
  [
    "lambda",
    /^arn:aws[a-z-]*:lambda:[a-z0-9-]+:\d{12}:function:[A-Za-z0-9_-]{1,64}(?::[A-Za-z0-9_$-]{1,128})?$/,
  ],
  ["application", /^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:endpoint\/[A-Za-z0-9_./-]{1,400}$/],
];

function parseArn(given: string): ParsedAddress {
  const found = arns.find(([, form]) => form.test(given));
  if (found) return { address: { protocol: found[0], endpoint: given } };
  if (/^arn:[^:]{1,20}:sqs:.*\.fifo$/.test(given))
    return { problem: "found a FIFO queue; a standard topic delivers to standard queues only" };
  if (/^arn:[^:]{1,20}:firehose:/.test(given))
    return { problem: "a delivery stream needs a role; subscribe it with the AWS CLI" };
  return { problem: "expected the ARN of an SQS queue, a Lambda function or a platform endpoint" };
}

/** Equal for two spellings of one address, so that no reader is subscribed twice. Mailboxes ignore case in practice. */
export const addressKey = ({ protocol, endpoint }: Address): string =>
  `${protocol} ${protocol.startsWith("email") ? endpoint.toLowerCase() : endpoint}`;

/**
 * The address without what identifies a person: the first letter and the domain of a mail address, the first and the
 * last two digits of a telephone number, the host of a URL. ARNs are no personal data.
 */
export function maskAddress({ protocol, endpoint }: Address): string {
  switch (protocol) {
    case "email":
    case "email-json":
      return `${endpoint.slice(0, 1)}***${endpoint.slice(endpoint.lastIndexOf("@"))}`;
    case "sms":
      return `${endpoint.slice(0, 3)}***${endpoint.slice(-2)}`;
    case "http":
    case "https":
      return `${protocol}://${URL.canParse(endpoint) ? new URL(endpoint).host : ""}/***`;
    default:
      return endpoint;
  }
}
