// Owns the handlers of deliveries, the same for the public API and the dashboard: parse, call one service, pick a status.
import { z } from "zod";
import {
  type CancelResult,
  listDeliveriesQuery,
  type ReplayResult,
  type RetryNowResult,
  replayInput,
} from "@/lib/contracts/deliveries";
import { AppError } from "@/lib/domain/errors";
import { cancelDelivery } from "../services/cancel-delivery";
import { getDelivery } from "../services/get-delivery";
import { listDeliveries } from "../services/list-deliveries";
import { replayDelivery } from "../services/replay-delivery";
import { retryDeliveryNow } from "../services/retry-delivery-now";
import { type Call, pathParam } from "./call";
import { jsonResponse } from "./json-response";
import { parseJsonBody, parseQuery, parseValue } from "./parse";

const noInput = z.strictObject({});
const idempotencyKey = z
  .string()
  .regex(/^[\x21-\x7e]{1,255}$/, "must be 1 to 255 printable ASCII characters without spaces")
  .optional();

/** `GET /deliveries` */
export async function handleListDeliveries({ ctx, actor, request }: Call): Promise<Response> {
  return jsonResponse(await listDeliveries(ctx, actor, parseQuery(request, listDeliveriesQuery)));
}

/** `GET /deliveries/{id}` */
export async function handleGetDelivery({ ctx, actor, request, params }: Call): Promise<Response> {
  parseQuery(request, noInput);
  return jsonResponse(await getDelivery(ctx, actor, pathParam(params, "id")));
}

/** `POST /deliveries/{id}/replay {settings?}`: 201 with the new delivery. An `Idempotency-Key` gives the same one again. */
export async function handleReplayDelivery({ ctx, actor, request, params }: Call): Promise<Response> {
  const { settings } = await parseJsonBody(request, replayInput, { allowEmpty: true });
  const key = parseValue(
    request.headers.get("idempotency-key") ?? undefined,
    idempotencyKey,
    "idempotency-key",
  );
  const result = await replayDelivery(ctx, actor, pathParam(params, "id"), { idempotencyKey: key, settings });
  if (result.outcome !== "replayed") throw replayRefusal(result);
  return jsonResponse(result.delivery, { status: 201 });
}

/** `POST /deliveries/{id}/retry-now`: 202, the attempt is starting. */
export async function handleRetryDeliveryNow({ ctx, actor, request, params }: Call): Promise<Response> {
  await parseJsonBody(request, noInput, { allowEmpty: true });
  const result = await retryDeliveryNow(ctx, actor, pathParam(params, "id"));
  if (result.outcome !== "started") throw retryRefusal(result);
  return jsonResponse(result.delivery, { status: 202 });
}

/** `POST /deliveries/{id}/cancel`: 200 with the cancelled delivery. */
export async function handleCancelDelivery({ ctx, actor, request, params }: Call): Promise<Response> {
  await parseJsonBody(request, noInput, { allowEmpty: true });
  const result = await cancelDelivery(ctx, actor, pathParam(params, "id"));
  if (result.outcome !== "cancelled") throw cancelRefusal(result);
  return jsonResponse(result.delivery);
}

const notFound = () => new AppError("not_found", "There is no such delivery in this environment.");

function replayRefusal(result: Exclude<ReplayResult, { outcome: "replayed" }>): AppError {
  switch (result.outcome) {
    case "not_found":
      return notFound();
    case "in_flight":
      return new AppError(
        "conflict",
        "An attempt of this delivery is under way. Wait for its answer, then replay.",
      );
    case "payload_expired":
      return new AppError(
        "conflict",
        "Retention has cleared the payload of this event, so there is nothing to send.",
      );
    case "endpoint_deleted":
      return new AppError("conflict", "The endpoint of this delivery has been deleted.");
    case "no_longer_matches":
      return new AppError(
        "conflict",
        "The endpoint no longer takes this event: its tenant or its event types have changed since.",
      );
  }
}

function retryRefusal(result: Exclude<RetryNowResult, { outcome: "started" }>): AppError {
  switch (result.outcome) {
    case "not_found":
      return notFound();
    case "in_flight":
      return new AppError("conflict", "An attempt of this delivery is already under way.");
    case "not_pending":
      return new AppError(
        "conflict",
        `The delivery is ${result.state}, so no attempt is planned that could be brought forward. Replay it instead.`,
      );
  }
}

function cancelRefusal(result: Exclude<CancelResult, { outcome: "cancelled" }>): AppError {
  switch (result.outcome) {
    case "not_found":
      return notFound();
    case "already_final":
      return new AppError(
        "conflict",
        `The delivery is already ${result.state}; there is nothing left to cancel.`,
      );
  }
}
