import { memoryLedger } from "../../functions/memory/ledger.ts";
import { ledgerContract } from "../support/contracts/ledger.ts";

ledgerContract("memory", memoryLedger);
