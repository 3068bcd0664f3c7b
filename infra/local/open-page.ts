import { spawn } from "node:child_process";

/** The command that opens a page in the browser; `undefined` where there is no display. */
export function browserCommand(
  url: string,
  { platform, env }: { readonly platform: NodeJS.Platform; readonly env: NodeJS.ProcessEnv },
): readonly [command: string, ...args: string[]] | undefined {
  if (platform === "darwin") return ["open", url];
  // `start` is a command of the shell; its first quoted argument would be a window's title.
  if (platform === "win32") return ["cmd", "/c", "start", '""', url];
  // In the Windows Subsystem for Linux the browser is a Windows program.
  if (env["WSL_DISTRO_NAME"] !== undefined) return ["cmd.exe", "/c", "start", '""', url];
  const hasDisplay = Boolean(env["DISPLAY"] ?? env["WAYLAND_DISPLAY"]);
  return hasDisplay ? ["xdg-open", url] : undefined;
}

/** Opens a page in the browser. Without a display or a browser nothing happens: the address is printed anyway. */
export function openPage(url: string): void {
  const [command, ...args] = browserCommand(url, process) ?? [];
  if (command === undefined) return;
  const child = spawn(command, args, { stdio: "ignore", detached: true });
  child.on("error", () => undefined);
  child.unref();
}
