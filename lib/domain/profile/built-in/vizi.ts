// Owns VIZI's profile (wallet scores).
import {
  type BuiltInProfile,
  COMMON,
  HEX_OF_BODY,
  NO_OVERLAP,
  type SampleEvent,
  sampleData,
} from "./built-in-profile";

const AT = "2026-03-15T14:30:00Z";
const ADDRESS = "0x742d35cc6634c0532925a3b844bc454e4438f44e";

const SAMPLES: readonly [SampleEvent, ...SampleEvent[]] = [
  {
    id: "evt_abc123def456",
    type: "score.updated",
    timestamp: AT,
    subject: ADDRESS,
    data: sampleData({
      address: ADDRESS,
      chain: "ethereum",
      previous_score: 720,
      new_score: 695,
      delta: -25,
      grade: "B+",
      factors_changed: [{ factor: "collateral_health", previous: 0.92, current: 0.71, impact: "negative" }],
    }),
  },
  {
    id: "evt_abc123def457",
    type: "score.threshold.crossed",
    timestamp: AT,
    subject: ADDRESS,
    data: sampleData({
      address: ADDRESS,
      chain: "ethereum",
      previous_score: 612,
      new_score: 588,
      delta: -24,
      grade: "C",
      threshold: 600,
      direction: "below",
    }),
  },
  {
    id: "evt_abc123def458",
    type: "monitoring.alert",
    timestamp: AT,
    subject: ADDRESS,
    data: sampleData({
      address: ADDRESS,
      chain: "ethereum",
      severity: "critical",
      alert: "liquidation_detected",
      message: "A position of this wallet was liquidated.",
      recommended_actions: ["review_exposure", "pause_lending"],
    }),
  },
  {
    id: "evt_abc123def459",
    type: "batch.completed",
    timestamp: AT,
    data: sampleData({
      batch_id: "batch_7f3a",
      total: 1000,
      success_count: 994,
      error_count: 6,
      download_url: "https://example.com/batches/batch_7f3a.json",
    }),
  },
];

export const VIZI: BuiltInProfile = {
  slug: "vizi",
  name: "VIZI",
  description:
    "Wallet scores: six attempts over ten and a half hours, 30 seconds to answer. The key is the whole secret, whsec_ included.",
  definition: {
    ...COMMON,
    envelope:
      '{"id":"{{event.id}}","type":"{{event.type}}","created_at":"{{event.time.iso}}","data":"{{event.data}}"}',
    headers: [
      { name: "X-Vizi-Delivery-Attempt", value: "{{attempt.number}}" },
      { name: "X-Vizi-Event-ID", value: "{{event.id}}" },
      { name: "X-Vizi-Timestamp", value: "{{attempt.time.unix}}" },
    ],
    signature: { ...HEX_OF_BODY, header: "X-Vizi-Signature", each: "sha256={signature}" },
    secret: { kind: "whsec" },
    rotation: NO_OVERLAP,
    timeout_ms: 30_000,
    retry_policy: { delays_seconds: [0, 60, 300, 1800, 7200, 28_800], jitter: 0 },
    // Three consecutive days: one failing delivery alone does not make days.
    auto_disable: { after_hours: 72, min_failures: 2, warn_at_percent: [50, 70, 90] },
  },
  samples: SAMPLES,
};
