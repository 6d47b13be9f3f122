// Owns what answers show of an endpoint's authentication: by themselves, and as part of the endpoint.
import { z } from "zod";
import { AUTH_KINDS } from "@/lib/contracts/endpoint-auth";

const instant = z.string().meta({ format: "date-time" });

/** Both are null for what is not set; nothing of the secret parts is in them. */
export const credentialsShape = {
  auth: z
    .strictObject({
      kind: z.enum(AUTH_KINDS),
      hint: z.string().describe("A user name, the end of a token, or a client and its server"),
      updated_at: instant,
    })
    .nullable(),
  client_certificate: z
    .strictObject({
      hint: z.string().describe("Subject and day of expiry"),
      subject: z.string(),
      issuer: z.string(),
      fingerprint: z.string().describe("SHA-256 of the certificate, hexadecimal"),
      expires_at: instant,
      updated_at: instant,
    })
    .nullable(),
};
