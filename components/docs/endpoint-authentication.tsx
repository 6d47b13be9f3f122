// Owns the chapter about how receivers know who is calling, beside the signature, and from where.
import Link from "next/link";
import { Code, DocsSection, FactTable, Paragraph } from "./prose";

export function Callers() {
  return (
    <DocsSection id="callers" title="Who is calling">
      <Paragraph>
        The signature proves that a request is ours and unchanged. A receiver, or the gateway in front of it,
        may want more: set it in the endpoint's settings, or with{" "}
        <Code>PUT /api/v1/endpoints/&#123;id&#125;/auth</Code>. What is set is stored encrypted and never
        shown again; the log shows its header masked.
      </Paragraph>
      <FactTable
        label="Ways of authentication"
        head={["Kind", "What is sent"]}
        rows={[
          {
            key: "header",
            cells: ["Basic, Bearer, API key", "One fixed header with every request."],
          },
          {
            key: "oauth2",
            cells: [
              "OAuth 2.0",
              "An access token from your token server (client credentials). It is kept until shortly before it ends. When the receiver answers 401, that attempt has failed, and the next one asks for a fresh token; requests are never sent twice within an attempt. Without a token nothing is sent: the attempt fails as auth_failed and is tried again.",
            ],
          },
          {
            key: "mtls",
            cells: [
              "Client certificate",
              "Mutual TLS. The certificate is checked when it is set; connections that show it are used for that endpoint only.",
            ],
          },
        ]}
      />
      <Paragraph>
        What is stored stays with the receiver that it was stored for. An address of another origin (scheme,
        host or port) is refused while there is authentication, a custom header or a client certificate: give{" "}
        <Code>keep_credentials: true</Code> in the same call to send them there too, or remove them first. A
        callback that is put again with another origin loses them.
      </Paragraph>
      <Paragraph>
        For firewalls, the addresses that requests come from stand at{" "}
        <Link href="/docs/source-addresses" className="text-accent-ink underline-offset-4 hover:underline">
          Source addresses
        </Link>
        .
      </Paragraph>
    </DocsSection>
  );
}
