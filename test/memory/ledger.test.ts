import { memoryLedger } from "../../functions/memory/ledger.ts";
import { ledgerContract } from "../contracts/ledger.ts";

ledgerContract("memory", memoryLedger);
