import { Command, InvalidArgumentError } from "commander";
import { exitCodesInWords } from "../../functions/console/exit-codes.ts";
import { feedName } from "../../functions/console/feed-name.ts";
import { refuseOptionsKeptByNpm } from "../../functions/console/npm-options.ts";
import { safeText } from "../../functions/console/terminal.ts";

export interface Arguments {
  /** Files to upload; the stack stops when they are delivered. */
  readonly once?: readonly string[];
  /** Feed of the files. */
  readonly feed?: string;
  readonly samples: boolean;
  readonly functionEndpoint?: string;
  readonly port?: number;
  readonly json?: true;
  /** Folder whose state is used and kept. */
  readonly state?: string;
  /** Opens the page in the browser. */
  readonly open?: true;
}

const examples = `
Examples:
  npm start                                    start the stack, upload the samples, watch the drop folder
  npm start -- --no-samples --port 9000        serve the inbox on port 9000 and the AWS endpoint on 9001
  npm start -- --open --state my-stack         open the page; go on with the state of the last such start
  npm start -- --once feed.xml                 deliver one file, print the mail and the SMS, exit
  npm start -- --once --json *.md              deliver several files, print JSON lines
  npm start -- --once archive/ --feed voa      deliver the files of a folder as snapshots of a feed
  npm start -- --once - < feed.xml             deliver standard input
  npm start -- --function-endpoint http://127.0.0.1:7000
                                               send the function's AWS calls through your own proxy

${exitCodesInWords}`;

function parsePort(text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port > 0 && port < 65_535) return port;
  throw new InvalidArgumentError("Expected a number from 1 to 65534; the AWS endpoint uses the next one.");
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
      "Runs feedbell on this machine: the synthesized stack on local emulators, with an inbox page.",
    )
    .argument("[paths...]", "with --once: files, folders, patterns in quotes, or - for standard input")
    .option("--once", "upload the files, wait for delivery, print the messages and exit")
    .option("--feed <name>", "with --once: the feed (default: the feed's own name)", feedName)
    .option("--no-samples", "do not upload the sample snapshots")
    .option("--function-endpoint <url>", "endpoint for the function's AWS clients", parseUrl)
    .option("--port <number>", "port of the inbox page; the AWS endpoint uses the next one", parsePort)
    .option("--state <folder>", "keep the state between starts: snapshots, queues, ledger, readers, messages")
    .option("--open", "open the inbox page in the browser")
    .option("--json", "with --once: print messages as JSON lines")
    .addHelpText("after", examples)
    .showHelpAfterError("Run `npm start -- --help` for usage.")
    .configureOutput({ outputError: (text, write) => write(safeText(text)) })
    .exitOverride();
  refuseOptionsKeptByNpm([command], { program: "npm start --", args: argv });
  command.parse(argv, { from: "user" });
  const { once, ...options } = command.opts<Omit<Arguments, "once"> & { readonly once?: true }>();
  if (once && command.args.length === 0)
    command.error("error: --once needs at least one FILE: npm start -- --once FILE");
  if (!once && command.args.length > 0)
    command.error(`error: ${command.args.join(" ")}: FILE needs --once: npm start -- --once FILE`);
  if (!once && options.feed !== undefined)
    command.error("error: --feed needs --once: npm start -- --once FILE --feed NAME");
  if (once && options.state !== undefined)
    command.error("error: --state has no effect with --once: each run starts anew");
  if (once && options.open)
    command.error("error: --open has no effect with --once: the stack ends by itself");
  if (!once && options.json) command.error("error: --json needs --once: npm start -- --once --json FILE");
  return { ...options, ...(once && { once: command.args }) };
}
