// Owns the list of functions that the app serves, wired to the services they call.
import { inngest } from "@/inngest/client";
import { createAlerts } from "@/inngest/functions/alerts";
import { createDeliver } from "@/inngest/functions/deliver";
import { createHealth } from "@/inngest/functions/health";
import { createRetention } from "@/inngest/functions/retention";
import { createSweep } from "@/inngest/functions/sweep";
import { sendAlerts } from "@/lib/server/services/alerts/send-alerts";
import { applyRetention } from "@/lib/server/services/apply-retention";
import { attemptDelivery } from "@/lib/server/services/attempt-delivery";
import { evaluateHealth } from "@/lib/server/services/health/evaluate-health";
import { loadDeliverySchedule } from "@/lib/server/services/load-delivery-schedule";
import { sweepDeliveries } from "@/lib/server/services/sweep-deliveries";

export const functions = [
  createDeliver(inngest, { attemptDelivery, loadDeliverySchedule }),
  createSweep(inngest, sweepDeliveries),
  createRetention(inngest, applyRetention),
  createHealth(inngest, evaluateHealth),
  createAlerts(inngest, sendAlerts),
];
