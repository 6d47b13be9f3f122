// Owns the handlers that try things out or explain them, the same for the public API and the dashboard. They change nothing.
import { z } from "zod";
import { previewTransformInput, testFilterInput } from "@/lib/contracts/trials";
import { explainEvent } from "../services/explain-event";
import { previewTransform } from "../services/preview-transform";
import { testFilter } from "../services/test-filter";
import { MAX_PREVIEW_BODY_BYTES, MAX_TRIAL_BODY_BYTES } from "./body-limits";
import { pathParam } from "./call";
import { jsonResponse } from "./json-response";
import { limitTrials } from "./limit-trials";
import { parseJsonBody, parseQuery } from "./parse";

const noInput = z.strictObject({});

/** `POST /filters/test` */
export const handleTestFilter = limitTrials(async ({ ctx, actor, request }) => {
  const input = await parseJsonBody(request, testFilterInput, { maxBytes: MAX_TRIAL_BODY_BYTES });
  return jsonResponse(await testFilter(ctx, actor, input));
});

/** `POST /transforms/preview` */
export const handlePreviewTransform = limitTrials(async ({ ctx, actor, request }) => {
  const input = await parseJsonBody(request, previewTransformInput, { maxBytes: MAX_PREVIEW_BODY_BYTES });
  return jsonResponse(await previewTransform(ctx, actor, input));
});

/** `GET /events/{id}/explain` */
export const handleExplainEvent = limitTrials(async ({ ctx, actor, request, params }) => {
  parseQuery(request, noInput);
  return jsonResponse(await explainEvent(ctx, actor, pathParam(params, "id")));
});
