// Owns the description of the operations on endpoints and their secrets.
import {
  createEndpointInput,
  enableEndpointInput,
  listEndpointsQuery,
  MAX_ENDPOINTS_PER_ENVIRONMENT,
  rotateSecretInput,
  sendTestInput,
  updateEndpointInput,
} from "@/lib/contracts/endpoints";
import { MAX_ENDPOINT_BODY_BYTES, MAX_TEST_BODY_BYTES } from "../body-limits";
import {
  enabledEndpointAnswer,
  endpointAnswer,
  endpointStatsAnswer,
  endpointWithSecretAnswer,
  pageOf,
  testSentAnswer,
  updatedEndpointAnswer,
} from "./answers";
import { examples } from "./examples";
import { BODY_ERRORS, type Operation } from "./operation";
import { endpointParam, secretParam } from "./parameters";

const params = { id: endpointParam };
const write = { tag: "Endpoints", scope: "endpoints:write" } as const;
const read = { tag: "Endpoints", scope: "endpoints:read" } as const;

const theEndpoint = (description: string) => ({
  status: 200 as const,
  description,
  name: "Endpoint",
  schema: endpointAnswer,
  example: examples.endpoint,
});

const withSecret = (status: 200 | 201, description: string) => ({
  status,
  description,
  name: "EndpointWithSecret",
  schema: endpointWithSecretAnswer,
  example: examples.endpointWithSecret,
});

const { state, tenant, search } = listEndpointsQuery.shape;
const describedQuery = listEndpointsQuery.extend({
  state: state.describe("Endpoints in this state"),
  tenant: tenant.describe("Endpoints of this tenant"),
  search: search.describe("Part of a URL, description, tenant or id"),
});

export const endpointOperations: readonly Operation[] = [
  {
    method: "post",
    path: "/api/v1/endpoints",
    id: "createEndpoint",
    ...write,
    summary: "Create an endpoint",
    description:
      "`event_types` takes names (`order.paid`), groups (`order.*`) or `*`. The address is checked now and again at every attempt. The answer is the only one with the signing secret.",
    body: {
      name: "CreateEndpoint",
      schema: createEndpointInput,
      example: examples.createEndpoint,
      maxBytes: MAX_ENDPOINT_BODY_BYTES,
    },
    answer: withSecret(201, "Created; store `secret` now"),
    errors: [...BODY_ERRORS, "target_not_allowed", "conflict"],
    because: {
      conflict: `the environment has ${MAX_ENDPOINTS_PER_ENVIRONMENT} endpoints, or its default profile was archived`,
    },
  },
  {
    method: "get",
    path: "/api/v1/endpoints",
    id: "listEndpoints",
    ...read,
    summary: "List endpoints",
    description: "Newest first, those of callbacks too. Filters are joined by and.",
    query: describedQuery,
    answer: {
      status: 200,
      description: "One page",
      name: "EndpointPage",
      schema: pageOf(endpointAnswer),
      example: examples.endpoints,
    },
    errors: ["invalid_request"],
  },
  {
    method: "get",
    path: "/api/v1/endpoints/{id}",
    id: "getEndpoint",
    ...read,
    summary: "Get an endpoint",
    description: "Its settings, its state with the reason, and hints of its secrets.",
    params,
    answer: theEndpoint("The endpoint"),
    errors: ["not_found"],
  },
  {
    method: "patch",
    path: "/api/v1/endpoints/{id}",
    id: "updateEndpoint",
    ...write,
    summary: "Change an endpoint",
    description:
      "Only what is given changes. `headers` replaces all custom headers, null removes them. Open deliveries go to the new settings at their next attempt; where the tenant changes, those of other tenants' events end. What is write-only does not follow a new address of another origin by itself: give `keep_credentials: true`, or remove it first.",
    params,
    body: {
      name: "UpdateEndpoint",
      schema: updateEndpointInput,
      example: examples.updateEndpoint,
      maxBytes: MAX_ENDPOINT_BODY_BYTES,
    },
    answer: {
      status: 200,
      description: "The endpoint as it is now; with its new secret when `new_secret` asked for one",
      name: "UpdatedEndpoint",
      schema: updatedEndpointAnswer,
      example: examples.endpoint,
    },
    errors: [...BODY_ERRORS, "not_found", "target_not_allowed", "conflict"],
    because: {
      conflict:
        "the new profile signs with another kind of secret, and `new_secret` was not given; or a new address of another origin would get stored authentication, headers or a client certificate, and `keep_credentials` was not given",
    },
  },
  {
    method: "delete",
    path: "/api/v1/endpoints/{id}",
    id: "deleteEndpoint",
    ...write,
    summary: "Delete an endpoint",
    description:
      "Its open deliveries are cancelled; what happened stays in the log until retention clears it.",
    params,
    answer: { status: 204, description: "Deleted" },
    errors: ["not_found"],
  },
  {
    method: "get",
    path: "/api/v1/endpoints/{id}/stats",
    id: "getEndpointStats",
    ...read,
    summary: "Get an endpoint's numbers",
    description:
      "Deliveries that were made in the last 24 hours, tests left out. A very busy endpoint is counted from `counted_since` only.",
    params,
    answer: {
      status: 200,
      description: "The last 24 hours",
      name: "EndpointStats",
      schema: endpointStatsAnswer,
      example: examples.endpointStats,
    },
    errors: ["not_found"],
  },
  {
    method: "post",
    path: "/api/v1/endpoints/{id}/test",
    id: "sendTestEvent",
    ...write,
    summary: "Send a test event",
    description: "Through the real pipeline, to this endpoint only. Tests never count in its numbers.",
    params,
    body: {
      name: "SendTest",
      schema: sendTestInput,
      example: examples.sendTest,
      optional: true,
      maxBytes: MAX_TEST_BODY_BYTES,
    },
    answer: {
      status: 202,
      description: "Under way",
      name: "TestSent",
      schema: testSentAnswer,
      example: examples.testSent,
    },
    errors: [...BODY_ERRORS, "not_found", "conflict"],
    because: { conflict: "it is a callback that has ended" },
  },
  {
    method: "post",
    path: "/api/v1/endpoints/{id}/pause",
    id: "pauseEndpoint",
    ...write,
    summary: "Pause an endpoint",
    description: "Deliveries are held and counted until it is enabled.",
    params,
    answer: theEndpoint("The paused endpoint"),
    errors: ["not_found"],
  },
  {
    method: "post",
    path: "/api/v1/endpoints/{id}/disable",
    id: "disableEndpoint",
    ...write,
    summary: "Disable an endpoint",
    description: "For good, until somebody enables it; deliveries are held meanwhile.",
    params,
    answer: theEndpoint("The disabled endpoint"),
    errors: ["not_found"],
  },
  {
    method: "post",
    path: "/api/v1/endpoints/{id}/enable",
    id: "enableEndpoint",
    ...write,
    summary: "Enable an endpoint",
    description:
      "`held` says what becomes of held deliveries: sent now, replayed (made anew), dropped for good, or kept.",
    params,
    body: {
      name: "EnableEndpoint",
      schema: enableEndpointInput,
      example: examples.enableEndpoint,
      optional: true,
    },
    answer: {
      status: 200,
      description: "The active endpoint and what happened to held deliveries",
      name: "EnabledEndpoint",
      schema: enabledEndpointAnswer,
      example: examples.enabledEndpoint,
    },
    errors: [...BODY_ERRORS, "not_found"],
  },
  {
    method: "post",
    path: "/api/v1/endpoints/{id}/rotate-secret",
    id: "rotateSecret",
    ...write,
    summary: "Rotate the signing secret",
    description:
      "Until the overlap ends both secrets sign, so receivers can change at their own time. `overlap_seconds` 0 ends the old one at once.",
    params,
    body: { name: "RotateSecret", schema: rotateSecretInput, example: examples.rotateSecret, optional: true },
    answer: withSecret(200, "The new secret; store it now"),
    errors: [...BODY_ERRORS, "not_found", "conflict"],
    because: { conflict: "its profile does not sign, so there is no secret" },
  },
  {
    method: "delete",
    path: "/api/v1/endpoints/{id}/secrets/{secret}",
    id: "retireSecret",
    ...write,
    summary: "End a retiring secret now",
    description: "Signatures are made without it from now on.",
    params: { ...params, secret: secretParam },
    answer: theEndpoint("The endpoint as it is now"),
    errors: ["not_found", "conflict"],
    because: { conflict: "it is the current secret, which only a rotation replaces" },
  },
];
