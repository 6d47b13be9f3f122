// Owns the published source addresses in the documentation, and what it means when there are none.
import { CodeBlock } from "@/components/ui/code-block";
import type { SourceAddressesDto } from "@/lib/contracts/source-addresses";
import { Code, Paragraph } from "./prose";

interface SourceAddressListProps {
  addresses: SourceAddressesDto["data"];
  publicUrl: string;
}

export function SourceAddressList({ addresses, publicUrl }: SourceAddressListProps) {
  if (addresses.length === 0) {
    return (
      <Paragraph>
        This instance publishes no addresses: the ones that requests come from may change. Rely on the
        signature, and on the endpoint's authentication or client certificate where you need more. Whoever
        runs the instance can promise addresses with <Code>SIGNPOST_SOURCE_ADDRESSES</Code>.
      </Paragraph>
    );
  }
  return (
    <>
      <Paragraph>
        Every request to a receiver comes from one of these addresses. Let them in, and go on checking the
        signature: an address proves nothing about a request.
      </Paragraph>
      <CodeBlock
        title={`${addresses.length === 1 ? "1 address" : `${addresses.length} addresses or blocks`}`}
        copyLabel="Copy addresses"
        code={addresses.map(({ cidr }) => cidr).join("\n")}
      />
      <Paragraph>For programs, without a key, as JSON and as plain text with one block a line:</Paragraph>
      <CodeBlock
        title="Terminal"
        copyLabel="Copy commands"
        code={`curl ${publicUrl}/api/v1/source-addresses\ncurl ${publicUrl}/docs/source-addresses.txt`}
      />
    </>
  );
}
