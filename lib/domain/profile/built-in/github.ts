// Owns the profile for receivers that verify as GitHub's documentation tells them to.
import { type BuiltInProfile, COMMON, HEX_OF_BODY, NO_OVERLAP, sampleData } from "./built-in-profile";

export const GITHUB: BuiltInProfile = {
  slug: "github",
  name: "GitHub",
  description:
    "GitHub's headers and signature; the event's data is the whole body. One signature: a new secret replaces the old at once.",
  definition: {
    ...COMMON,
    envelope: '"{{event.data}}"',
    headers: [
      { name: "X-GitHub-Event", value: "{{event.type}}" },
      { name: "X-GitHub-Delivery", value: "{{event.id}}" },
    ],
    signature: { ...HEX_OF_BODY, header: "X-Hub-Signature-256", each: "sha256={signature}" },
    secret: { kind: "hex" },
    rotation: NO_OVERLAP,
    timeout_ms: 10_000,
  },
  samples: [
    {
      id: "evt_01k0w3g8zqe9v8m2c5t7r4n6pb",
      type: "push",
      timestamp: "2026-03-15T14:30:00.000Z",
      data: sampleData({
        ref: "refs/heads/main",
        repository: { full_name: "octo-org/octo-repo" },
        commits: [{ id: "6dcb09b5b57875f334f61aebed695e2e4193db5e", message: "Fix all the bugs" }],
      }),
    },
  ],
};
