import { Argument, Command } from "commander";
import { examples } from "./options.ts";

const shells = ["bash", "zsh", "fish"] as const;
export type Shell = (typeof shells)[number];

/** `feedbell completion`: prints the script that completes feedbell in a shell. */
export const completionCommand = (): Command =>
  new Command("completion")
    .description("print a script that completes commands, options and values in a shell")
    .addArgument(new Argument("<shell>", "the shell").choices(shells))
    .addHelpText(
      "after",
      examples([
        ["completion bash >> ~/.bashrc", "For each new bash"],
        ["completion zsh >> ~/.zshrc", "For each new zsh"],
        ["completion fish > ~/.config/fish/conf.d/feedbell.fish", "For each new fish"],
      ]) +
        "\n\nCompletes `feedbell` and, where no other completion of npx is installed, `npx feedbell`. The script calls this" +
        "\ninstallation: print it again after the folder was moved.",
    )
    .action(async (shell: Shell) => {
      const { printScript } = await import("./completion/scripts.ts");
      await printScript(shell);
    });

/** `feedbell complete`: what the scripts call; hidden in help. */
export const completeCommand = (): Command =>
  new Command("complete")
    .description("print the completions of words, for the script of a shell")
    .addArgument(new Argument("<shell>", "the shell").choices(shells))
    .argument("[word...]", "the words after the program, the last one up to the cursor")
    .addHelpText("after", examples([["complete bash -- outbox l", "What follows `feedbell outbox l`"]]))
    .action(async (shell: Shell, words: readonly string[], _: object, command: Command) => {
      const { printCompletions } = await import("./completion/run.ts");
      await printCompletions(command.parent ?? command, shell, words);
    });
