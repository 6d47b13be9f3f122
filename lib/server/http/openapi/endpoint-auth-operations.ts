// Owns the description of the operations on endpoint authentication and on the addresses that requests come from.
import { z } from "zod";
import {
  clientCertificateInput,
  type EndpointCredentialsDto,
  endpointAuthInput,
} from "@/lib/contracts/endpoint-auth";
import type { SourceAddressesDto } from "@/lib/contracts/source-addresses";
import { MAX_CERTIFICATE_BODY_BYTES } from "../body-limits";
import { credentialsShape } from "./credentials-shape";
import { BODY_ERRORS, type Operation } from "./operation";
import { endpointParam } from "./parameters";

export const endpointCredentialsAnswer: z.ZodType<EndpointCredentialsDto> = z.strictObject(credentialsShape);

export const sourceAddressesAnswer: z.ZodType<SourceAddressesDto> = z.strictObject({
  data: z.array(z.strictObject({ cidr: z.string(), family: z.enum(["ipv4", "ipv6"]) })),
});

const AT = "2026-01-15T09:30:00.000Z";
const auth = { kind: "oauth2", hint: "signpost at id.example.com", updated_at: AT } as const;
const certificate = {
  hint: "CN=signpost, O=Shop, until 2027-01-15",
  subject: "CN=signpost, O=Shop",
  issuer: "CN=Shop clients, O=Shop",
  fingerprint: "3f1b6c0a9d2e4f5861728394a5b6c7d8e9f00112233445566778899aabbccdde",
  expires_at: "2027-01-15T09:30:00.000Z",
  updated_at: AT,
};

const params = { id: endpointParam };
const path = "/api/v1/endpoints/{id}/auth";
const certificatePath = "/api/v1/endpoints/{id}/client-certificate";
const write = { tag: "Endpoints", scope: "endpoints:write", params } as const;

const answer = (description: string, example: EndpointCredentialsDto) => ({
  status: 200 as const,
  description,
  name: "EndpointCredentials",
  schema: endpointCredentialsAnswer,
  example,
});

export const endpointAuthOperations: readonly Operation[] = [
  {
    method: "get",
    path,
    id: "getEndpointAuth",
    tag: "Endpoints",
    scope: "endpoints:read",
    params,
    summary: "Get authentication",
    description: "Kinds and hints. What was set is never shown again.",
    answer: answer("Null for what is not set", { auth, client_certificate: null }),
    errors: ["not_found"],
  },
  {
    method: "put",
    path,
    id: "setEndpointAuth",
    ...write,
    summary: "Set authentication",
    description:
      "Sent beside the signature, from the next attempt on. Replaces all that was set before. With `oauth2`, access tokens are asked for with client credentials, kept in memory, and renewed before they end; when the receiver answers 401, the next attempt asks for a fresh one. Without a token nothing is sent: the attempt fails as `auth_failed` and is tried again.",
    body: {
      name: "EndpointAuth",
      schema: endpointAuthInput,
      example: {
        kind: "oauth2",
        token_url: "https://id.example.com/oauth/token",
        client_id: "signpost",
        client_secret: "<secret>",
        scope: "webhooks:write",
        client_auth: "basic",
      },
    },
    answer: answer("As it is now", { auth, client_certificate: null }),
    errors: [...BODY_ERRORS, "not_found", "target_not_allowed"],
  },
  {
    method: "delete",
    path,
    id: "removeEndpointAuth",
    ...write,
    summary: "Remove authentication",
    description: "What was stored is deleted.",
    answer: { status: 204, description: "Removed; the signature alone is sent from now on" },
    errors: ["not_found"],
    because: { not_found: "there is no such endpoint, or it has no authentication" },
  },
  {
    method: "put",
    path: certificatePath,
    id: "setClientCertificate",
    ...write,
    summary: "Set a client certificate",
    description:
      "For mutual TLS. The certificate must be valid now and made for clients, the key must belong to it. Connections that show it are used for this endpoint only.",
    body: {
      maxBytes: MAX_CERTIFICATE_BODY_BYTES,
      name: "ClientCertificate",
      schema: clientCertificateInput,
      example: {
        certificate: "-----BEGIN CERTIFICATE-----\n…\n-----END CERTIFICATE-----\n",
        key: "-----BEGIN PRIVATE KEY-----\n…\n-----END PRIVATE KEY-----\n",
      },
    },
    answer: answer("As it is now", { auth: null, client_certificate: certificate }),
    errors: [...BODY_ERRORS, "not_found", "conflict"],
    because: {
      conflict: "no TLS that asks for certificates is spoken there: plain http, or the built-in Inbox",
    },
  },
  {
    method: "delete",
    path: certificatePath,
    id: "removeClientCertificate",
    ...write,
    summary: "Remove a client certificate",
    description: "Connections that showed it are not used again.",
    answer: { status: 204, description: "Removed, with its key" },
    errors: ["not_found"],
    because: { not_found: "there is no such endpoint, or it has no client certificate" },
  },
];

export const sourceAddressesOperation: Operation = {
  method: "get",
  path: "/api/v1/source-addresses",
  id: "listSourceAddresses",
  tag: "Description",
  scope: null,
  summary: "List source addresses",
  description:
    "For firewalls of receivers; anyone may read it. An empty list means that this instance promises no addresses. As plain text, one a line: `/docs/source-addresses.txt`.",
  answer: {
    status: 200,
    description: "All of them",
    isPublic: true,
    name: "SourceAddresses",
    schema: sourceAddressesAnswer,
    example: {
      data: [
        { cidr: "203.0.113.7/32", family: "ipv4" },
        { cidr: "2001:db8::7/128", family: "ipv6" },
      ],
    },
  },
  errors: [],
};
