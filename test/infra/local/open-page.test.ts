import { expect, test } from "vitest";
import { browserCommand } from "../../../infra/local/open-page.ts";

const url = "http://127.0.0.1:8025";

test.each([
  ["macOS", "darwin", {}, ["open", url]],
  ["Windows", "win32", {}, ["cmd", "/c", "start", '""', url]],
  ["Linux with X", "linux", { DISPLAY: ":0" }, ["xdg-open", url]],
  ["Linux with Wayland", "linux", { WAYLAND_DISPLAY: "wayland-0" }, ["xdg-open", url]],
  [
    "Windows Subsystem for Linux",
    "linux",
    { WSL_DISTRO_NAME: "Debian" },
    ["cmd.exe", "/c", "start", '""', url],
  ],
  ["Linux without a display", "linux", {}, undefined],
  ["Linux with an empty display", "linux", { DISPLAY: "" }, undefined],
] as const)("the command on %s", (_, platform, env, expected) => {
  expect(browserCommand(url, { platform, env })).toEqual(expected);
});
