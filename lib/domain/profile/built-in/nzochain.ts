// Owns NZOChain's profile (threat detection). The wallet is the event's subject.
import {
  type BuiltInProfile,
  COMMON,
  HEX_OF_BODY,
  NO_OVERLAP,
  type SampleEvent,
  sampleData,
} from "./built-in-profile";

const WALLET = "0x742d35Cc6634C0532925a3b8D4C9B5e55d7b1234";
const AT = "2024-01-15T10:35:00Z";

const threat = (id: string, type: string, data: Record<string, unknown>): SampleEvent => ({
  id,
  type,
  timestamp: AT,
  subject: WALLET,
  data: sampleData(data),
});

export const NZOCHAIN: BuiltInProfile = {
  slug: "nzochain",
  name: "NZOChain",
  description:
    "Threats to wallets: plain hex signature over the body, five seconds to answer, exponential back-off. The subject is the wallet.",
  definition: {
    ...COMMON,
    envelope:
      '{"event":"{{event.type}}","wallet":"{{event.subject}}","timestamp":"{{event.time.iso}}","data":"{{event.data}}"}',
    signature: { ...HEX_OF_BODY, header: "X-NZOChain-Signature" },
    secret: { kind: "hex" },
    rotation: NO_OVERLAP,
    timeout_ms: 5_000,
    retry_policy: {
      strategy: "exponential",
      base_seconds: 30,
      factor: 3,
      max_delay_seconds: 43_200,
      max_attempts: 10,
      jitter: 0.2,
    },
  },
  samples: [
    threat("evt_threat_1", "threat.detected", {
      threatType: "malicious_contract",
      severity: "HIGH",
      message: "A contract that this wallet approved was reported as malicious.",
      contractAddress: "0x1f9840a85d5aF5bf1D1762F925BDADdC4201F984",
    }),
    threat("evt_threat_2", "risk.score.changed", {
      previousScore: 35,
      currentScore: 78,
      previousStatus: "LOW",
      currentStatus: "HIGH",
    }),
    threat("evt_threat_3", "approval.infinite", {
      threatType: "infinite_approval",
      severity: "MEDIUM",
      message: "An unlimited approval was given.",
      contractAddress: "0x1f9840a85d5aF5bf1D1762F925BDADdC4201F984",
    }),
    threat("evt_threat_4", "phishing.attempt", {
      threatType: "phishing",
      severity: "HIGH",
      message: "The wallet was connected to a known phishing domain.",
      contractAddress: null,
    }),
    threat("evt_threat_5", "status.critical", {
      threatType: "status",
      severity: "CRITICAL",
      message: "The wallet's status is now CRITICAL.",
      contractAddress: null,
    }),
  ],
};
