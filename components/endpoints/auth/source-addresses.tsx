"use client";
// Owns the hint about firewalls: the addresses that a receiver has to let in, where this instance promises any.

import Link from "next/link";
import { CopyButton } from "@/components/ui/copy-button";
import { useSourceAddresses } from "@/lib/client/queries/endpoint-auth";

export function SourceAddresses() {
  const { data = [] } = useSourceAddresses();
  if (data.length === 0) return null;
  const text = data.map(({ cidr }) => cidr).join("\n");
  return (
    <section
      aria-label="Source addresses"
      className="grid gap-2 rounded-lg border border-line bg-surface p-3"
    >
      <div className="flex items-center justify-between gap-2">
        <p className="text-pretty text-ink text-sm">Behind a firewall? Requests come from these addresses.</p>
        <CopyButton value={text} label="Copy addresses" />
      </div>
      <ul className="flex flex-wrap gap-x-4 gap-y-1 font-mono text-muted text-xs">
        {data.map(({ cidr }) => (
          <li key={cidr} className="wrap-anywhere">
            {cidr}
          </li>
        ))}
      </ul>
      <p className="text-subtle text-xs">
        Also published at{" "}
        <Link href="/docs/source-addresses" target="_blank" className="text-accent-ink hover:underline">
          /docs/source-addresses
        </Link>
      </p>
    </section>
  );
}
