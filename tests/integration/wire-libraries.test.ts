// Receivers that verify with their own system's library, over a thousand real deliveries and a rotation in the middle.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { builtInProfile } from "@/lib/domain/profile/built-in";
import { acceptsEd25519, LIBRARIES } from "@/tests/support/verifiers/libraries";
import type { Sent } from "@/tests/support/verifiers/sent";
import { SYSTEMS } from "@/tests/support/verifiers/systems";
import { SOAK_DELIVERIES, type Soak, soak, withExactData } from "@/tests/support/wire-soak";
import { createWorld, type World } from "@/tests/support/world";

type Accepts = (sent: Sent, secret: string) => boolean | Promise<boolean>;

/** npm libraries where there are any; else a receiver written from the public instructions alone. */
const RECEIVERS: Record<string, Accepts> = {
  ...LIBRARIES,
  "standard-webhooks-ed25519": acceptsEd25519,
  ...SYSTEMS,
};

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());
beforeEach(() => {
  world.receiver.requests.length = 0;
});

async function count(sent: readonly Sent[], accepts: Accepts, ...secrets: string[]): Promise<number> {
  let accepted = 0;
  for (const one of sent) {
    const verdicts = [];
    for (const secret of secrets) verdicts.push(await accepts(one, secret));
    if (verdicts.some(Boolean)) accepted++;
  }
  return accepted;
}

const HALF = SOAK_DELIVERIES / 2;

describe.each(Object.entries(RECEIVERS))("a receiver of %s", (slug, accepts) => {
  const rotation = builtInProfile(slug)?.definition.rotation;
  const overlaps = rotation?.overlap === "allowed";
  let run: Soak;

  it(`G-01 P-26 verifies ${SOAK_DELIVERIES} deliveries of awkward data, byte for byte, through a rotation`, async () => {
    run = await soak(world, slug, overlaps ? 3600 : 0);
    expect([run.first.length, run.second.length]).toEqual([HALF, HALF]);
    expect(withExactData([...run.first, ...run.second], run.data)).toBe(SOAK_DELIVERIES);
    expect(await count(run.first, accepts, run.oldSecret, run.newSecret)).toBe(HALF);
    expect(await count(run.second, accepts, run.newSecret)).toBe(HALF);
    await run.remove();
  });

  it(`${overlaps ? "G-02 the old secret verifies until its overlap ends" : "G-03 the old secret verifies nothing after its rotation"}`, async () => {
    expect(await count(run.second, accepts, run.oldSecret)).toBe(overlaps ? HALF : 0);
  });
});
