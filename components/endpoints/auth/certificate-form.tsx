"use client";
// Owns setting an endpoint's client certificate.

import { useState } from "react";
import { toast } from "sonner";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { errorText, ProblemError } from "@/lib/client/problem-error";
import { useSetClientCertificate } from "@/lib/client/queries/endpoint-auth";
import { useViewer } from "@/lib/client/viewer-context";
import { PemField } from "./pem-field";

const FIELDS = ["certificate", "key", "chain"] as const;
type PemName = (typeof FIELDS)[number];

export function CertificateForm({ endpointId, onDone }: { endpointId: string; onDone: () => void }) {
  const { place } = useViewer();
  const set = useSetClientCertificate(place, endpointId);
  const [pem, setPem] = useState<Record<PemName, string>>({ certificate: "", key: "", chain: "" });
  const [isSubmitted, setSubmitted] = useState(false);
  const refused = set.error instanceof ProblemError ? set.error.errors : [];
  const isPlaced = refused.length > 0 && refused.every(({ path }) => FIELDS.includes(path as PemName));

  const missing = (name: PemName) => isSubmitted && name !== "chain" && pem[name].trim() === "";
  const errorAt = (name: PemName) =>
    missing(name) ? "This is needed." : refused.find(({ path }) => path === name)?.message;
  const field = (name: PemName) => ({
    value: pem[name],
    error: errorAt(name),
    onChange: (text: string) => {
      setPem((before) => ({ ...before, [name]: text }));
      if (set.isError) set.reset();
    },
  });

  function submit() {
    setSubmitted(true);
    const { certificate, key, chain } = pem;
    if (certificate.trim() === "" || key.trim() === "" || set.isPending) return;
    set.mutate(
      { certificate, key, ...(chain.trim() === "" ? {} : { chain }) },
      {
        onSuccess: () => {
          toast.success("Client certificate saved", { description: "New connections show it." });
          onDone();
        },
      },
    );
  }

  return (
    <form
      className="grid max-w-xl grid-cols-1 gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <PemField
        label="Certificate"
        placeholder="-----BEGIN CERTIFICATE-----"
        hint="PEM. Intermediates may follow the client's own."
        {...field("certificate")}
      />
      <PemField
        label="Private key"
        placeholder="-----BEGIN PRIVATE KEY-----"
        hint="PEM, RSA or EC, not encrypted."
        {...field("key")}
      />
      <PemField
        label="Intermediates"
        placeholder="-----BEGIN CERTIFICATE-----"
        optional
        {...field("chain")}
      />
      {set.isError && !isPlaced && <Callout tone="danger">{errorText(set.error)}</Callout>}
      <div className="flex flex-wrap items-center gap-2">
        <Button type="submit" variant="primary" loading={set.isPending}>
          Save certificate
        </Button>
        <Button onClick={onDone}>Cancel</Button>
        <span className="text-subtle text-xs">The key is encrypted, and never shown again.</span>
      </div>
    </form>
  );
}
