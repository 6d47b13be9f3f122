// Owns Vizion's profile (container tracking). docs/decisions says which parts of the signature are documented and which
// are our reading. The reference is the event's subject.
import { type BuiltInProfile, COMMON, NO_OVERLAP, sampleData } from "./built-in-profile";

const REFERENCE = "0b6a9d7e-3c1f-4a52-9e0d-5f6b8c2a1d34";

export const VIZION: BuiltInProfile = {
  slug: "vizion",
  name: "Vizion",
  description:
    "Container tracking: an HTTP signature in hex with digest and expiry, retried at fixed intervals. The subject is the reference; the event's data is the whole body.",
  definition: {
    ...COMMON,
    envelope: '"{{event.data}}"',
    content_hash: { header: "digest", format: "SHA-256={hash}", encoding: "hex" },
    signature: {
      kind: "http_signature",
      key: "utf8",
      hash: "sha256",
      encoding: "hex",
      header: "x-vizion-signature",
      key_id: "{{endpoint.id}}",
      headers: ["(request-target)", "host", "date", "digest", "(expires)"],
      expires_seconds: 300,
    },
    secret: { kind: "hex" },
    rotation: NO_OVERLAP,
    // Every six hours for three days.
    retry_policy: {
      strategy: "fixed",
      interval_seconds: 21_600,
      max_attempts: 13,
      max_elapsed_seconds: 259_200,
    },
  },
  samples: [
    {
      id: "evt_01k0w3g8zqe9v8m2c5t7r4n6pb",
      type: "reference.updated",
      timestamp: "2026-03-15T14:30:00.000Z",
      subject: REFERENCE,
      data: sampleData({
        id: "5e1f0c2a-8d47-4b19-a6a3-2f9d0e7c4b58",
        reference_id: REFERENCE,
        created_at: "2026-03-15T14:29:57.000Z",
        payload: {
          container_id: "MSKU1234565",
          carrier_scac: "MAEU",
          milestones: [
            {
              timestamp: "2026-03-15T11:05:00.000+01:00",
              description: "Gate out full",
              planned: false,
              location: { name: "Rotterdam", unlocode: "NLRTM" },
            },
          ],
        },
      }),
    },
  ],
};
