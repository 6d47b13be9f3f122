// Owns the way of alerts to people, run every minute: who is told, what is written to them, and sending it. Every step
// finds its work in the database, so it may be repeated and interrupted anywhere.
import type { ServiceContext } from "../../context";
import { getRuntime } from "../../runtime";
import { announceAlerts } from "./announce-alerts";
import { composeNotifications } from "./compose-notifications";
import { sendNotifications } from "./send-notifications";

export type AlertsSent = { announced: number; composed: number; sent: number };

/** Does all that is due now. */
export async function sendAlertsOf(ctx: ServiceContext): Promise<AlertsSent> {
  return {
    announced: await announceAlerts(ctx),
    composed: await composeNotifications(ctx),
    sent: await sendNotifications(ctx),
  };
}

/** The same for this process's instance, for the engine's function. */
export function sendAlerts(): Promise<AlertsSent> {
  return sendAlertsOf(getRuntime());
}
