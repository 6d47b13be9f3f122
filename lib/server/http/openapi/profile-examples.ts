// Owns the examples of the description of profiles. A test holds each against its schema.
import { VIZI } from "@/lib/domain/profile/built-in/vizi";

const AT = "2026-01-15T09:30:00.000Z";
const PROFILE_ID = "prof_01kahg4v5yfr0a8rjc0nwznb3q";

const { id, type, timestamp, subject, data } = VIZI.samples[0];
const sample = {
  id,
  type,
  timestamp,
  subject: subject ?? null,
  tenant: null,
  attributes: null,
  data_text: data,
};

const definition = { ...VIZI.definition, headers: [{ name: "X-Acme-Event", value: "{{event.type}}" }] };

const profile = {
  id: PROFILE_ID,
  slug: "acme-scores",
  name: "Acme scores",
  description: "VIZI's form with our own header",
  built_in: false,
  based_on: "vizi",
  version: 2,
  endpoints: 3,
  endpoints_behind: 0,
  endpoints_elsewhere: 1,
  created_at: AT,
  updated_at: AT,
  archived_at: null,
};

const versions = [
  { number: 2, note: "One header instead of three", author: "Ada Lovelace", created_at: AT, endpoints: 3 },
  { number: 1, note: "From VIZI, version 1", author: "Ada Lovelace", created_at: AT, endpoints: 0 },
];

const detail = { ...profile, definition, versions, samples: [sample] };

const builtIn = {
  id: null,
  slug: VIZI.slug,
  name: VIZI.name,
  description: VIZI.description,
  built_in: true,
  based_on: null,
  version: 1,
  endpoints: 0,
  endpoints_behind: 0,
  endpoints_elsewhere: 0,
  created_at: null,
  updated_at: null,
  archived_at: null,
};

const signed = "sha256=2f0d6b8a3f9c5d0e8b1c7a4d6e9f02135a7c8b9d0e1f2a3b4c5d6e7f8091a2b3";

export const profileExamples = {
  profiles: { data: [builtIn, profile], next_cursor: null },
  createProfile: { name: "Acme scores", based_on: "vizi" },
  detail,
  updateProfile: { definition, note: "One header instead of three", base_version: 1 },
  changed: { ...detail, moved_endpoints: 3 },
  version: { ...versions[0], definition },
  restore: { note: "The old headers again" },
  preview: {
    profile: "vizi",
    event: { type: "score.updated", data_text: '{"address":"0x742d","new_score":695}' },
    at: AT,
  },
  previewed: {
    method: "POST",
    url: "https://receiver.example.com/webhooks",
    headers: [
      ["content-type", "application/json"],
      ["user-agent", "Signpost/1.0"],
      ["X-Vizi-Delivery-Attempt", "1"],
      ["X-Vizi-Event-ID", id],
      ["X-Vizi-Timestamp", "1768469400"],
      ["X-Vizi-Signature", signed],
    ],
    body: `{"id":"${id}","type":"score.updated","created_at":"2026-01-15T09:30:00Z","data":{"address":"0x742d","new_score":695}}`,
    body_size: 131,
    at: AT,
    event: { id, type: "score.updated" },
    secret: "whsec_<44 characters of base64>",
    public_key: null,
  },
  test: { profile: "acme-scores", endpoint_id: "ep_01kahg4v5yfr0a8rjc0nwznb3q" },
  tested: {
    outcome: "delivery",
    delivery_id: "dlv_01kahg5b2vecqb9h1m4x8s7t6w",
    event_id: "evt_01kahg5b1ee9tt5v3f2w0q8r4z",
  },
} as const;
