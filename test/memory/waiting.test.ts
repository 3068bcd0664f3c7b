import { memoryWaiting } from "../../functions/memory/waiting.ts";
import { waitingContract } from "../support/contracts/waiting.ts";

waitingContract("memory", memoryWaiting);
