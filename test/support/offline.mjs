import { Socket } from "node:net";
import dgram from "node:dgram";

/** Preloaded into a process that must do without the network: it fails at the first attempt to reach one. */
const refuse = () => {
  throw new Error("this process must not reach for the network");
};
Socket.prototype.connect = refuse;
dgram.createSocket = refuse;
