// Owns the list of everything that the public API can do, in the order of its documentation.
import { z } from "zod";
import { catalogueOperations, environmentOperations } from "./catalogue-operations";
import { deliveryOperations } from "./delivery-operations";
import { endpointAuthOperations, sourceAddressesOperation } from "./endpoint-auth-operations";
import { endpointOperations } from "./endpoint-operations";
import { eventOperations } from "./event-operations";
import { healthOperations } from "./health-operations";
import type { Operation } from "./operation";
import { profileOperations } from "./profile-operations";
import { subjectOperations } from "./subject-operations";
import { explainOperation, trialOperations } from "./trial-operations";
import { webhookOperations } from "./webhook-operations";

const descriptionOperation: Operation = {
  method: "get",
  path: "/api/v1/openapi.json",
  id: "getOpenApi",
  tag: "Description",
  summary: "Get this description",
  description: "Made from the schemas that check requests, so it says what this instance does.",
  scope: null,
  answer: {
    status: 200,
    description: "An OpenAPI 3.1 document",
    isPublic: true,
    name: "OpenApiDocument",
    schema: z.record(z.string(), z.unknown()),
    example: { openapi: "3.1.0" },
  },
  errors: [],
};

export const operations: readonly Operation[] = [
  ...eventOperations,
  explainOperation,
  ...endpointOperations,
  ...healthOperations,
  ...endpointAuthOperations,
  ...trialOperations,
  ...subjectOperations,
  ...webhookOperations,
  ...deliveryOperations,
  ...profileOperations,
  ...catalogueOperations,
  ...environmentOperations,
  sourceAddressesOperation,
  descriptionOperation,
];
