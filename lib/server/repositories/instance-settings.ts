// Owns the few facts about the instance as a whole, by key.
import type { Database, Tx } from "./database";

type Client = Database["prisma"] | Tx;

/** The stored value, or undefined. The caller checks its shape. */
export async function readSetting(client: Client, key: string): Promise<unknown> {
  return (await client.instanceSetting.findUnique({ where: { key } }))?.value;
}

export async function writeSetting(client: Client, key: string, value: object, now: Date): Promise<void> {
  const data = { value, updatedAt: now };
  await client.instanceSetting.upsert({ where: { key }, create: { key, ...data }, update: data });
}

export async function deleteSetting(client: Client, key: string): Promise<void> {
  await client.instanceSetting.deleteMany({ where: { key } });
}
