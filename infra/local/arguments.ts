import { Command, InvalidArgumentError } from "commander";
import { safeText } from "../../functions/console/terminal.ts";

export interface Arguments {
  /** Files to upload before the stack ends again. */
  readonly once?: readonly string[];
  readonly samples: boolean;
  readonly functionEndpoint?: string;
  readonly port?: number;
  readonly json?: true;
}

const examples = `
Examples:
  npm start                                    bring everything up, show the samples, watch the drop folder
  npm start -- --no-samples --port 9000        the page at port 9000, the AWS endpoint at 9001
  npm start -- --once feed.xml                 deliver one file, print the mail and the SMS, end
  npm start -- --once --json *.md              the same for several, as JSON lines
  npm start -- --once - < feed.xml             the same from standard input
  npm start -- --function-endpoint http://127.0.0.1:7000
                                               let the function's calls pass a proxy of your own

Exit codes: 0 done; 1 a file could not be read, or a snapshot ended in quarantine or in the dead-letter queue;
2 wrong usage or configuration.`;

function parsePort(text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port > 0 && port < 65_535) return port;
  throw new InvalidArgumentError("Expected a number from 1 to 65534; the AWS endpoint takes the next one.");
}

function parseUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url && /^https?:$/.test(url.protocol) && url.pathname === "/" && url.search === "") return url.origin;
  throw new InvalidArgumentError("Expected an address such as http://127.0.0.1:7000.");
}

/** Reads the command line; throws commander's error, with exit code 0 after `--help`. */
export function parseArguments(argv: readonly string[]): Arguments {
  const command = new Command("npm start --")
    .description(
      "Runs feedbell on this machine: the synthesized stack on local emulators, with an inbox to look at.",
    )
    .argument("[files...]", "with --once: the snapshots to upload; - reads standard input")
    .option("--once", "upload the files, wait until all is delivered, print it and end")
    .option("--no-samples", "do not upload the sample snapshots")
    .option("--function-endpoint <url>", "where every client of the function's processes goes", parseUrl)
    .option("--port <number>", "port of the inbox page; the AWS endpoint takes the next one", parsePort)
    .option("--json", "with --once: print messages as JSON lines")
    .addHelpText("after", examples)
    .showHelpAfterError("(--help shows examples)")
    .configureOutput({ outputError: (text, write) => write(safeText(text)) })
    .exitOverride();
  command.parse(argv, { from: "user" });
  const { once, ...options } = command.opts<Omit<Arguments, "once"> & { readonly once?: true }>();
  if (once && command.args.length === 0)
    command.error("error: --once was given no file; expected at least one.");
  if (!once && command.args.length > 0)
    command.error(`error: ${command.args.join(" ")}: files are read with --once only.`);
  if (!once && options.json) command.error("error: --json was given without --once, which prints messages.");
  return { ...options, ...(once && { once: command.args }) };
}
