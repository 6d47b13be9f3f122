// The public page of the addresses that requests come from, for whoever keeps a receiver's firewall.
import type { Metadata } from "next";
import { DocsFrame } from "@/components/docs/docs-frame";
import { DocsSection } from "@/components/docs/prose";
import { SourceAddressList } from "@/components/docs/source-address-list";
import { getRuntime } from "@/lib/server/runtime";

export const metadata: Metadata = { title: "Source addresses" };
export const dynamic = "force-dynamic";

export default async function SourceAddressesPage() {
  const { publicUrl, sourceAddresses } = getRuntime();
  return (
    <DocsFrame
      groups={[{ title: "Network", items: [{ id: "source-addresses", label: "Source addresses" }] }]}
    >
      <h1 className="font-semibold text-2xl text-ink tracking-tight">Where requests come from</h1>
      <DocsSection id="source-addresses" title="Source addresses">
        <SourceAddressList
          addresses={sourceAddresses.map(({ cidr, family }) => ({ cidr, family }))}
          publicUrl={publicUrl}
        />
      </DocsSection>
    </DocsFrame>
  );
}
