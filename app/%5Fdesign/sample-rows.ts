// Gallery: made-up rows for the composed page.

import type { Tone } from "@/components/ui/tone";

export interface SampleRow {
  id: string;
  tone: Tone;
  state: string;
  type: string;
  endpoint: string;
  status: number | null;
  attempts: number;
  latencyMs: number | null;
  at: string;
}

const STATES: [Tone, string, number | null][] = [
  ["success", "Succeeded", 200],
  ["success", "Succeeded", 204],
  ["progress", "Pending", 503],
  ["success", "Succeeded", 200],
  ["danger", "Failed", 404],
  ["paused", "Held", null],
  ["success", "Succeeded", 202],
  ["neutral", "Cancelled", null],
];
const TYPES = ["order.paid", "invoice.finalised", "wallet.credited", "customer.updated", "order.refunded"];
const ENDPOINTS = ["billing.acme.example", "warehouse.acme.example", "crm.partner.example"];
const FIRST_MS = Date.UTC(2026, 10, 20, 19, 38, 37);

/** Twenty-four rows, newest first, the same every time. */
export const SAMPLE_ROWS: SampleRow[] = Array.from({ length: 24 }, (_, index) => {
  const [tone, state, status] = STATES[(index * 5) % STATES.length] ?? ["success", "Succeeded", 200];
  return {
    id: `dlv_${index}`,
    tone,
    state,
    status,
    type: TYPES[index % TYPES.length] ?? "order.paid",
    endpoint: ENDPOINTS[(index * 2) % ENDPOINTS.length] ?? "billing.acme.example",
    attempts: tone === "danger" ? 10 : tone === "progress" ? 3 : status === null ? 0 : 1,
    latencyMs: status === null ? null : 38 + ((index * 97) % 460),
    at: new Date(FIRST_MS - index * 17_300).toISOString(),
  };
});
