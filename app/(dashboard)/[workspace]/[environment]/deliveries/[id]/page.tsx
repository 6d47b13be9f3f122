import type { Metadata } from "next";
import { DeliveryPage } from "@/components/deliveries/delivery-page";
import { requireViewer } from "@/lib/server/auth/session";

export const metadata: Metadata = { title: "Delivery" };

type PageProps = { params: Promise<{ workspace: string; environment: string; id: string }> };

export default async function OneDeliveryPage({ params }: PageProps) {
  const { workspace, environment, id } = await params;
  await requireViewer(workspace, environment);
  return <DeliveryPage id={id} />;
}
