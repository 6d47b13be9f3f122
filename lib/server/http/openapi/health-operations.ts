// Owns the description of an endpoint's health.
import { z } from "zod";
import { type EndpointHealthDto, HEALTH_STATUSES } from "@/lib/contracts/endpoint-health";
import { autoDisableSchema } from "@/lib/domain/profile/definition-shape";
import { id } from "./answers";
import type { Operation } from "./operation";
import { endpointParam } from "./parameters";

const instant = z.string().describe("RFC 3339, UTC, milliseconds").meta({ format: "date-time" });
const count = z.number().int().nonnegative();

const endpointHealthAnswer: z.ZodType<EndpointHealthDto> = z.strictObject({
  endpoint_id: id("endpoint"),
  status: z.enum(HEALTH_STATUSES).describe("`unknown` before the first attempt that counts"),
  failing_since: instant.nullable().describe("The first failure after the last success"),
  failed_attempts: count.describe("Since then"),
  failing_deliveries: count.describe("With a failed attempt since then; counted up to 1,000"),
  last_failure_at: instant.nullable(),
  last_error_class: z.string().nullable(),
  last_success_at: instant.nullable().describe("Up to a minute old while all is well"),
  auto_disable: autoDisableSchema.nullable().describe("Null: never disabled by itself"),
  failing_seconds: count.describe("Time that counts"),
  left_out_seconds: count.describe("Time that does not, because Signpost itself was away or cut off"),
  percent: z.number().int().min(0).max(100).nullable().describe("Share of the rule's time that has passed"),
  warned_percent: count.describe("The highest stage that people were warned at; 0 for none"),
  next_warning: z.strictObject({ percent: z.number().int(), at: instant }).nullable(),
  disables_at: instant
    .nullable()
    .describe("If nothing succeeds until then, and at least `min_failures` deliveries fail"),
  nothing_gets_out: z.boolean().describe("True while no receiver answers at all: no clock runs"),
  certificate_expires_at: instant.nullable().describe("The end of the receiver's certificate"),
});

const example: EndpointHealthDto = {
  endpoint_id: "ep_01kahg4v5yfr0a8rjc0nwznb3q",
  status: "failing",
  failing_since: "2026-01-13T09:30:00.000Z",
  failed_attempts: 38,
  failing_deliveries: 12,
  last_failure_at: "2026-01-15T20:30:00.000Z",
  last_error_class: "connection_refused",
  last_success_at: "2026-01-13T09:12:41.000Z",
  auto_disable: { after_hours: 120, min_failures: 5, warn_at_percent: [50, 70, 90] },
  failing_seconds: 219_600,
  left_out_seconds: 0,
  percent: 50,
  warned_percent: 50,
  next_warning: { percent: 70, at: "2026-01-16T21:30:00.000Z" },
  disables_at: "2026-01-18T09:30:00.000Z",
  nothing_gets_out: false,
  certificate_expires_at: "2026-03-20T12:00:00.000Z",
};

export const healthOperations: readonly Operation[] = [
  {
    method: "get",
    path: "/api/v1/endpoints/{id}/health",
    id: "getEndpointHealth",
    tag: "Endpoints",
    scope: "endpoints:read",
    summary: "Get an endpoint's health",
    description:
      "How long it has been failing, and what the auto-disable rule makes of it. Tests and replays never count, nor do failures and times that are Signpost's own.",
    params: { id: endpointParam },
    answer: {
      status: 200,
      description: "The health of now",
      name: "EndpointHealth",
      schema: endpointHealthAnswer,
      example,
    },
    errors: ["not_found"],
  },
];
