// What happens at Harbour Coffee: the event types, how often each occurs, and believable payloads.
// Refuses to know who receives them.
import { between, pick, type Random } from "./random";

export interface DemoEvent {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly tenant?: string;
  readonly subject?: string;
  readonly attributes?: Readonly<Record<string, string>>;
}

interface EventKind {
  readonly name: string;
  readonly description: string;
  /** How often it occurs, compared with the others. */
  readonly weight: number;
  readonly make: (random: Random) => Omit<DemoEvent, "type">;
}

export const CAFE_TENANT = "cafe-aurora";
export const ROASTERY_TENANT = "roastery-nord";

const PEOPLE = [
  "Zoë Lindqvist",
  "José Ángel Muñoz",
  "Søren Ægidius",
  "田中 美咲",
  "Nguyễn Thị Hương",
  "Олена Коваль",
  "Amina Bello",
  "Łukasz Wiśniewski",
  "Maëlle Lefèvre",
  "علي حسن",
  "Priya Raghunathan",
  "Jack O’Neill",
];
const PRODUCTS = [
  { sku: "BEAN-ETH-250", name: "Ethiopia Yirgacheffe, 250 g", price: 1290 },
  { sku: "BEAN-COL-1000", name: "Colombia Huila, 1 kg", price: 3850 },
  { sku: "BEAN-DECAF-250", name: "Decaf Perú, 250 g", price: 1190 },
  { sku: "CUP-CRÈME-02", name: "Cup “Crème”, set of two", price: 2400 },
  { sku: "FILTER-V60-100", name: "Paper filters V60, 100 pieces", price: 690 },
  { sku: "GIFT-50", name: "Gift card 50 €", price: 5000 },
];

const number = (random: Random) => between(random, 10_000, 99_999);
const orderId = (random: Random) => `HC-${number(random)}`;
const invoiceNumber = (random: Random) => `INV-${number(random)}`;

/** Most orders come through the web shop; the rest are made for a café or the roastery. */
function tenantOf(random: Random): string | undefined {
  const share = random();
  if (share < 0.6) return undefined;
  return share < 0.85 ? CAFE_TENANT : ROASTERY_TENANT;
}

function withTenant(tenant: string | undefined): { tenant?: string } {
  return tenant === undefined ? {} : { tenant };
}

function makeOrder(random: Random, status: string): Omit<DemoEvent, "type"> {
  const lines = Array.from({ length: between(random, 1, 3) }, () => {
    const { price, ...product } = pick(random, PRODUCTS);
    return { ...product, quantity: between(random, 1, 4), unit_price: price };
  });
  const id = orderId(random);
  const total = lines.reduce((sum, line) => sum + line.quantity * line.unit_price, 0);
  const data = { order_id: id, status, customer: pick(random, PEOPLE), lines, total, currency: "EUR" };
  return {
    ...withTenant(tenantOf(random)),
    subject: id,
    data,
    ...(random() < 0.5 && { attributes: { channel: pick(random, ["web", "till", "app"]), region: "north" } }),
  };
}

function makeInvoice(random: Random, status: string): Omit<DemoEvent, "type"> {
  const id = invoiceNumber(random);
  const amount = between(random, 900, 48_000) / 100;
  return {
    subject: id,
    data: { invoice: id, status, amount, currency: "EUR", due_in_days: 14, vat_rate: 0.07 },
  };
}

function makeContact(random: Random): Omit<DemoEvent, "type"> {
  const name = pick(random, PEOPLE);
  const id = `c_${number(random)}`;
  return {
    subject: id,
    data: {
      contact_id: id,
      name,
      email: `${id}@customers.example`,
      newsletter: random() < 0.4,
      locale: "de",
    },
  };
}

function makeStock(random: Random, low: boolean): Omit<DemoEvent, "type"> {
  const { sku, name } = pick(random, PRODUCTS);
  const batch = random() < 0.4 ? { batch: `N${number(random)}` } : {};
  const data = { sku, name, on_hand: low ? between(random, 0, 9) : between(random, 40, 400), ...batch };
  return { ...(random() < 0.6 && { tenant: ROASTERY_TENANT }), data };
}

function makeLoyalty(random: Random, sign: 1 | -1): Omit<DemoEvent, "type"> {
  const member = `m_${number(random)}`;
  const points = sign * between(random, 5, 120);
  return {
    ...(random() < 0.3 && { tenant: CAFE_TENANT }),
    subject: member,
    data: { member, name: pick(random, PEOPLE), points, balance: between(random, 120, 2400) },
  };
}

export const EVENT_KINDS: readonly EventKind[] = [
  {
    name: "order.created",
    description: "A customer has placed an order; it is not paid yet.",
    weight: 16,
    make: (random) => makeOrder(random, "created"),
  },
  {
    name: "order.paid",
    description: "The payment has arrived: pick and pack.",
    weight: 14,
    make: (random) => makeOrder(random, "paid"),
  },
  {
    name: "order.shipped",
    description: "The parcel has left the warehouse.",
    weight: 8,
    make: (random) => makeOrder(random, "shipped"),
  },
  {
    name: "order.refunded",
    description: "Money went back to the customer, in part or in full.",
    weight: 3,
    make: (random) => makeOrder(random, "refunded"),
  },
  {
    name: "invoice.issued",
    description: "An invoice was written and sent.",
    weight: 8,
    make: (random) => makeInvoice(random, "issued"),
  },
  {
    name: "invoice.paid",
    description: "An invoice was settled.",
    weight: 7,
    make: (random) => makeInvoice(random, "paid"),
  },
  {
    name: "invoice.overdue",
    description: "An invoice is past its due date.",
    weight: 2,
    make: (random) => makeInvoice(random, "overdue"),
  },
  { name: "contact.created", description: "Somebody has made an account.", weight: 6, make: makeContact },
  {
    name: "contact.updated",
    description: "Somebody has changed their details.",
    weight: 6,
    make: makeContact,
  },
  {
    name: "stock.low",
    description: "Fewer than ten pieces of an article are left.",
    weight: 5,
    make: (random) => makeStock(random, true),
  },
  {
    name: "stock.received",
    description: "A delivery from a supplier was counted in.",
    weight: 5,
    make: (random) => makeStock(random, false),
  },
  {
    name: "loyalty.earned",
    description: "A member of the loyalty programme has collected points.",
    weight: 10,
    make: (random) => makeLoyalty(random, 1),
  },
  {
    name: "loyalty.redeemed",
    description: "A member has spent points.",
    weight: 5,
    make: (random) => makeLoyalty(random, -1),
  },
];

const TOTAL_WEIGHT = EVENT_KINDS.reduce((sum, kind) => sum + kind.weight, 0);

/** The next thing that happens. */
export function makeEvent(random: Random): DemoEvent {
  let rest = random() * TOTAL_WEIGHT;
  const kind = EVENT_KINDS.find(({ weight }) => {
    rest -= weight;
    return rest < 0;
  });
  if (kind === undefined) throw new Error("the weights of the event types do not add up");
  return { type: kind.name, ...kind.make(random) };
}
