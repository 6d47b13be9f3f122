// Owns the packs that can be installed: the event types of five systems. Their examples are those that the profiles are
// tried with, so that a test looks as the system's own documentation says.
import type { BuiltInProfile } from "../profile/built-in/built-in-profile";
import { NZOCHAIN } from "../profile/built-in/nzochain";
import { VISISTO } from "../profile/built-in/visisto";
import { VIVOLDI } from "../profile/built-in/vivoldi";
import { VIZI } from "../profile/built-in/vizi";
import { VIZION } from "../profile/built-in/vizion";
import type { EventExample, Pack, PackType } from "./pack";

/** The profile's own sample of the type. */
function sampleOf(profile: BuiltInProfile, type: string): EventExample {
  const sample = profile.samples.find((one) => one.type === type);
  if (sample === undefined) throw new Error(`the profile ${profile.slug} has no sample of ${type}`);
  return {
    data: sample.data,
    subject: sample.subject ?? null,
    attributes: sample.attributes ?? null,
  };
}

function typesOf(profile: BuiltInProfile, descriptions: Readonly<Record<string, string>>): PackType[] {
  return Object.entries(descriptions).map(([name, description]) => ({
    name,
    description,
    example: sampleOf(profile, name),
  }));
}

const STAMP = sampleOf(VIVOLDI, "stamp.added");
const stampWith = (action: string, data: Readonly<Record<string, unknown>>): EventExample => ({
  ...STAMP,
  attributes: { ...STAMP.attributes, action_type: action },
  data: JSON.stringify(data),
});

const REFERENCE = sampleOf(VIZION, "reference.updated");

export const PACKS: readonly Pack[] = [
  {
    slug: "vizi",
    name: "VIZI",
    description:
      "Wallet scores: changes, crossed thresholds, alerts and finished batches. The subject is the wallet.",
    profile: VIZI.slug,
    types: typesOf(VIZI, {
      "score.updated": "A wallet's score has changed.",
      "score.threshold.crossed": "A wallet's score went across a threshold that somebody has set.",
      "monitoring.alert": "Something about a monitored wallet needs attention, with recommended actions.",
      "batch.completed": "A batch of wallets has been scored and can be downloaded.",
    }),
  },
  {
    slug: "nzochain",
    name: "NZOChain",
    description: "Threats to wallets. The subject is the wallet.",
    profile: NZOCHAIN.slug,
    types: typesOf(NZOCHAIN, {
      "risk.score.changed": "A wallet's risk score and status have changed.",
      "threat.detected": "A threat to a wallet was found.",
      "approval.infinite": "A wallet gave an unlimited approval.",
      "phishing.attempt": "A wallet was connected to a known phishing site.",
      "status.critical": "A wallet's status is now critical.",
    }),
  },
  {
    slug: "vizion",
    name: "Vizion",
    description:
      "Container tracking. The subject is the reference; reference.completed is a final type that can end its callback.",
    profile: VIZION.slug,
    types: [
      ...typesOf(VIZION, { "reference.updated": "A reference has new milestones." }),
      {
        name: "reference.completed",
        description: "The last update of a reference: its container has been returned.",
        example: {
          ...REFERENCE,
          data: REFERENCE.data.replace("Gate out full", "Gate in empty return"),
        },
      },
    ],
  },
  {
    slug: "vivoldi",
    name: "Vivoldi",
    description:
      "Links, coupons and stamps. Attributes say what kind of resource it was and what was done with it.",
    profile: VIVOLDI.slug,
    types: [
      ...typesOf(VIVOLDI, {
        "link.clicked": "A short link was followed.",
        "coupon.used": "A coupon was redeemed.",
        "stamp.added": "A stamp was put on a card.",
      }),
      {
        name: "stamp.removed",
        description: "A stamp was taken off a card.",
        example: stampWith("REMOVE", { compIdx: 50_742, cardIdx: 271, stampIdx: 9_001, stamps: 3 }),
      },
      {
        name: "stamp.used",
        description: "A full card was redeemed.",
        example: stampWith("USE", { compIdx: 50_742, cardIdx: 271, stampIdx: 9_001, stamps: 0 }),
      },
    ],
  },
  {
    slug: "visisto",
    name: "Visisto",
    description: "Captured contacts and rewards. Add your own types beside them.",
    profile: VISISTO.slug,
    types: typesOf(VISISTO, {
      "contact.created": "A visitor has left contact details.",
      "reward.issued": "A contact was given a coupon or another reward.",
    }),
  },
];

const EXAMPLES: ReadonlyMap<string, EventExample> = new Map(
  PACKS.flatMap((pack) => pack.types.map(({ name, example }) => [name, example])),
);

/** The pack with that slug, or null. */
export function findPack(slug: string): Pack | null {
  return PACKS.find((pack) => pack.slug === slug) ?? null;
}

/** The example that some pack has for a type, installed or not; null when none has. */
export function packExample(type: string): EventExample | null {
  return EXAMPLES.get(type) ?? null;
}
