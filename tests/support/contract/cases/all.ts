// Every case of the contract test.
import type { Cases } from "../case";
import { catalogueCases, environmentCases, publicCases } from "./catalogue";
import { credentialCases } from "./credentials";
import { deliveryCases } from "./deliveries";
import { endpointCases } from "./endpoints";
import { eventCases } from "./events";
import { profileCases } from "./profiles";
import { subjectCases, webhookCases } from "./subjects";

export const allCases: Cases = {
  ...eventCases,
  ...endpointCases,
  ...credentialCases,
  ...subjectCases,
  ...webhookCases,
  ...deliveryCases,
  ...profileCases,
  ...catalogueCases,
  ...environmentCases,
  ...publicCases,
};
