// Owns the way of alerts to people, run every minute: who is told, what is written to them, and sending it. Every step
// finds its work in the database, so it may be repeated and interrupted anywhere.
import type { ServiceContext } from "../../context";
import { getRuntime } from "../../runtime";
import { announceAlerts } from "./announce-alerts";
import { composeNotifications } from "./compose-notifications";
import { sendNotifications } from "./send-notifications";

export type AlertsSent = { announced: number; composed: number; sent: number };

/** Does all that is due now. A step that fails does not hold up the next ones; its error is thrown after them. */
export async function sendAlertsOf(ctx: ServiceContext): Promise<AlertsSent> {
  const errors: unknown[] = [];
  const step = async (work: (ctx: ServiceContext) => Promise<number>): Promise<number> => {
    try {
      return await work(ctx);
    } catch (error) {
      errors.push(error);
      return 0;
    }
  };
  const result = {
    announced: await step(announceAlerts),
    composed: await step(composeNotifications),
    sent: await step(sendNotifications),
  };
  if (errors.length > 0) throw errors[0];
  return result;
}

/** The same for this process's instance, for the engine's function. */
export function sendAlerts(): Promise<AlertsSent> {
  return sendAlertsOf(getRuntime());
}
