// Owns the profile for receivers that verify as Slack's libraries do (Bolt's `verifySlackRequest`).
import { type BuiltInProfile, COMMON, HEX_OF_BODY, NO_OVERLAP, sampleData } from "./built-in-profile";

export const SLACK: BuiltInProfile = {
  slug: "slack",
  name: "Slack",
  description:
    "Slack's signature and its Events API envelope; the event's data is the inner event. Three seconds to answer, three retries.",
  definition: {
    ...COMMON,
    envelope: `{
  "type": "event_callback",
  "team_id": "{{event.tenant?}}",
  "api_app_id": "{{event.attributes.api_app_id?}}",
  "event": "{{event.data}}",
  "event_id": "{{event.id}}",
  "event_time": "{{event.time.unix}}"
}`,
    signature: {
      ...HEX_OF_BODY,
      content: "v0:{timestamp}:{body}",
      header: "X-Slack-Signature",
      each: "v0={signature}",
      timestamp_header: "X-Slack-Request-Timestamp",
    },
    secret: { kind: "hex" },
    rotation: NO_OVERLAP,
    timeout_ms: 3_000,
    // Nearly at once, after a minute, after five.
    retry_policy: { delays_seconds: [0, 1, 60, 300] },
  },
  samples: [
    {
      id: "evt_01k0w3g8zqe9v8m2c5t7r4n6pb",
      type: "app_mention",
      timestamp: "2026-03-15T14:30:00.000Z",
      tenant: "T123ABC456",
      data: sampleData({
        type: "app_mention",
        user: "U061F7AUR",
        text: "Is it shipped?",
        channel: "C123ABC456",
      }),
    },
  ],
};
