"use client";
// Owns a delivery as a page of its own, for links that name one.

import { ArrowLeft } from "lucide-react";
import { useRouter } from "next/navigation";
import { LinkButton } from "@/components/ui/link-button";
import { VisuallyHidden } from "@/components/ui/visually-hidden";
import { useViewer } from "@/lib/client/viewer-context";
import { DeliveryDetail } from "./delivery-detail";

export function DeliveryPage({ id }: { id: string }) {
  const { href } = useViewer();
  const router = useRouter();
  const hrefOf = (other: string) => href(`/deliveries/${other}`);
  return (
    <div className="mx-auto max-w-4xl">
      <VisuallyHidden>
        <h1>Delivery {id}</h1>
      </VisuallyHidden>
      <LinkButton href={href("/deliveries")} variant="ghost" size="sm" icon={<ArrowLeft />} className="-ml-2">
        All deliveries
      </LinkButton>
      <div className="-mx-4 sm:-mx-5">
        <DeliveryDetail id={id} hrefOf={hrefOf} onOpen={(other) => router.push(hrefOf(other))} />
      </div>
    </div>
  );
}
