import { Socket } from "node:net";
import dgram from "node:dgram";

/** Preloaded into a process that must not use the network: any attempt fails. */
const refuse = () => {
  throw new Error("this process must not reach for the network");
};
Socket.prototype.connect = refuse;
dgram.createSocket = refuse;
